import { type Page, pageSchema } from '#domain/model/alert.ts';
import { type Nudge, nudgeSchema } from '#domain/model/nudge.ts';
import { personOf, type Recipient } from '#domain/model/recipient.ts';
import { facts, later, sms, T } from './alerts.ts';

/** A page to the officer about the alert of `facts()`. */
export const page = (fields: Readonly<Record<string, unknown>> = {}): Page =>
  pageSchema.parse({
    pageId: 'w-1.curfew.abc/alert/0/0/sms.officer',
    alertId: 'w-1.curfew.abc',
    wearerId: 'w-1',
    sequence: 1,
    epoch: 1,
    purpose: 'alert',
    recipient: sms('officer'),
    step: 0,
    loop: 0,
    severity: 'severe',
    conditionKind: 'curfew',
    isTest: false,
    createdAt: T,
    facts: facts(),
    ...fields,
  });

/** A check that is due until a quarter of an hour after T. */
export const nudge = (fields: Readonly<Record<string, unknown>> = {}): Nudge =>
  nudgeSchema.parse({
    nudgeId: 'w-1.checks.prompt.abc',
    wearerId: 'w-1',
    reason: 'check-due',
    mobile: '+447700900009',
    timeZone: 'Europe/London',
    openedAt: T,
    untilAt: later(900),
    isOver: false,
    createdAt: T,
    ...fields,
  });

/** Who a recipient is, whatever the channel. */
export const nameOf = (recipient: Recipient): string =>
  recipient.channel === 'liaison'
    ? recipient.liaisonId
    : (personOf(recipient) ?? recipient.channel);

const text = (S: string) => ({ S });

/** A pending row of the outbox as a stream shows it. */
export const outboxImage = (
  kind: 'page' | 'notice' | 'nudge' | 'answer' | 'memo',
  body: unknown,
  pk = 'demo#ALERT#a',
) => ({
  pk: text(pk),
  sk: text('OUTBOX#00000001'),
  entity: text('OUTBOX'),
  kind: text(kind),
  status: text('pending'),
  agencyId: text('demo'),
  tries: { N: '0' },
  body: text(JSON.stringify(body)),
});
