import type { Violation } from '#domain/model/violation.ts';
import { later } from './alerts.ts';

const text = (S: string) => ({ S });

/** A violation's row as the stream shows it. */
export const image = (found: Violation, pk = 'demo#WEARER#w-1') => {
  const { revision, status, reason, openedAt, endedAt, endReason } = found;
  return {
    pk: text(pk),
    sk: text(`VIOLATION#${found.violationId}`),
    entity: text('VIOLATION'),
    agencyId: text('demo'),
    body: text(JSON.stringify(found)),
    life: text(JSON.stringify({ revision, status, reason, openedAt, endedAt, endReason })),
  };
};

/** An alert's due instant as its queue brings it. */
export const deadline = (epoch: number, alertId = 'w-1.curfew.abc') => ({
  kind: 'alert-due',
  agencyId: 'demo',
  alertId,
  epoch,
  dueAt: later(300),
});
