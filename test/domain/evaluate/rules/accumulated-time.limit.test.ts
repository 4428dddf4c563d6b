import { describe, expect, it } from 'vitest';
import type { Core, Mark, WatchState } from '#domain/evaluate/core.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { position } from '#domain/geo/position.ts';
import { violationIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { coreOf } from '#test/support/core-of.ts';
import { at, daily, HOME, superviseWith } from '#test/support/supervisions.ts';

const START = at('2026-06-01T18:00:00Z');
const minutes = (count: number): Instant => secondsAfter(START, count * 60);

const supervision = superviseWith(
  [],
  {
    conditions: [
      {
        ...{ conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: HOME },
        ...{ atvMinutes: 60, atvWarningShare: 0.5, atvDays: 7 },
      },
    ],
  },
  { timetables: new Map([daily('night', '19:00', '07:00')]) },
);
const LIMIT = watchCalled(supervision, 'curfew.accumulated');
const NEAR = watchCalled(supervision, 'curfew.accumulated.warning');
const CURFEW = LIMIT.firstWatchId;

const mark = (openedAt: Instant, more: Partial<Mark> = {}): Mark => ({
  ...{ violationId: violationIdSchema.parse('w-1.curfew.x'), watchId: CURFEW, openedAt },
  ...{ reason: 'out-at-start', foundAt: openedAt, certainty: null, competing: null },
  ...{ endedAt: null, endReason: null, ...more },
});

const limitAt = (
  now: Instant,
  curfew: Partial<WatchState>,
  memory: Memory = {},
  more: Partial<Core> = {},
): Judgement => askRule(LIMIT, now, { memory, core: coreOf(now, { [CURFEW]: curfew }, more) });

const OUT: Partial<WatchState> = { verdict: 'violated', reason: 'out-at-start' };
const BACK: Partial<WatchState> = { verdict: 'satisfied', reason: 'at-home' };
const UNSEEN: Partial<WatchState> = { verdict: 'undetermined', reason: 'no-recent-evidence' };
/** So many minutes of absence, as they are remembered. */
const out = (from: number, until: number): Memory => ({ [`out${minutes(from)}`]: minutes(until) });

describe('given minutes of absence that add up', () => {
  it('begins with the violation of the curfew, and is due when the limit would be reached', () => {
    expect(limitAt(minutes(5), OUT, {}, { marks: [mark(START)] })).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'within-limit', memory: { since: START } },
      dueAt: minutes(60),
    });
  });

  it('begins now where no violation is open', () => {
    const others = [
      mark(START, { endedAt: minutes(2), endReason: 'back-in-order' }),
      mark(START, { watchId: LIMIT.watchId }),
    ];
    expect(limitAt(minutes(5), OUT, {}, { marks: others }).memory).toEqual({ since: minutes(5) });
    expect(limitAt(minutes(5), OUT).memory).toEqual({ since: minutes(5) });
  });

  it('counts again from now after a time that nobody saw', () => {
    const seen = out(0, 10);
    const again = limitAt(minutes(30), OUT, seen, { marks: [mark(START)] });
    expect(again.memory).toEqual({ ...seen, since: minutes(30) });
    const next = limitAt(minutes(30), OUT, out(0, 10), { marks: [mark(minutes(10))] });
    expect(next.memory).toEqual({ ...seen, since: minutes(10) });
  });

  it('counts nothing of a time that nobody saw before the violation was found', () => {
    const curfew = { ...OUT, memory: { outSince: START, unseenAt: minutes(7) } };
    const found = limitAt(minutes(240), curfew, {}, { marks: [mark(START)] });
    expect(found).toMatchObject({ verdict: 'satisfied', memory: { since: minutes(240) } });
  });

  it('goes on while they are out', () => {
    const memory = { since: START };
    expect(limitAt(minutes(30), OUT, memory, { marks: [mark(START)] }).memory).toEqual(memory);
  });

  it('ends now where they are back, and with the last evidence where none is left', () => {
    const memory = { since: START };
    expect(limitAt(minutes(30), BACK, memory).memory).toEqual(out(0, 30));
    const lastFix = { at: minutes(12), ...position(HOME.lat, HOME.lon), sigmaMetres: 5 };
    const fixed = limitAt(minutes(30), UNSEEN, memory, { lastFix });
    expect(fixed.memory).toEqual(out(0, 12));
    expect(limitAt(minutes(30), BACK, memory, { lastFix }).memory).toEqual(out(0, 30));
    const checked = limitAt(minutes(30), UNSEEN, memory, { lastFix, lastCheckAt: minutes(14) });
    expect(checked.memory).toEqual(out(0, 14));
    expect(limitAt(minutes(30), UNSEEN, memory).memory).toEqual(out(0, 30));
  });

  it('has nothing to end where nothing began, nor where no curfew was judged', () => {
    expect(limitAt(minutes(30), BACK, out(0, 10)).memory).toEqual(out(0, 10));
    expect(askRule(LIMIT, minutes(30), { memory: out(0, 10) })).toMatchObject({
      ...{ verdict: 'satisfied', memory: out(0, 10) },
    });
  });

  it('is reached at the limit to the second', () => {
    const memory = { since: START };
    expect(limitAt(minutes(60), OUT, memory)).toMatchObject({
      ...{ verdict: 'violated', reason: 'atv-limit-reached', since: minutes(60), claims: null },
      dueAt: null,
    });
    expect(limitAt(secondsAfter(START, 3_599), OUT, memory).verdict).toBe('satisfied');
  });

  it('forgets what lies further back than it counts', () => {
    const week = 7 * 24 * 60;
    const memory = { ...out(0, 50), ...out(100, 130) };
    const now = (minute: number) => limitAt(minutes(minute), BACK, memory).verdict;
    expect(now(200)).toBe('violated');
    expect(now(week + 21)).toBe('satisfied');
  });
});

describe('given a warning before the limit', () => {
  const warned = (now: Instant, main: Partial<WatchState> | null, memory: Memory = {}) =>
    askRule(NEAR, now, {
      memory,
      core: coreOf(now, main === null ? {} : { 'curfew.accumulated': main }),
    });

  it('is given at its share of the limit, by what the limit has added up', () => {
    const main = { verdict: 'satisfied', memory: { since: START } } as const;
    expect(warned(minutes(29), main)).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'within-limit', memory: {}, dueAt: minutes(30) },
    });
    expect(warned(minutes(30), main)).toMatchObject({
      ...{ verdict: 'violated', reason: 'atv-near-limit', since: minutes(30), claims: null },
      memory: {},
    });
    expect(warned(minutes(30), null)).toMatchObject({ verdict: 'satisfied', dueAt: null });
  });

  it('is covered once the limit is reached, and stays so while it is near', () => {
    const over = { verdict: 'violated', memory: { since: START } } as const;
    expect(warned(minutes(60), over)).toMatchObject({
      ...{ verdict: 'not-applicable', reason: 'covered', memory: { coveredAt: minutes(60) } },
    });
    const below = { verdict: 'satisfied', memory: out(0, 40) } as const;
    const memory = { coveredAt: minutes(60) };
    expect(warned(minutes(90), below, memory)).toMatchObject({ reason: 'covered', memory });
    const far = { verdict: 'satisfied', memory: out(0, 20) } as const;
    expect(warned(minutes(90), far, memory)).toMatchObject({ verdict: 'satisfied', memory: {} });
  });
});

describe('given a curfew that counts no minutes', () => {
  it('has no such watches', () => {
    const ids = superviseWith(['curfew']).watches.map(({ rule }) => rule);
    expect(ids).toContain('curfew-absence');
    expect(ids).not.toContain('accumulated-time');
  });
});
