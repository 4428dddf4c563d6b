import { describe, expect, it } from 'vitest';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { permissionSchema } from '#domain/model/permission.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';

const START = at('2026-06-01T09:00:00Z');
const END = at('2026-06-01T09:30:00Z');
const MISSED = `missed${START}`;
const minutes = (count: number): Instant => secondsAfter(START, count * 60);

type Made = Readonly<{ condition?: object; permitted?: readonly [Instant, Instant] }>;

const watchOf = ({ condition = {}, permitted }: Made) => {
  const appointments = [{ from: toIso(START), until: toIso(END) }];
  const office = {
    ...{ conditionId: 'office', kind: 'mandatory-attendance', purpose: 'supervision' },
    ...{ place: { ...HOME, label: 'office' }, appointments, ...condition },
  };
  const permissions = (permitted === undefined ? [] : [permitted]).map(([from, until]) => {
    const ids = { permissionId: 'p-1', conditionIds: ['office'], grantedBy: 'officer' };
    const lasts = { from: toIso(from), until: toIso(until), reason: 'court' };
    return { version: 1, value: permissionSchema.parse({ ...ids, ...lasts }) };
  });
  return watchCalled(superviseWith([], { conditions: [office] }, { permissions }), 'office');
};

/** How likely they are at the place at a minute of the appointment; null: not seen for an hour. */
type Sight = readonly [minute: number, here: number | null];
const HERE = 0.99;
const AWAY = 0.004;

/** What is judged last of an appointment that was seen so. */
const visit = (sights: readonly Sight[], made: Made = {}, memory: Memory = {}): Judgement => {
  const watch = watchOf(made);
  const nothing: Judgement = {
    ...{ verdict: 'undetermined', reason: 'uncertain', memory, dueAt: null },
  };
  return sights.reduce<Judgement>((before, [minute, here]) => {
    const home = here ?? 0.5;
    return askRule(watch, minutes(minute), {
      ...{ memory: before.memory, believed: { home, elsewhere: 1 - home, inside: 0 } },
      newestEvidenceAt: here === null ? minutes(minute - 60) : minutes(minute),
    });
  }, nothing);
};

describe('given an appointment', () => {
  it('asks for nobody before it, and is due when it begins', () => {
    expect(visit([[-1, AWAY]])).toMatchObject({ verdict: 'not-applicable', dueAt: START });
  });

  it('is attended by who is there, until it ends', () => {
    expect(visit([[0, HERE]])).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'at-appointment', dueAt: END },
      memory: { ofAt: START, hereSince: START, arrivedAt: START },
    });
  });

  it('remembers when they came first, from fix to fix', () => {
    const { memory } = visit([
      [1, HERE],
      [2, HERE],
    ]);
    expect(memory).toEqual({ ofAt: START, hereSince: minutes(1), arrivedAt: minutes(1) });
  });

  it('waits for who is away, first until it is late and then until the end', () => {
    const early = visit([[3, AWAY]]);
    expect(early).toMatchObject({ verdict: 'undetermined', reason: 'not-there-yet', rests: true });
    expect(early).toMatchObject({ memory: { ofAt: START }, dueAt: minutes(10) });
    expect(early.memory).not.toHaveProperty('awayAt');
    const late = visit([[10, AWAY]]);
    expect(late).toMatchObject({ memory: { awayAt: minutes(10) }, dueAt: END, rests: true });
  });

  it('says nothing of who may or may not be there', () => {
    const judged = visit([[3, 0.5]]);
    expect(judged).toMatchObject({ verdict: 'undetermined', reason: 'uncertain', dueAt: END });
  });

  it('is attended from 0.8 on, and not from 0.95 away on', () => {
    expect(visit([[3, 0.8]]).reason).toBe('at-appointment');
    expect(visit([[3, 1 - 0.95]]).reason).toBe('not-there-yet');
    expect(visit([[3, 0.051]]).reason).toBe('uncertain');
  });

  it('asks nothing of a home unit: none stands there', () => {
    const places = watchOf({}).question?.places ?? [];
    expect(places.map(({ hasHomeUnit }) => hasHomeUnit)).toEqual([false]);
  });

  it('may come back by a timetable, beside those that were made', () => {
    const { active } = watchOf({ condition: { timetableId: 'night' } });
    const around = active.intervals.filter(({ startAt }) => startAt >= at('2026-06-01T00:00:00Z'));
    expect(around.slice(0, 2).map(({ startAt }) => startAt)).toEqual([
      START,
      at('2026-06-01T18:00:00Z'),
    ]);
    expect(watchOf({}).active.intervals).toMatchObject([{ startAt: START, endAt: END }]);
  });

  it('says nothing of whom nobody sees', () => {
    const judged = visit([[3, null]]);
    expect(judged).toMatchObject({ verdict: 'undetermined', reason: 'no-recent-evidence' });
    expect(judged).toMatchObject({ memory: { unseenAt: minutes(3) }, dueAt: END });
  });
});

describe('given somebody who comes late', () => {
  it('is told when they come, since the appointment began', () => {
    const judged = visit([
      [10, AWAY],
      [12, HERE],
    ]);
    expect(judged).toMatchObject({
      verdict: 'satisfied',
      past: {
        ...{ reason: 'late-for-appointment', since: START, until: minutes(12), certainty: null },
      },
    });
  });

  it.each<[string, readonly Sight[]]>([
    [
      'who comes within the tolerance',
      [
        [9.9, AWAY],
        [10, HERE],
      ],
    ],
    ['who was not seen to be away when it became late', [[12, HERE]]],
    [
      'who was out of sight meanwhile',
      [
        [10, AWAY],
        [11, null],
        [12, HERE],
      ],
    ],
    [
      'who was there, went out and came back',
      [
        [1, HERE],
        [10, AWAY],
        [12, HERE],
      ],
    ],
    [
      'who was told of already',
      [
        [10, AWAY],
        [12, HERE],
        [13, HERE],
      ],
    ],
  ])('is not told of %s', (_, sights) => {
    expect(visit(sights)).not.toHaveProperty('past');
  });
});

describe('given the end of an appointment', () => {
  const told = { since: START, until: END };

  it('is missed by who stayed away, and the miss is remembered', () => {
    const judged = visit([
      [10, AWAY],
      [30, AWAY],
    ]);
    expect(judged).toMatchObject({
      ...{ verdict: 'not-applicable', memory: { [MISSED]: END } },
      past: { reason: 'missed-appointment', ...told, certainty: 0.99 },
    });
    expect(
      visit([
        [10, AWAY],
        [30, 0.03],
      ]).past?.certainty,
    ).toBe(0.97);
  });

  it('is missed by who never came, however short the stay that is asked for', () => {
    const made = { condition: { leastStaySeconds: 0 } };
    const sights: readonly Sight[] = [
      [10, AWAY],
      [30, 1 - 0.95],
    ];
    expect(visit(sights, made).past?.reason).toBe('missed-appointment');
  });

  it.each([
    ['a miss a year ago to the day', 365 * 86_400, 'missed-appointment-again'],
    ['a miss longer ago', 365 * 86_400 + 1, 'missed-appointment'],
  ])('counts %s', (_, secondsAgo, reason) => {
    const before = secondsAfter(END, -secondsAgo);
    const judged = visit(
      [
        [10, AWAY],
        [30, AWAY],
      ],
      {},
      { [`missed${before}`]: before },
    );
    expect(judged.past?.reason).toBe(reason);
    expect(Object.keys(judged.memory)).toHaveLength(reason === 'missed-appointment' ? 1 : 2);
  });

  it('is left early by who was there for less than five minutes, and away at the end', () => {
    const judged = visit([
      [1, HERE],
      [5.9, AWAY],
      [30, AWAY],
    ]);
    expect(judged).toMatchObject({
      ...{ memory: {}, past: { reason: 'left-appointment-early', ...told, certainty: null } },
    });
  });

  it('is left early by who came late, since they came: that they were late is told apart', () => {
    const judged = visit([
      [10, AWAY],
      [12, HERE],
      [14, AWAY],
      [30, AWAY],
    ]);
    const past = { reason: 'left-appointment-early', since: minutes(12), until: END };
    expect(judged.past).toEqual({ ...past, certainty: null });
  });

  it('is told of once, whatever comes at its very end', () => {
    const judged = visit(
      [
        [0, AWAY],
        [30, AWAY],
        [30, AWAY],
      ],
      { condition: { toleranceSeconds: 1_800 } },
    );
    expect(judged).not.toHaveProperty('past');
    expect(judged.memory).toEqual({ [MISSED]: END });
  });

  it.each<[string, readonly Sight[]]>([
    [
      'stayed for five minutes',
      [
        [1, HERE],
        [6, AWAY],
        [30, AWAY],
      ],
    ],
    [
      'stayed for five minutes in two parts',
      [
        [1, HERE],
        [4, AWAY],
        [5, HERE],
        [7, AWAY],
        [30, AWAY],
      ],
    ],
    [
      'came just before it ended, and is there still',
      [
        [10, AWAY],
        [29, HERE],
        [30, HERE],
      ],
    ],
    [
      'came, and may or may not be there at the end',
      [
        [1, HERE],
        [2, AWAY],
        [30, 0.5],
      ],
    ],
    [
      'was never sure to be away',
      [
        [10, 0.5],
        [30, 0.5],
      ],
    ],
    [
      'was not seen at the end',
      [
        [10, AWAY],
        [30, null],
      ],
    ],
    [
      'was out of sight for a part of it',
      [
        [10, AWAY],
        [15, null],
        [20, AWAY],
        [30, AWAY],
      ],
    ],
    ['was first seen to be away at its very end', [[30, AWAY]]],
  ])('is not held against who %s', (_, sights) => {
    const judged = visit(sights);
    expect(judged).not.toHaveProperty('past');
    expect(judged.memory).toEqual({});
  });

  it('counts no stay beyond the last sight of them', () => {
    const watch = watchOf({});
    const believed = { home: 0.5, elsewhere: 0.5, inside: 0 };
    const memory = { ofAt: START, hereSince: START, arrivedAt: START };
    const { memory: kept } = askRule(watch, minutes(25), {
      ...{ memory, believed, newestEvidenceAt: minutes(4) },
    });
    expect(kept).toEqual({
      ...{ ofAt: START, arrivedAt: START, stayed: 240_000, unseenAt: minutes(25) },
    });
  });

  it('is missed at its end where that comes before it is late', () => {
    const sights = [
      [0, AWAY],
      [30, AWAY],
    ] as const;
    const short = { toleranceSeconds: 1_800 };
    expect(visit(sights, { condition: short }).past?.reason).toBe('missed-appointment');
    const shorter = { toleranceSeconds: 1_799 };
    expect(visit(sights, { condition: shorter })).not.toHaveProperty('past');
  });

  it('is neither kept nor missed where a permission ended it', () => {
    const made = { permitted: [minutes(20), minutes(40)] } as const;
    const judged = visit(
      [
        [10, AWAY],
        [20, AWAY],
      ],
      made,
      { [`missed${minutes(-99)}`]: START },
    );
    expect(judged).toMatchObject({ verdict: 'not-applicable', reason: 'permitted' });
    expect(judged).not.toHaveProperty('past');
    expect(Object.keys(judged.memory)).toEqual([`missed${minutes(-99)}`]);
  });

  it('keeps nothing of an appointment for the next', () => {
    const before = { ofAt: instant(START - 1), awayAt: START, arrivedAt: START, [MISSED]: END };
    expect(visit([[1, AWAY]], {}, before).memory).toEqual({ ofAt: START, [MISSED]: END });
  });
});
