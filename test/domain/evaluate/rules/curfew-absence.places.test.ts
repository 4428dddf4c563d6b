import { describe, expect, it } from 'vitest';
import type { WatchState } from '#domain/evaluate/core.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { coreOf } from '#test/support/core-of.ts';
import { at, daily, HOME, superviseWith } from '#test/support/supervisions.ts';

/** From 19:00 to 07:00, London time; at the mother's until 22:00, at a friend's by the curfew's. */
const START = at('2026-06-01T18:00:00Z');
const END = at('2026-06-02T06:00:00Z');
const minutes = (count: number): Instant => secondsAfter(START, count * 60);

const MOTHERS = { label: "mother's", lat: 51.53, lon: -0.1, timetableId: 'evening' };
const FRIENDS = { label: "friend's", lat: 51.47, lon: -0.1 };
const curfew = {
  ...{ conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: HOME },
  otherPlaces: [FRIENDS, MOTHERS],
};
const supervision = superviseWith(
  [],
  { conditions: [curfew] },
  {
    timetables: new Map([daily('night', '19:00', '07:00'), daily('evening', '19:00', '22:00')]),
  },
);
const HOURLY = 'curfew.place-2';

type Asked = Readonly<{
  watchId?: string;
  home?: number;
  elsewhere?: number;
  seenAt?: Instant | null;
  memory?: Memory;
  said?: Partial<WatchState>;
}>;

const asked = (now: Instant, more: Asked): Judgement => {
  const { watchId = 'curfew', home = 0.01, elsewhere = 1 - home, seenAt = now, said } = more;
  return askRule(watchCalled(supervision, watchId), now, {
    ...{ believed: { home, elsewhere, inside: 0 }, newestEvidenceAt: seenAt },
    ...{ memory: more.memory ?? {} },
    ...(said === undefined ? {} : { core: coreOf(now, { [HOURLY]: said }) }),
  });
};

describe('given a further address with hours of its own', () => {
  it('is watched by itself, before the curfew, named for its place in the list', () => {
    expect(supervision.watches.map(({ watchId }) => watchId).slice(0, 2)).toEqual([
      HOURLY,
      'curfew',
    ]);
  });

  it('is asked about by its own place, and the curfew by all places of its hours', () => {
    const placesOf = (watchId: string) =>
      watchCalled(supervision, watchId).question?.places.map(({ lat }) => lat);
    expect(placesOf(HOURLY)).toEqual([MOTHERS.lat]);
    expect(placesOf('curfew')).toEqual([HOME.lat, FRIENDS.lat]);
  });

  it('is kept by who is there, until its own hours end', () => {
    const judged = asked(minutes(5), { watchId: HOURLY, home: 0.8 });
    expect(judged).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'at-home', memory: {}, dueAt: minutes(180) },
    });
  });

  it.each([
    ['is not there', { elsewhere: 0.95, home: 0.05 }, 'not-applicable', 'not-there'],
    ['may be there', { elsewhere: 0.94, home: 0.06 }, 'undetermined', 'uncertain'],
    ['may be there, or near', { elsewhere: 0.21, home: 0.79 }, 'undetermined', 'uncertain'],
    ['is not seen', { seenAt: minutes(-60) }, 'undetermined', 'no-recent-evidence'],
  ])('says no more than so of who %s', (_, more, verdict, reason) => {
    const judged = asked(minutes(5), { watchId: HOURLY, ...more });
    expect(judged).toMatchObject({ verdict, reason, memory: {}, dueAt: minutes(180) });
  });
});

describe('given a curfew with such an address', () => {
  const memory = { outSince: START };

  it('is kept by who is there', () => {
    const said = { verdict: 'satisfied' } as const;
    expect(asked(minutes(5), { said, memory })).toMatchObject({ reason: 'at-home' });
  });

  it('finds nothing while they may be there', () => {
    const said = { verdict: 'undetermined' } as const;
    expect(asked(minutes(5), { said, memory })).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'uncertain', memory },
    });
  });

  it.each([[{ verdict: 'not-applicable' } as const], [undefined]])(
    'is broken by who is at neither: %o',
    (said) => {
      const judged = asked(minutes(5), { memory, ...(said === undefined ? {} : { said }) });
      expect(judged.verdict).toBe('violated');
    },
  );
});

describe('given the least that is believed', () => {
  it.each([
    [0.8, 0.2, 'satisfied', 'at-home'],
    [0.79, 0.21, 'undetermined', 'uncertain'],
    [0.051, 0.949, 'undetermined', 'uncertain'],
    [0.05, 0.95, 'undetermined', 'within-grace'],
  ])('at %d at home and %d away is %s: %s', (home, elsewhere, verdict, reason) => {
    expect(asked(minutes(5), { home, elsewhere })).toMatchObject({ verdict, reason });
  });

  it('counts evidence of the very start, and none where there is none', () => {
    const memory = { outSince: START };
    expect(asked(minutes(5), { memory, seenAt: START }).verdict).toBe('violated');
    expect(asked(minutes(5), { memory, seenAt: null })).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'no-recent-evidence' },
    });
  });

  it('remembers out of sight only of who was away', () => {
    const unseen = { seenAt: minutes(-60) };
    expect(asked(minutes(5), unseen).memory).toEqual({});
    const memory = { outSince: START, unseenAt: minutes(3) };
    expect(asked(minutes(5), { ...unseen, memory }).memory).toEqual(memory);
  });
});

describe('given the end of a curfew', () => {
  const memory = { homeSince: START, outSince: minutes(60) };

  it('says "out at end" of who is still away, and only as surely as they are', () => {
    expect(asked(END, { memory, home: 0.05, elsewhere: 0.95 })).toMatchObject({
      ...{ verdict: 'not-applicable', reason: 'outside-hours', memory: {}, endsAs: 'out-at-end' },
    });
    expect(asked(END, { memory, home: 0.06, elsewhere: 0.94 })).not.toHaveProperty('endsAs');
    expect(asked(END, { memory, seenAt: minutes(600) })).not.toHaveProperty('endsAs');
    expect(asked(END, { memory, seenAt: minutes(600), elsewhere: 0.5 })).not.toHaveProperty(
      'endsAs',
    );
  });

  it('says it at its very end alone', () => {
    expect(asked(minutes(721), { memory })).not.toHaveProperty('endsAs');
  });
});

describe('given an instant beyond what the hours were compiled for', () => {
  it.each(['curfew', HOURLY])('does not know its hours, and forgets nothing: %s', (watchId) => {
    const memory = { outSince: START };
    const judged = asked(at('2028-06-01T00:00:00Z'), { watchId, memory });
    expect(judged).toMatchObject({ verdict: 'undetermined', reason: 'hours-unknown', memory });
  });
});
