import { describe, expect, it } from 'vitest';
import { DAY_SECONDS, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import { daysIn, localDays, runsOf } from '#domain/progress/days.ts';
import { stretch } from '#domain/progress/stretches.ts';
import { FROM, factsOf, found, ORDER_ID, TO } from '#test/support/progress-facts.ts';
import { at } from '#test/support/supervisions.ts';

const day = (n: number) => secondsAfter(FROM, n * DAY_SECONDS);
const noon = (n: number) => secondsAfter(day(n), DAY_SECONDS / 2);
const onDay = (n: number, fields = {}) =>
  found({ openedAt: noon(n), endedAt: secondsAfter(noon(n), 600), ...fields });
const kinds = (facts: Parameters<typeof daysIn>[0]) => daysIn(facts).map(({ kind }) => kind);

describe('the days of a period', () => {
  it('are those of the wall clock: 25 hours long where clocks are put back', () => {
    const period = { fromAt: at('2026-10-23T23:00:00Z'), toAt: at('2026-10-27T00:00:00Z') };
    const hours = localDays(factsOf({ period })).map(
      (one) => [one.date, secondsBetween(one.fromAt, one.toAt) / 3_600] as const,
    );
    expect(hours).toEqual([
      ['2026-10-24', 24],
      ['2026-10-25', 25],
      ['2026-10-26', 24],
    ]);
  });

  it('are cut where the period begins and ends', () => {
    const period = { fromAt: noon(0), toAt: noon(1) };
    const [first, last] = localDays(factsOf({ period }));
    expect([first?.fromAt, last?.toAt]).toEqual([noon(0), noon(1)]);
  });

  it('on which no order stood do not count', () => {
    const orders = [{ orderId: ORDER_ID, startsAt: noon(2), endsAt: noon(4) }];
    const dates = daysIn(factsOf({ orders })).map(({ date }) => date);
    expect(dates).toEqual(['2026-03-04', '2026-03-05', '2026-03-06']);
  });
});

describe('a day', () => {
  it('with a violation that counts is none without', () => {
    expect(kinds(factsOf({ violations: [onDay(3)] }))[3]).toBe('with-violation');
  });

  it.each([
    ['was excused afterwards', { status: 'withdrawn', endReason: 'excused' }],
    ['was taken back', { status: 'withdrawn' }],
    ['was found to be authorised', { disposition: 'no-action-authorised-absence' }],
    ['is a prompt', { reason: 'late-for-appointment' }],
    ['is a nudge', { reason: 'leave-for-home' }],
    ['is about their welfare', { reason: 'welfare-concern' }],
    ['is about nobody of them', { reason: 'transfer-not-accepted' }],
  ])('with what %s is clear', (_, fields) => {
    expect(kinds(factsOf({ violations: [onDay(3, fields)] }))[3]).toBe('clear');
  });

  it('on which the equipment failed is clear, and says so', () => {
    const [found] = daysIn(factsOf({ violations: [onDay(0, { reason: 'device-silent' })] }));
    expect(found).toMatchObject({ kind: 'clear', hasEquipmentTrouble: true });
  });

  it('of which nothing was heard is not called clear', () => {
    const seen = [stretch(day(0), day(2)), stretch(day(3), TO)];
    expect(kinds(factsOf({ seen }))).toEqual([
      'clear',
      'clear',
      'unobserved',
      ...Array.from({ length: 4 }, () => 'clear'),
    ]);
  });
});

describe('a run of clear days', () => {
  it('ends with a violation, and the longest is told', () => {
    const days = daysIn(factsOf({ violations: [onDay(4)] }));
    expect(runsOf(days)).toEqual({ longestDays: 4, currentDays: 2 });
  });

  it('is neither longer nor over by a day of which nothing was heard', () => {
    const seen = [stretch(day(0), day(2)), stretch(day(3), TO)];
    expect(runsOf(daysIn(factsOf({ seen })))).toEqual({ longestDays: 6, currentDays: 6 });
  });

  it('is broken on each day that a violation goes on', () => {
    const violations = [onDay(1, { endedAt: noon(3) })];
    expect(runsOf(daysIn(factsOf({ violations })))).toEqual({ longestDays: 3, currentDays: 3 });
  });
});
