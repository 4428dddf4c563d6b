import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { isOnLeash, leashesOf } from '#domain/evaluate/pair/leash.ts';
import { ruleCalled } from '#domain/evaluate/rules.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { status } from '#test/support/events.ts';
import {
  KEEP_APART,
  KEEP_AWAY,
  OTHER,
  otherAt,
  PAIR,
  superviseTwo,
  wearerAt,
} from '#test/support/pairs.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { cutInto, minute, START } from '#test/support/walks.ts';

const SUPERVISION = superviseTwo([KEEP_AWAY, { ...KEEP_APART, dwellSeconds: 120 }]);
const second = (n: number): Instant => instant(START + Math.round(n * 1000));

const stage = fc.record({
  metres: fc.constantFrom(10, 30, 420, 900, 1_500, 30_000, 400_000),
  seconds: fc.integer({ min: 60, max: 900 }),
  silentShare: fc.constantFrom(0, 0, 0.7, 1),
  motion: fc.constantFrom('still', 'moving', 'unknown'),
});

/** Two people at every distance from each other, either silent at times, uploads of every size. */
const days = fc
  .tuple(fc.array(stage, { minLength: 1, maxLength: 4 }), fc.nat(1e6))
  .map(([stages, seed]) => {
    const events: DeviceEvent[] = [];
    let at = 0;
    for (const { metres, seconds, silentShare, motion } of stages) {
      for (const until = at + seconds; at < until; at += 45) {
        const wobble = Math.sin(at + seed) * 8;
        // An upload a while later, at an instant of its own for each of the two.
        const received = (every: number) => second(Math.ceil((at + 1) / every) * every);
        events.push(wearerAt(second(at), wobble, { motion, receivedAt: received(120) }));
        if ((Math.sin(at * 7 + seed) + 1) / 2 < silentShare) continue;
        events.push(otherAt(second(at + 20), metres, { motion, receivedAt: received(200) }));
      }
    }
    // When whatever was told of a part of it has been settled.
    return { events, untilAt: second(at + 900) };
  });

/** A state without the names of its violations, which are those that they first had. */
const outcome = (state: WearerState) => ({
  core: { ...state.core, marks: state.core.marks.map((mark) => ({ ...mark, violationId: '' })) },
  inputs: state.slice.inputs.map(({ recordedAt }) => recordedAt),
});

describe('given the events of two people in whatever order and batches', () => {
  it('comes to the same state of their pair', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
    let found = 0;
    fc.assert(
      fc.property(days, sizes, fc.nat(1e6), ({ events: all, untilAt }, cuts, seed) => {
        // As many as a slice holds: what is older is folded again from the trail, as of anybody.
        const events = all.slice(0, 38);
        const told = { supervision: SUPERVISION, until: untilAt };
        const whole = evaluate({ ...told, state: null, events }).state;
        const shuffled = events
          .map((event, i) => ({ event, key: Math.sin((i + 1) * (seed + 1)) }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        let state: WearerState | null = null;
        for (const part of cutInto(shuffled, cuts)) {
          const twice = [...part, ...part];
          state = evaluate({ ...told, until: second(0), state, events: twice }).state;
        }
        const settled = evaluate({ ...told, state, events: [] }).state;
        found += whole.core.marks.length;
        expect(outcome(settled)).toEqual(outcome(whole));
      }),
      { numRuns: 40 },
    );
    expect(found).toBeGreaterThan(10);
  });
});

/** One stays; the other comes from tens of kilometres away as fast as a car, or only some way. */
const approaches = fc
  .record({
    kilometres: fc.constantFrom(25, 45, 90, 160),
    metresPerSecond: fc.double({ min: 5, max: 33, noNaN: true }),
    share: fc.constantFrom(0.3, 0.8, 1),
    restMinutes: fc.integer({ min: 10, max: 60 }),
  })
  .map(({ kilometres, metresPerSecond, share, restMinutes }) => {
    const start = restMinutes * 60;
    const far = kilometres * 1_000;
    const seconds = start + (far * share) / metresPerSecond + 600;
    const events: DeviceEvent[] = [];
    for (let at = 0; at < seconds; at += 120) {
      const driven = Math.min(far * share, Math.max(0, (at - start) * metresPerSecond));
      const motion = at > start && driven < far * share ? 'moving' : 'still';
      events.push(wearerAt(second(at), Math.sin(at) * 8));
      events.push(otherAt(second(at + 20), far - driven, { motion }));
    }
    return { events, untilAt: second(seconds) };
  });

const CLOSENESS = SUPERVISION.watches.flatMap(
  (watch) => ruleCalled(watch.rule)?.closenessOf(watch) ?? [],
);

/** What is told of the pair, event after event; with leashes, only of those that break theirs. */
const live = (events: readonly DeviceEvent[], untilAt: Instant, hasLeashes: boolean) => {
  let state: WearerState | null = null;
  let spared = 0;
  const opened: string[] = [];
  const tell = (some: readonly DeviceEvent[], until: Instant): void => {
    const folded = evaluate({ supervision: SUPERVISION, state, events: some, until });
    for (const { kind, mark } of folded.changes) {
      if (kind === 'opened') opened.push(mark.watchId);
    }
    const leashes = leashesOf(folded.state.core.sides, PAIR.members, CLOSENESS);
    state = { ...folded.state, leashes: hasLeashes ? leashes : {} };
  };
  const leashOf = ({ activationId }: DeviceEvent) =>
    state?.leashes?.[activationId === 'a-1' ? WEARER.wearerId : OTHER];
  for (const event of events) {
    if (isOnLeash(leashOf(event), event)) spared += 1;
    else tell([event], event.recordedAt);
  }
  tell([], untilAt);
  return { opened, spared };
};

describe('given two people far apart, one of whom comes nearer or does not', () => {
  it('finds the same, and loses nobody, without what lies on their leashes', () => {
    let [spared, opened] = [0, 0];
    fc.assert(
      fc.property(approaches, ({ events, untilAt }) => {
        const every = live(events, untilAt, false);
        const leashed = live(events, untilAt, true);
        expect(leashed.opened).toEqual(every.opened);
        spared += leashed.spared;
        opened += every.opened.length;
      }),
      // Each run is hours of two people: few are taken, always the same, so that some meet.
      { numRuns: 4, seed: 3 },
    );
    expect(spared).toBeGreaterThan(40);
    expect(opened).toBeGreaterThan(0);
  });
});

describe('given a wearer who comes near where the other was last seen', () => {
  const drive = { motion: 'moving', speedMps: 14 };
  const told = { supervision: SUPERVISION };
  const far = [0, 60, 120].flatMap((s) => [
    wearerAt(second(s), 0),
    otherAt(second(s + 1), 5_000 - 14 * s, drive),
  ]);
  const alone = [180, 240, 300, 360].map((s) => wearerAt(second(s), 0));
  const waiting = evaluate({
    ...told,
    ...{ state: null, events: [...far, ...alone], until: second(361) },
  });
  const waited = evaluate({ ...told, state: waiting.state, events: [], until: second(720) });

  it('waits for what the other sends of the same time', () => {
    expect(waiting.changes).toEqual([]);
    expect(waiting.state.nextDueAt).toBe(second(360 + 60));
  });

  it('is told when that has not come in a minute, for how near they may have come', () => {
    expect(waited.changes.map(({ mark }) => mark.reason)).toEqual(['approaching-protected-person']);
  });

  it('is told nothing where it comes in time and shows that they were not near', () => {
    const turned = [150, 200, 250, 300, 350, 400].map((s) =>
      otherAt(second(s), 4_000 + 14 * s, drive),
    );
    const { state } = waiting;
    const after = evaluate({ ...told, state, events: turned, until: second(400) });
    expect(after.changes).toEqual([]);
  });

  describe('when what comes later shows that they were not near', () => {
    const later = (from: number, to: number) =>
      Array.from({ length: (to - from) / 50 }, (_, i) => from + 50 * i).map((s) =>
        otherAt(second(s), 4_000 + 14 * s, { ...drive, receivedAt: second(780) }),
      );
    const part = evaluate({
      ...told,
      ...{ state: waited.state, events: later(150, 400), until: second(780) },
    });

    it('stands while more of it may come', () => {
      expect(part.changes).toEqual([]);
      expect(part.state.nextDueAt).toBe(second(780 + 300));
    });

    it('is told that it was not so when they were seen for five minutes beyond it', () => {
      const { changes } = evaluate({
        ...told,
        ...{ state: part.state, events: later(400, 750), until: second(790) },
      });
      expect(changes.map(({ kind }) => kind)).toEqual(['withdrawn']);
    });

    it('is told that it was not so when no more has come for five minutes', () => {
      const { changes } = evaluate({
        ...told,
        ...{ state: part.state, events: [], until: second(780 + 300) },
      });
      expect(changes.map(({ kind }) => kind)).toEqual(['withdrawn']);
    });
  });
});

describe('given a protected person who was further off, as what they kept shows', () => {
  it('takes it back when their device has told of long after, though it finds no position', () => {
    const trail = simulatedTrail(superviseTwo([KEEP_AWAY]));
    const tell = (n: number, ...events: readonly DeviceEvent[]) =>
      trail.tell(
        events.map((event) => ({ ...event, receivedAt: minute(n) })),
        minute(n),
      );
    for (let n = 0; n < 6; n += 1) tell(n, wearerAt(minute(n), 1_300), otherAt(minute(n), 0));
    for (let n = 6; n < 12; n += 1) tell(n, wearerAt(minute(n), 300, { motion: 'moving' }));
    const away = [6, 7, 8, 9].map((n) => otherAt(minute(n), -2_500 * (n - 5)));
    tell(12, ...away);
    expect(trail.state().core.marks.map(({ watchId }) => watchId)).toContain('w-1.keep-away');
    for (let n = 13; n < 20; n += 1) {
      tell(n, wearerAt(minute(n), 300), status(minute(n), { activationId: 'a-2' }));
    }
    expect(trail.state().core.marks).toEqual([]);
  });
});
