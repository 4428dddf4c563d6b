import { describe, expect, it } from 'vitest';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { at, daily, superviseWith } from '#test/support/supervisions.ts';

/** From 19:00 to 07:00, London time. */
const START = at('2026-06-01T18:00:00Z');
const END = at('2026-06-02T06:00:00Z');
const minutes = (count: number): Instant => secondsAfter(START, count * 60);

const watchOf = (kind: string, timetableId: string | null = 'night') =>
  watchCalled(
    superviseWith(
      [],
      {
        conditions: [
          { conditionId: 'zone', kind, zoneId: 'school', timetableId, graceSeconds: 300 },
        ],
      },
      { timetables: new Map([daily('night', '19:00', '07:00')]) },
    ),
    'zone',
  );
const STAY = watchOf('inclusion-zone');
/** Open to them at night: they are to be out of it by day. */
const KEEP_OUT = watchOf('restriction-zone');

type More = Readonly<{ watch?: typeof STAY; seenAt?: Instant | null; memory?: Memory }>;
/** Asked with how likely it is that they are on the wrong side. */
const asked = (now: Instant, wrong: number, more: More = {}): Judgement => {
  const { watch = STAY, seenAt = now, memory = {} } = more;
  const believed = { home: 0, elsewhere: 1 - wrong, inside: wrong };
  return askRule(watch, now, { believed, memory, newestEvidenceAt: seenAt });
};

describe('given a zone to stay in', () => {
  it('is kept by who is within it, remembers since when, and is due at the end', () => {
    expect(asked(minutes(5), 0.2)).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'within-zone', memory: { rightSince: minutes(5) } },
      dueAt: END,
    });
    const memory = { rightSince: minutes(5) };
    expect(asked(minutes(9), 0.01, { memory }).memory).toEqual(memory);
  });

  it('is not told of while it may be either', () => {
    const memory = { rightSince: minutes(5) };
    for (const wrong of [0.21, 0.949]) {
      expect(asked(minutes(9), wrong, { memory })).toMatchObject({
        ...{ verdict: 'undetermined', reason: 'near-the-edge', memory, dueAt: END },
      });
    }
  });

  it('is not told of without recent evidence', () => {
    const memory = { rightSince: minutes(5) };
    expect(asked(minutes(90), 0.99, { seenAt: minutes(5), memory })).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'no-recent-evidence', memory, dueAt: END },
    });
    expect(asked(minutes(90), 0.99, { seenAt: null }).reason).toBe('no-recent-evidence');
  });

  it('waits for the grace, and not beyond the end of its hours', () => {
    expect(asked(minutes(9), 0.99)).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'within-grace', memory: { wrongSince: minutes(9) } },
      dueAt: minutes(14),
    });
    const late = secondsAfter(END, -60);
    expect(asked(late, 0.99)).toMatchObject({ reason: 'within-grace', dueAt: END });
  });

  it.each([
    ['who was within it before', { rightSince: START }, 'left-inclusion-zone', 60],
    ['who was never seen within it', {}, 'outside-inclusion-zone', 60],
    ['who was outside when it began', {}, 'outside-when-it-began', 0],
  ])('is broken when the grace ends, by %s', (_, before, reason, since) => {
    const wrongSince = minutes(since);
    const memory = { ...before, wrongSince };
    const found = asked(minutes(since + 5), 0.95, { memory });
    expect(found).toMatchObject({ verdict: 'violated', reason, since: wrongSince, dueAt: END });
    expect(found).toMatchObject({ claims: 'inside', memory });
    const before5 = instant(minutes(since + 5) - 1);
    expect(asked(before5, 0.95, { memory }).reason).toBe('within-grace');
  });

  it('forgets another night, and asks nothing outside its hours', () => {
    const memory = { wrongSince: minutes(-600) };
    expect(asked(minutes(1), 0.99, { memory }).memory).toEqual({ wrongSince: minutes(1) });
    expect(asked(minutes(-1), 0.99)).toMatchObject({
      ...{ verdict: 'not-applicable', reason: 'outside-hours', dueAt: START },
    });
  });

  it('applies at all hours where it has no timetable', () => {
    const always = watchOf('inclusion-zone', null);
    expect(asked(minutes(-60), 0.01, { watch: always })).toMatchObject({ reason: 'within-zone' });
  });
});

describe('given a zone that is open at some hours', () => {
  it('is kept by who is out of it while it is closed', () => {
    expect(asked(minutes(-60), 0.1, { watch: KEEP_OUT })).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'clear-of-zone', dueAt: START },
    });
    expect(asked(minutes(60), 0.99, { watch: KEEP_OUT }).verdict).toBe('not-applicable');
  });

  it.each([
    ['who stayed when it closed', 0, 'stayed-in-restriction-zone'],
    ['who came later', 60, 'in-restriction-zone'],
  ])('is broken by %s', (_, since, reason) => {
    const wrongSince = secondsAfter(END, since * 60);
    const now = secondsAfter(wrongSince, 300);
    const memory = { wrongSince };
    expect(asked(now, 0.99, { watch: KEEP_OUT, memory })).toMatchObject({
      ...{ verdict: 'violated', reason, since: wrongSince },
    });
  });
});

describe('given a wearer of whom evidence ran out before the grace was over', () => {
  const unseen = asked(minutes(12), 0.99, { seenAt: START, memory: { wrongSince: minutes(10) } });

  it('counts from when they are seen on the wrong side again, with a grace of its own', () => {
    expect(unseen.memory).toEqual({ wrongSince: minutes(10), unseenAt: minutes(12) });
    const again = asked(minutes(200), 0.99, { memory: unseen.memory });
    expect(again).toMatchObject({ reason: 'within-grace', dueAt: minutes(205) });
    expect(asked(minutes(205), 0.99, { memory: again.memory })).toMatchObject({
      ...{ verdict: 'violated', since: minutes(200) },
    });
  });
});
