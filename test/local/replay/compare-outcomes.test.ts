import { describe, expect, it } from 'vitest';
import { compareOutcomes } from '#local/replay/compare-outcomes.ts';
import { at, EXPECTED, seen, seenAlert } from './outcomes.ts';

const [page] = seenAlert().pages;

describe('given an expected outcome', () => {
  it('finds no difference in the same alerts and pages, in the same minutes', () => {
    expect(compareOutcomes(EXPECTED, seen())).toEqual([]);
  });

  it('says that an alert did not come', () => {
    expect(compareOutcomes(EXPECTED, seen({ alerts: [] }))).toEqual(['w-1, curfew: no alert came']);
  });

  it('says that an alert came which nobody expected', () => {
    const extra = seenAlert({ wearerId: 'w-2' });
    expect(compareOutcomes(EXPECTED, seen({ alerts: [seenAlert(), extra] }))).toEqual([
      'w-2, curfew: an alert that nobody expected, left-during, 2026-05-01 21:15 UTC',
    ]);
  });

  it('says that the same violation was alerted twice', () => {
    expect(compareOutcomes(EXPECTED, seen({ alerts: [seenAlert(), seenAlert()] }))).toHaveLength(1);
  });

  it('says what is different about an alert: reason, minutes, status', () => {
    const { violation } = seenAlert();
    const other = seenAlert({
      violation: { ...violation, reason: 'out-during', openedAt: at('2026-05-01T21:11:00Z') },
      openedAt: at('2026-05-01T21:16:00Z'),
      status: 'closed',
    });
    expect(compareOutcomes(EXPECTED, seen({ alerts: [other] }))).toEqual([
      'w-1, curfew: reason: expected left-during, found out-during',
      'w-1, curfew: since: expected 2026-05-01 21:10 UTC, found 2026-05-01 21:11 UTC',
      'w-1, curfew: opened: expected 2026-05-01 21:15 UTC, found 2026-05-01 21:16 UTC',
      'w-1, curfew: status: expected open, found closed',
    ]);
  });

  it('says which page is missing and which was not expected', () => {
    if (page === undefined) throw new Error('The alert of this test has a page.');
    const pages = [{ ...page, channel: 'liaison' as const, to: 'kent' }];
    expect(compareOutcomes(EXPECTED, seen({ alerts: [seenAlert({ pages })] }))).toEqual([
      'w-1, curfew: missing: alert page by sms to officer at step 0, 2026-05-01 21:15 UTC',
      'w-1, curfew: not expected: alert page by liaison to kent at step 0, 2026-05-01 21:15 UTC',
    ]);
  });

  it('counts a page that went out twice, and one that nobody accepted', () => {
    if (page === undefined) throw new Error('The alert of this test has a page.');
    const twice = seen({ alerts: [seenAlert({ pages: [page, page] })] });
    expect(compareOutcomes(EXPECTED, twice)).toHaveLength(1);
    const never = seen({ alerts: [seenAlert({ pages: [{ ...page, acceptedAt: null }] })] });
    expect(compareOutcomes(EXPECTED, never)).toHaveLength(2);
  });

  it('names a message that belongs to no alert', () => {
    const stray = {
      ...{ channel: 'email' as const, to: 'a@example.org', subject: 'Alarm', text: 'too late' },
      ...{ attributes: {}, messageId: 'm', sequence: 1, acceptedRealAt: 0 },
      acceptedAt: at('2026-05-01T21:15:10Z'),
    };
    expect(compareOutcomes(EXPECTED, seen({ strayMessages: [stray] }))).toEqual([
      'a message that is no page: email to a@example.org: Alarm, 2026-05-01 21:15 UTC',
    ]);
  });

  it('takes for an expected alert the one of the same reason, where there is one', () => {
    const { violation } = seenAlert();
    const other = seenAlert({ violation: { ...violation, reason: 'out-at-start' } });
    expect(compareOutcomes(EXPECTED, seen({ alerts: [other, seenAlert()] }))).toEqual([
      'w-1, curfew: an alert that nobody expected, out-at-start, 2026-05-01 21:15 UTC',
    ]);
  });
});

describe('given an expected nudge', () => {
  const nudge = { to: '+447700900201', says: 'set off for home', at: '2026-05-01T19:30+01:00' };
  const expected = { ...EXPECTED, nudges: [nudge] };
  const message = {
    ...{ channel: 'sms' as const, to: nudge.to, text: 'Time to set off for home.' },
    ...{ attributes: {}, messageId: 'm', sequence: 1, acceptedRealAt: 0 },
    acceptedAt: at('2026-05-01T18:30:20Z'),
  };
  const withMessage = (more: Partial<typeof message>): string[] =>
    compareOutcomes(expected, seen({ strayMessages: [{ ...message, ...more }] }));

  it('finds no difference in the same words to the same number in the same minute', () => {
    expect(withMessage({})).toEqual([]);
  });

  it('says that it did not come, and which message came instead', () => {
    expect(compareOutcomes(expected, seen())).toEqual([
      'missing: a nudge to +447700900201, 2026-05-01 18:30 UTC: set off for home',
    ]);
    expect(withMessage({ to: '+447700900202' })).toHaveLength(2);
    expect(withMessage({ text: 'Hello' })).toHaveLength(2);
    expect(withMessage({ acceptedAt: at('2026-05-01T18:31:00Z') })).toHaveLength(2);
    expect(compareOutcomes(EXPECTED, seen({ strayMessages: [message] }))).toHaveLength(1);
  });
});
