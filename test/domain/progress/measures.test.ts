import { describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import type { Followed, Found } from '#domain/progress/facts.ts';
import { measure } from '#domain/progress/measures.ts';
import { stretch } from '#domain/progress/stretches.ts';
import { FROM, factsOf, followed, found, ORDER_ID, TO } from '#test/support/progress-facts.ts';

const hour = (n: number) => secondsAfter(FROM, 3_600 * n);
const there = (from: number, to: number): Followed['said'][number] => ({
  ...{ startAt: hour(from), endAt: hour(to), verdict: 'satisfied', reason: 'at-appointment' },
});

describe('an appointment', () => {
  const outcome = (fields: Partial<Followed>, violations: readonly Found[] = [], now = TO) => {
    const one = followed({
      ...{ rule: 'mandatory-attendance', hours: [stretch(hour(10), hour(11))], ...fields },
    });
    const { appointments } = measure(factsOf({ followed: [one], violations, now }));
    return Object.entries(appointments).flatMap(([name, count]) => (count > 0 ? [name] : []));
  };
  const told = (reason: Found['reason'], fields: Partial<Found> = {}) =>
    found({ reason, openedAt: hour(10), endedAt: hour(11), ...fields });

  it.each<[string, string[], Partial<Followed>, Found[]]>([
    ['to which they came and stayed is kept', ['kept'], { said: [there(10, 11)] }, []],
    [
      'of which some was unseen is neither kept nor missed',
      ['unclear'],
      { said: [{ ...there(10, 11), verdict: 'undetermined', reason: 'no-recent-evidence' }] },
      [],
    ],
    ['that was stayed at for too short is not kept', ['unclear'], { said: [there(10, 10.05)] }, []],
    ['that they missed is missed', ['missed'], {}, [told('missed-appointment')]],
    ['that they missed again is missed', ['missed'], {}, [told('missed-appointment-again')]],
    [
      'they came late to is late',
      ['late'],
      { said: [there(10.5, 11)] },
      [told('late-for-appointment')],
    ],
    [
      'they left early is told as that',
      ['left-early'],
      { said: [there(10, 10.2)] },
      [told('late-for-appointment'), told('left-appointment-early')],
    ],
    [
      'that was permitted to be missed is excused',
      ['excused'],
      { hours: [], permitted: [stretch(hour(10), hour(11))] },
      [],
    ],
    [
      'whose miss was excused afterwards is excused',
      ['excused'],
      {},
      [told('missed-appointment', { status: 'withdrawn', endReason: 'excused' })],
    ],
    [
      'whose miss an officer found explained is excused',
      ['excused'],
      {},
      [told('missed-appointment', { disposition: 'no-action-explained' })],
    ],
    [
      'whose miss was taken back, and nothing more is known of, is unclear',
      ['unclear'],
      {},
      [told('missed-appointment', { status: 'withdrawn' })],
    ],
  ])('%s', (_, expected, fields, violations) => {
    expect(outcome(fields, violations)).toEqual(expected);
  });

  it('that has not ended is still ahead', () => {
    expect(outcome({}, [], hour(10))).toEqual(['ahead']);
  });
});

describe('a check', () => {
  const outcome = (fields: Partial<Followed>, violations: readonly Found[] = [], now = TO) => {
    const one = followed({
      ...{ rule: 'check-missed', hours: [stretch(FROM, TO)] },
      ...{ checks: [{ askedAt: hour(10), expiresAt: hour(11) }], ...fields },
    });
    const { checks } = measure(factsOf({ followed: [one], violations, now }));
    return Object.entries(checks).flatMap(([name, count]) => (count > 0 ? [name] : []));
  };
  const told = (reason: Found['reason'], fields: Partial<Found> = {}) =>
    found({ reason, openedAt: hour(10), ...fields });

  it.each<[string, string[], Partial<Followed>, Found[]]>([
    ['that was passed is kept', ['kept'], { said: [there(10.2, 20)] }, []],
    ['that was passed late is late', ['late'], { said: [there(10.7, 20)] }, [told('check-late')]],
    ['that expired is missed', ['missed'], {}, [told('check-expired')]],
    ['that was not passed has failed', ['failed'], {}, [told('check-failed')]],
    [
      'that expired and was excused is excused',
      ['excused'],
      {},
      [told('check-expired', { status: 'withdrawn', endReason: 'excused' })],
    ],
    ['they were let off is excused', ['excused'], { permitted: [stretch(hour(9), hour(12))] }, []],
    ['of which nothing is on record is unclear', ['unclear'], {}, []],
    ['asked when no order stood is none', [], { hours: [] }, []],
  ])('%s', (_, expected, fields, violations) => {
    expect(outcome(fields, violations)).toEqual(expected);
  });

  it('that may still be answered is ahead', () => {
    expect(outcome({}, [], hour(10.5))).toEqual(['ahead']);
  });
});

describe('an order', () => {
  const courses = (dates: object, breaches: readonly { at: typeof FROM }[] = []) => {
    const orders = [{ orderId: ORDER_ID, startsAt: FROM, endsAt: null, ...dates }];
    const begun = breaches.map(({ at }) => ({ orderId: ORDER_ID, at }));
    return measure(factsOf({ orders, breaches: begun })).orders.map(({ course }) => course);
  };

  it.each([
    [
      'that has ended is completed without breach',
      { endsAt: hour(100) },
      [],
      'completed-without-breach',
    ],
    ['that stands is running', {}, [], 'running'],
    ['that begins later is not begun', { startsAt: TO }, [], 'not-begun'],
    [
      'in which an officer began a breach is not completed without',
      { endsAt: hour(100) },
      [{ at: hour(50) }],
      'completed-with-breach',
    ],
    [
      'in which one was begun and that stands says so',
      {},
      [{ at: hour(50) }],
      'running-with-breach',
    ],
  ])('%s', (_, dates, breaches, course) => {
    expect(courses(dates, breaches)).toEqual([course]);
  });

  it('in which something was found, and nobody began a breach, is completed without', () => {
    const orders = [{ orderId: ORDER_ID, startsAt: FROM, endsAt: hour(100) }];
    const { orders: found_, violations } = measure(factsOf({ orders, violations: [found()] }));
    expect([found_[0]?.course, violations.counted]).toEqual(['completed-without-breach', 1]);
  });
});

describe('what nobody can say', () => {
  it('of a wearer without an order is everything', () => {
    const { unknown, days } = measure(factsOf({ orders: [], seen: [] }));
    expect(days.counted).toBe(0);
    expect(unknown.map(({ what }) => what)).toEqual(['no-order', 'nothing-seen', 'no-curfew']);
  });

  it('is told with how much it is', () => {
    const night = followed({ hours: [stretch(hour(0), hour(7))] });
    const { unknown } = measure(factsOf({ followed: [night], seen: [stretch(hour(24), TO)] }));
    expect(unknown).toEqual([
      { what: 'days-unobserved', days: 1 },
      { what: 'curfew-unobserved', minutes: 420 },
    ]);
  });
});
