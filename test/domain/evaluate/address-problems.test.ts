import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressProblems } from '#domain/evaluate/address-problems.ts';
import { NOTHING_STANDING, orderWith } from '#test/support/orders.ts';
import { daily, HOME, SCHOOL, SHAPES, WEARER } from '#test/support/supervisions.ts';

const NORTH_METRES = 111_250;
/** So many metres north of the middle of the school, which reaches 200 m. */
const northOfSchool = (metres: number) => ({
  ...{ label: 'flat 2', lat: SCHOOL.lat + metres / NORTH_METRES, lon: SCHOOL.lon },
});
const IN_SCHOOL = northOfSchool(150);

const curfew = (fields: object = {}) => ({
  ...{ conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: HOME },
  ...fields,
});
const zone = (fields: object = {}) => ({
  ...{ conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' },
  ...fields,
});
const other = (fields: object = {}) => ({ ...IN_SCHOOL, label: 'aunt', ...fields });

const hours = (id: string, start: number, end: number) =>
  daily(id, `${String(start).padStart(2, '0')}:00`, `${String(end).padStart(2, '0')}:00`);
const TIMETABLES = new Map([
  ...SHAPES.timetables,
  ...[hours('day', 7, 19), hours('evening', 18, 20), hours('morning', 7, 9)],
]);

const problemsOf = (conditions: readonly object[], timetables = TIMETABLES) =>
  addressProblems(orderWith({ ...NOTHING_STANDING, conditions }), {
    ...SHAPES,
    timetables,
    wearer: WEARER,
  });
const pathsOf = (...conditions: readonly object[]) =>
  problemsOf(conditions).map(({ path }) => path);

describe('given a curfew address in a zone that the same order closes', () => {
  it('is refused by its field, with where and when nobody can keep to both', () => {
    expect(problemsOf([zone(), curfew({ place: IN_SCHOOL })])).toEqual([
      {
        path: 'conditions.1.place',
        code: 'address-not-allowed',
        message: expect.stringMatching(
          /^flat 2 lies 50 m inside the zone of condition school, .* first from 2026-01-01T00:00:00/,
        ),
      },
    ]);
  });

  it('is refused as a further address, too, at the hours at which that counts', () => {
    const others = [other(), other({ timetableId: 'evening' }), other({ timetableId: 'morning' })];
    expect(pathsOf(curfew({ otherPlaces: others }), zone())).toEqual([
      'conditions.0.otherPlaces.0',
      'conditions.0.otherPlaces.1',
    ]);
  });

  it('is refused where the zone is one that is only open by day', () => {
    const restricted = { ...zone({ timetableId: 'day' }), kind: 'restriction-zone' };
    expect(pathsOf(curfew({ place: IN_SCHOOL }), restricted)).toEqual(['conditions.0.place']);
  });

  it('is refused outside of a zone in which the wearer is to stay', () => {
    const stay = { ...zone({ timetableId: 'evening' }), kind: 'inclusion-zone' };
    expect(problemsOf([curfew(), stay])).toMatchObject([
      { path: 'conditions.0.place', message: expect.stringMatching(/m outside the zone of/) },
    ]);
    expect(pathsOf(curfew({ place: IN_SCHOOL }), stay)).toEqual([]);
  });
});

describe('given an order that can be kept to', () => {
  it.each([
    ['the address lies beside the zone', [curfew({ place: northOfSchool(201) }), zone()]],
    [
      'it lies in the buffer alone',
      [curfew({ place: northOfSchool(220) }), zone({ bufferMetres: 100 })],
    ],
    [
      'the zone is closed by day only',
      [curfew({ place: IN_SCHOOL }), zone({ timetableId: 'day' })],
    ],
    ['there is no curfew', [zone({ place: IN_SCHOOL })]],
    [
      'a zone list is not looked through',
      [curfew({ place: IN_SCHOOL }), { ...zone(), zoneId: undefined, zoneListId: 'schools' }],
    ],
  ])('finds nothing where %s', (_, conditions) => {
    expect(problemsOf(conditions)).toEqual([]);
  });

  it('finds something exactly where both share an hour of the day', () => {
    // One o'clock comes twice in the night in which London's clocks are put back: see below.
    const hour = fc.integer({ min: 0, max: 23 }).filter((one) => one !== 1);
    const span = fc.tuple(hour, hour).filter(([start, end]) => start !== end);
    const hoursOf = ([start, end]: readonly [number, number]): number[] =>
      Array.from({ length: 24 }, (_, i) => i).filter((i) =>
        start < end ? start <= i && i < end : i >= start || i < end,
      );
    fc.assert(
      fc.property(span, span, (one, two) => {
        const timetables = new Map([hours('one', ...one), hours('two', ...two)]);
        const conditions = [
          curfew({ timetableId: 'one', place: IN_SCHOOL }),
          zone({ timetableId: 'two' }),
        ];
        const isShared = hoursOf(one).some((i) => hoursOf(two).includes(i));
        expect(problemsOf(conditions, timetables).length).toBe(isShared ? 1 : 0);
      }),
      { numRuns: 40 },
    );
  });

  it('finds the one hour a year that comes twice, where one begins as the other ends', () => {
    const timetables = new Map([hours('one', 1, 12), hours('two', 0, 1)]);
    const [problem] = problemsOf(
      [curfew({ timetableId: 'one', place: IN_SCHOOL }), zone({ timetableId: 'two' })],
      timetables,
    );
    expect(problem?.message).toMatch(/first from 2026-10-25T00:00:00/);
  });
});
