import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import type { Watch } from '#domain/evaluate/supervision.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { askRule } from '#test/support/ask-rule.ts';
import { KEEP_APART, KEEP_AWAY, otherAt, superviseTwo, wearerAt } from '#test/support/pairs.ts';
import { at } from '#test/support/supervisions.ts';

const NOON = at('2026-06-01T12:00:00Z');
const LATER = secondsAfter(NOON, 60);
const { watches } = superviseTwo([KEEP_AWAY, KEEP_APART]);

/** A watch of which the hours are known until an instant, and are over before it. */
const knownUntilNoon = (watch: Watch): Watch => ({
  ...watch,
  active: {
    ...{ ...watch.active, untilAt: NOON },
    intervals: watch.active.intervals.map((hours) => ({
      ...hours,
      endAt: secondsAfter(NOON, -60),
    })),
  },
});

describe.each(watches.map((watch) => [watch.watchId, watch] as const))('given %s', (_, watch) => {
  it('does not apply outside its hours, and never lets a fix pass unseen', () => {
    const judged = askRule(knownUntilNoon(watch), secondsAfter(NOON, -30));
    expect(judged).toMatchObject({ verdict: 'not-applicable', reason: 'outside-hours' });
    expect(judged.rests).toBe(false);
  });

  it('is undetermined where its hours are not known, and keeps what it remembers', () => {
    const memory = { togetherSince: NOON };
    expect(askRule(knownUntilNoon(watch), LATER, { memory })).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'hours-unknown', memory },
    });
  });
});

describe('given hours that end while what was received just now waits', () => {
  it('falls due when that has waited, and never at once', () => {
    const supervision = superviseTwo([KEEP_AWAY]);
    const untilNoon = {
      ...supervision,
      watches: supervision.watches.map((watch) => ({
        ...watch,
        active: {
          ...watch.active,
          intervals: watch.active.intervals.map((hours) => ({ ...hours, endAt: NOON })),
        },
      })),
    };
    const sent = (minutes: number) => secondsAfter(NOON, 60 * minutes);
    const first = [wearerAt(sent(-20), 0), otherAt(sent(-20), 900)];
    const late = wearerAt(sent(-5), 0, { receivedAt: sent(5) });
    const told = { supervision: untilNoon, until: sent(5) };
    const before = evaluate({ ...told, until: sent(-20), state: null, events: first });
    const { state } = evaluate({ ...told, state: before.state, events: [late] });
    expect(state.nextDueAt).toBe(sent(6));
  });
});
