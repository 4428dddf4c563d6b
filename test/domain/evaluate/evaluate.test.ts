import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { NEW_SUPERVISION } from '#test/support/days.ts';
import { check, fix } from '#test/support/events.ts';
import { at, HOME, SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, cutInto, minute, near, walk } from '#test/support/walks.ts';

type Told = Readonly<{
  state: WearerState;
  changes: readonly string[];
  results: readonly Evaluation[];
}>;

/** Evaluates batches one after another, each heard when its last event was recorded. */
const tell = (
  batches: readonly (readonly DeviceEvent[])[],
  supervision: Supervision = NEW_SUPERVISION,
  until?: Instant,
): Told => {
  let state: WearerState | null = null;
  const results = batches.map((events) => {
    const last = Math.max(...events.map((event) => event.recordedAt));
    const result = evaluate({ supervision, state, events, until: until ?? instant(last) });
    state = result.state;
    return result;
  });
  if (state === null) throw new Error('nothing was told');
  const changes = results.flatMap((result) =>
    result.changes.map(({ kind, mark }) => `${kind} ${mark.watchId} ${mark.reason}`),
  );
  return { state, changes, results };
};

const one = (events: readonly DeviceEvent[]) => events.map((event) => [event]);

describe('given a wearer at home near nothing', () => {
  it('finds nothing, and is due when the curfew starts', () => {
    const { state, changes } = tell(one(walk([20, HOME])));
    expect(changes).toEqual([]);
    expect(state.nextDueAt).toBe(at('2026-06-01T18:00:00Z'));
  });
});

describe('given a wearer who enters a zone and leaves it', () => {
  const { changes, results } = tell(one(walk([5, BETWEEN], [6, SCHOOL], [6, BETWEEN])));

  it('opens one violation and ends it', () => {
    expect(changes).toEqual(['opened school inside-zone', 'ended school inside-zone']);
  });

  it('opens it at the second fix inside, and not at the first', () => {
    const openedIn = results.findIndex((result) => result.changes.length > 0);
    expect(openedIn).toBe(6);
  });
});

describe('given one outlier inside a zone', () => {
  it('finds nothing: no single fix decides', () => {
    expect(tell(one(walk([8, BETWEEN], [1, SCHOOL], [8, BETWEEN]))).changes).toEqual([]);
  });
});

describe('given a wearer who is out when curfew starts', () => {
  const events = walk([36, BETWEEN], [10, HOME]);

  it('opens when the grace ends and not before, and ends when they are home', () => {
    const { results } = tell(one(events));
    const opened = results
      .flatMap((result) => result.changes)
      .find(({ kind, mark }) => kind === 'opened' && mark.reason !== 'leave-for-home');
    expect(opened?.mark).toMatchObject({
      reason: 'out-at-start',
      openedAt: minute(30),
      foundAt: minute(35),
    });
  });

  it('opens when the grace ends by the clock alone, on evidence from the curfew', () => {
    const { state } = tell(one(walk([33, BETWEEN])));
    const ticked = evaluate({ supervision: superviseWith(), state, events: [], until: minute(35) });
    expect(state.nextDueAt).toBe(minute(35));
    expect(ticked.changes).toMatchObject([{ kind: 'opened', mark: { reason: 'out-at-start' } }]);
  });

  it('withdraws it when later evidence shows them home before the grace had ended', () => {
    const supervision = superviseWith(['curfew']);
    const { state } = tell(one(walk([32, BETWEEN])), supervision);
    const ticked = evaluate({ supervision, state, events: [], until: minute(35) });
    const back = [32, 33, 34, 35, 36].map((n) => fix(minute(n), near(HOME, n)));
    const known = evaluate({ supervision, state: ticked.state, events: back, until: minute(36) });
    expect(ticked.changes.map(({ kind }) => kind)).toEqual(['opened']);
    expect(known.changes.map(({ kind }) => kind)).toEqual(['withdrawn']);
  });
});

describe('given cell positions alone', () => {
  const supervision = superviseWith(['curfew'], {});
  const byCell = (spot: Readonly<{ lat: number; lon: number }>) => {
    const home = walk([25, HOME]);
    const cells = Array.from({ length: 120 }, (_, i) => {
      // As far off as one of 300 m deviation is, and a different way each time.
      const lat = spot.lat + (Math.sin(i * 2.4) * 400) / 111_250;
      const lon = spot.lon + (Math.cos(i * 1.7) * 400) / 69_400;
      return fix(minute(25 + i), { lat, lon }, { source: 'cell', accuracyMetres: 450 });
    });
    return tell(one([...home, ...cells]), supervision);
  };
  const curfew = ({ state }: Told) => Object(state.core.watches).curfew;

  it('opens nothing all evening, and takes nobody for at home either', () => {
    const told = byCell(HOME);
    expect(told.changes).toEqual([]);
    const nothing = { verdict: 'undetermined', reason: 'no-recent-evidence' };
    expect(curfew(told)).toMatchObject(nothing);
  });

  it('is unsettled by positions far away, and opens nothing: they never decide alone', () => {
    const told = byCell({ lat: HOME.lat + 0.05, lon: HOME.lon });
    expect(told.changes).toEqual([]);
    expect(curfew(told)).toMatchObject({ verdict: 'undetermined' });
    expect(curfew(told).belief).not.toMatchObject({ settled: 'elsewhere' });
  });

  it('opens nothing on a first position ever, however little grace there is', () => {
    const strict = superviseWith([], {
      conditions: [
        { conditionId: 'c', kind: 'curfew', timetableId: 'night', place: HOME, graceSeconds: 0 },
      ],
    });
    const first = fix(minute(40), { lat: 51.6, lon: -0.1 }, { source: 'cell' });
    expect(tell([[first]], strict).changes).toEqual([]);
  });
});

describe('given home-unit checks alone', () => {
  const present = [0, 10, 20, 30, 40].map((n) => check(minute(n), 'present'));
  const supervision = superviseWith(['curfew']);

  it('is not convinced by one absent check', () => {
    const { changes, state } = tell(one([...present, check(minute(45), 'absent')]), supervision);
    expect(changes).toEqual([]);
    expect(state.core.watches).toMatchObject({ curfew: { verdict: 'undetermined' } });
  });

  it('opens a violation when the checks go on being absent past the grace', () => {
    const absent = [45, 50, 55, 60].map((n) => check(minute(n), 'absent'));
    expect(tell(one([...present, ...absent]), supervision).changes).toEqual([
      'opened curfew left-during',
    ]);
  });

  it('takes nothing from a check that failed', () => {
    const failed = [45, 50, 55, 60].map((n) => check(minute(n), 'failed'));
    expect(tell(one([...present, ...failed]), supervision).changes).toEqual([]);
  });
});

describe('given a device that falls silent during curfew', () => {
  it('is undetermined, and neither at home nor a violation', () => {
    const { state } = tell(one(walk([40, HOME])));
    const later = evaluate({ supervision: superviseWith(), state, events: [], until: minute(120) });
    expect(later.changes).toEqual([]);
    expect(later.state.core.watches).toMatchObject({
      curfew: { verdict: 'undetermined', reason: 'no-recent-evidence' },
    });
  });
});

describe('given events of a device that is not on the wearer', () => {
  it('sets them aside and folds none of them', () => {
    const [supervision] = [superviseWith()];
    const foreign = { ...supervision, activations: [] };
    const { results } = tell([walk([3, SCHOOL])], foreign);
    expect(results[0]?.setAside).toHaveLength(3);
    expect(results[0]?.fresh).toEqual([]);
  });
});

describe('given the same events in another order, in other batches, and twice', () => {
  const days: readonly DeviceEvent[][] = [
    walk([3, BETWEEN], [4, SCHOOL], [3, BETWEEN], [3, HOME]),
    walk([4, HOME], [5, SCHOOL], [4, HOME]),
    [...walk([8, HOME]), ...[29, 31, 36, 41].map((n) => check(minute(n), 'absent'))],
  ];
  const arrivals = fc.constantFrom(...days).chain((day) =>
    fc.record({
      day: fc.constant(day),
      shuffled: fc.shuffledSubarray([...day, ...day.slice(0, 5)], {
        minLength: day.length + 5,
        maxLength: day.length + 5,
      }),
      cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 }),
    }),
  );

  it('ends in the same slice, the same beliefs and the same violations', () => {
    const until = minute(60);
    fc.assert(
      fc.property(arrivals, ({ day, shuffled, cuts }) => {
        const whole = tell([day], NEW_SUPERVISION, until).state;
        const parts = tell(cutInto(shuffled, cuts), NEW_SUPERVISION, until).state;
        const idless = (state: WearerState) =>
          state.core.marks.map(({ violationId: _, ...mark }) => mark);
        expect(parts.slice).toEqual(whole.slice);
        expect(parts.core.watches).toEqual(whole.core.watches);
        expect(idless(parts)).toEqual(idless(whole));
        expect(parts.nextDueAt).toBe(whole.nextDueAt);
      }),
      { numRuns: 300 },
    );
  });

  it('says of every violation, in the end, what it says when told in order', () => {
    const until = minute(60);
    fc.assert(
      fc.property(arrivals, ({ day, shuffled, cuts }) => {
        const net = ({ results }: Told) => {
          const known = new Map<string, string>();
          for (const { kind, mark } of results.flatMap((result) => result.changes)) {
            if (kind === 'opened') expect(known.has(mark.violationId)).toBe(false);
            if (kind === 'withdrawn') known.delete(mark.violationId);
            else known.set(mark.violationId, `${mark.watchId} ${mark.openedAt} ${mark.endedAt}`);
          }
          return [...known.values()].sort();
        };
        expect(net(tell(cutInto(shuffled, cuts), NEW_SUPERVISION, until))).toEqual(
          net(tell([day], NEW_SUPERVISION, until)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('folds in-order events into the same state to the byte, wherever batches are cut', () => {
    const cached = { anchors: {}, disc: null };
    const long = walk([20, HOME], [9, SCHOOL], [60, BETWEEN]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 9 }),
        (cuts) => {
          const single = tell(one(long), NEW_SUPERVISION);
          const batched = tell(cutInto(long, cuts), NEW_SUPERVISION);
          expect(JSON.stringify({ ...batched.state, ...cached })).toBe(
            JSON.stringify({ ...single.state, ...cached }),
          );
          const closedIn = (told: Told) => told.results.flatMap((result) => result.closed);
          expect(closedIn(batched)).toEqual(closedIn(single));
        },
      ),
      { numRuns: 60 },
    );
  });
});
