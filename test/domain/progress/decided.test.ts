import { describe, expect, it } from 'vitest';
import { type Decision, decisionSchema } from '#domain/casework/decision.ts';
import type { Disposition } from '#domain/model/closing.ts';
import { toIso } from '#domain/model/instant.ts';
import { breachesIn, dispositionsOf } from '#domain/progress/decided.ts';
import { later, OFFICER, violation } from '#test/support/alerts.ts';
import { alertAfter, OPENED } from '#test/support/given-alert.ts';

const FOUND = violation();

const closedAs = (disposition: Disposition) =>
  alertAfter(OPENED, {
    command: { type: 'close', by: OFFICER, epoch: 1, disposition, reason: 'seen' },
    now: later(120),
  });

/** A decision that closed the alert, if asked; taken back, if asked. */
const decision = (fields: object = {}, isWithdrawn = false): Decision =>
  decisionSchema.parse({
    ...{ decisionId: 'd-1', orderId: FOUND.orderId, by: 'officer', reason: 'twice now' },
    ...{ kind: 'breach-initiated', decidedAt: toIso(later(300)), found: [] },
    considered: [{ kind: 'violation', id: FOUND.violationId }],
    withdrawn: isWithdrawn
      ? { withdrawnAt: toIso(later(600)), by: 'officer', reason: 'he brought a letter' }
      : null,
    ...fields,
  });

const closing = { closes: [{ alertId: closedAs('breach-initiated').alertId, epoch: 1 }] };
const breaches = (alerts: Parameters<typeof breachesIn>[1]['alerts'], ...decisions: Decision[]) =>
  breachesIn([FOUND], { alerts, decisions }).map(({ at }) => at);

describe('a breach', () => {
  it('is begun by whoever closes an alert as that, and by a decision', () => {
    expect(breaches([closedAs('breach-initiated')])).toEqual([later(120)]);
    expect(breaches([], decision())).toEqual([later(300)]);
  });

  it('is none where the decision was taken back, by which an alert was closed, too', () => {
    expect(breaches([], decision({}, true))).toEqual([]);
    expect(breaches([closedAs('breach-initiated')], decision(closing, true))).toEqual([]);
  });

  it('is none by a warning, whatever was found', () => {
    expect(breaches([closedAs('first-warning')])).toEqual([]);
  });
});

describe('how an alert was closed', () => {
  it('is no word on its violation any more where that was decided and taken back', () => {
    const alerts = [closedAs('no-action-explained')];
    const taken = [decision({ kind: 'no-action', because: 'explained', ...closing }, true)];
    const said = (decisions: Decision[]) =>
      dispositionsOf({ alerts, decisions }).get(FOUND.violationId);
    expect(said([])).toBe('no-action-explained');
    expect(said(taken)).toBeNull();
  });
});
