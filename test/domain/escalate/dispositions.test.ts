import { describe, expect, it } from 'vitest';
import { mayCloseAs } from '#domain/escalate/dispositions.ts';
import { alertClassSchema } from '#domain/model/alert-class.ts';
import { dispositionSchema } from '#domain/model/closing.ts';
import { later, OFFICER, violationOpens } from '#test/support/alerts.ts';
import { given, OPENED } from '#test/support/given-alert.ts';

const CARE = violationOpens({
  conditionKind: 'welfare',
  rule: 'welfare',
  reason: 'welfare-concern',
});

const closeAs = (disposition: 'second-warning' | 'referral') =>
  ({ type: 'close', by: OFFICER, epoch: 1, disposition, reason: 'spoken to' }) as const;

describe('closing an alert', () => {
  it.each(['first-warning', 'second-warning', 'breach-initiated', 'recall-requested'] as const)(
    'as %s is for what is held against somebody, never for care',
    (disposition) => {
      const may = alertClassSchema.options.filter((kind) => mayCloseAs(kind, disposition));
      expect(alertClassSchema.options.filter((kind) => !may.includes(kind))).toEqual([
        ...['early-signs', 'welfare', 'transfer', 'casework'],
      ]);
    },
  );

  it.each(['transfer', 'casework'] as const)('of %s says nothing of the wearer', (kind) => {
    expect(dispositionSchema.options.filter((one) => mayCloseAs(kind, one))).toEqual([
      ...['no-action-equipment', 'no-action-explained'],
    ]);
  });

  it('of a concern as a warning is refused, and changes nothing', () => {
    given({ ...OPENED, command: CARE })
      .when(closeAs('second-warning'), later(60))
      .thenRefused({ code: 'disposition-not-for-class', by: null, at: null });
  });

  it('of a concern as a referral is what it is for', () => {
    given({ ...OPENED, command: CARE })
      .when(closeAs('referral'), later(60))
      .thenHappened('alert-closed');
  });
});
