import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import { evaluateInDisc } from '#domain/evaluate/evaluate-in-disc.ts';
import { isInDisc } from '#domain/evaluate/safe-disc.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { LIVED, NEXT_DOOR_SUPERVISION } from '#test/support/days.ts';
import { check, fix } from '#test/support/events.ts';
import { expectSame } from '#test/support/expect-same.ts';
import { HOME, SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, cutInto, minute, near, walk } from '#test/support/walks.ts';

/** Without what is only kept to spare work. */
const outcome = ({ state, ...told }: Evaluation) => ({
  ...told,
  safeFixes: 0,
  state: { ...state, anchors: {}, disc: null },
});

type Batch = Readonly<{ events: readonly DeviceEvent[]; until: Instant }>;

/** Told each batch a little after its last event, and compares both ways wherever both can say. */
const compareBothWays = (supervision: Supervision, batches: readonly Batch[]): number => {
  let state: WearerState | null = null;
  let inDisc = 0;
  for (const { events, until } of batches) {
    const full: Evaluation = evaluate({ supervision, state, events, until });
    const spared: Evaluation | null = state === null ? null : evaluateInDisc(state, events, until);
    if (spared !== null) {
      inDisc += 1;
      expectSame(outcome(spared), outcome(full));
    }
    // Going on from what was spared must lead to the same as going on from the other.
    state = spared?.state ?? full.state;
  }
  return inDisc;
};

const inBatches = (
  events: readonly DeviceEvent[],
  sizes: readonly number[],
  lagSeconds: number,
): Batch[] =>
  cutInto(events, sizes).map((part) => {
    const last = Math.max(...part.map(({ recordedAt }) => recordedAt));
    return { events: part, until: secondsAfter(instant(last), lagSeconds) };
  });

describe.each(LIVED)('%s, in batches of every size', (_, supervision, days) => {
  it('comes to the same without the orders as with them, wherever it can say', () => {
    let inDisc = 0;
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(days, sizes, fc.constantFrom(0, 5, 90, 2_000), (events, cuts, lagSeconds) => {
        inDisc += compareBothWays(supervision, inBatches(events, cuts, lagSeconds));
      }),
      { numRuns: 80 },
    );
    expect(inDisc).toBeGreaterThan(0);
  });
});

describe('given a day of many slices', () => {
  it('comes to the same without the orders as with them', () => {
    const long = walk([170, HOME], [9, SCHOOL], [150, BETWEEN]);
    expect(compareBothWays(superviseWith(), inBatches(long, [4], 3))).toBeGreaterThan(50);
  });
});

/** A wearer who has been told of so much that all conditions are at rest. */
const resting = (supervision = superviseWith()): WearerState => {
  const events = walk([6, HOME]);
  return evaluate({ supervision, state: null, events, until: minute(5) }).state;
};
const alone = (event: DeviceEvent) => evaluateInDisc(resting(), [event], event.recordedAt);

describe('given a wearer who rests at home', () => {
  it('needs no orders for one more fix at home', () => {
    expect(alone(fix(minute(6), near(HOME, 6)))).not.toBeNull();
  });

  it('needs no orders for a cell position that agrees', () => {
    const cell = { source: 'cell', accuracyMetres: 450 };
    const event = fix(minute(6), { lat: HOME.lat + 0.004, lon: HOME.lon }, cell);
    const state = resting(superviseWith(['curfew']));
    expect(evaluateInDisc(state, [event], minute(6))).not.toBeNull();
  });

  it.each([
    ['for a fix elsewhere', fix(minute(6), BETWEEN)],
    ['for a coarse fix', fix(minute(6), HOME, { accuracyMetres: 400 })],
    [
      'for a cell position far off',
      fix(minute(6), { lat: 51.52, lon: -0.1 }, { source: 'cell', accuracyMetres: 450 }),
    ],
    ['for a fix with another flag', fix(minute(6), HOME, { homeUnit: 'not-seen' })],
    ['for a fix of another device', fix(minute(6), HOME, { activationId: 'a-2' })],
    ['for a fix recorded earlier than the last', fix(minute(4.5), HOME)],
    ['for a check', check(minute(6), 'absent')],
    ['after a silence', fix(minute(40), HOME)],
    ['when the curfew has begun', fix(minute(30), HOME)],
  ] as const)('needs them %s', (_, event) => {
    expect(alone(event)).toBeNull();
  });

  it('needs them where something has fallen due by the time of the receipt', () => {
    const event = fix(minute(6), HOME);
    expect(evaluateInDisc(resting(), [event], minute(30))).toBeNull();
  });

  it('needs them once no fix has come for so long that somebody must take notice', () => {
    const state = resting(superviseWith(['zone']));
    const told = (recorded: number, received: number) =>
      evaluateInDisc(state, [fix(minute(recorded), near(HOME, 6))], minute(received));
    const patience = (state.disc?.patienceSeconds ?? 0) / 60;
    expect(told(5 + patience - 0.1, 5 + patience - 0.1)).not.toBeNull();
    expect(told(5 + patience, 5 + patience)).toBeNull();
    expect(told(6, 6 + patience - 0.1)).not.toBeNull();
    expect(told(6, 6 + patience)).toBeNull();
  });

  it('needs them after a due instant: slices begin with what was known at their cut', () => {
    const supervision = superviseWith();
    const first = evaluate({
      supervision,
      state: null,
      events: walk([30, HOME]),
      until: minute(29),
    });
    const ticked = evaluate({ supervision, state: first.state, events: [], until: minute(30) });
    const next = fix(minute(31), near(HOME, 31));
    expect(ticked.state.disc).not.toBeNull();
    expect(evaluateInDisc(ticked.state, [next], minute(31))).toBeNull();
  });

  it('needs them for a repeat, which the other way knows to be one', () => {
    expect(alone(fix(minute(5), near(HOME, 5)))).toBeNull();
  });

  it('needs them once the device has come off', () => {
    const supervision = superviseWith();
    const [activation] = supervision.activations;
    if (activation === undefined) throw new Error('the test wearer wears no device');
    const ending = { ...supervision, activations: [{ ...activation, endsAt: minute(7) }] };
    const state = resting(ending);
    const at = (n: number) => evaluateInDisc(state, [fix(minute(n), near(HOME, 6))], minute(n));
    expect(at(6.9)).not.toBeNull();
    expect(at(7)).toBeNull();
  });
});

describe('given a wearer at the edge of a zone', () => {
  it('has no disc', () => {
    const supervision = superviseWith(['zone']);
    const edge = { lat: SCHOOL.lat - 215 / 111_250, lon: SCHOOL.lon };
    const events = walk([12, edge]);
    const { state } = evaluate({ supervision, state: null, events, until: minute(11) });
    expect(state.disc).toBeNull();
  });
});

describe('given any fix in the disc', () => {
  const FAR = { lat: 51.45, lon: -0.1 };
  it.each([
    ['at home', HOME, superviseWith()],
    ['away from a home beside the zone', HOME, NEXT_DOOR_SUPERVISION],
    ['elsewhere', FAR, superviseWith()],
    ['far from a zone', FAR, superviseWith(['zone'])],
  ] as const)('is one that the safe region would have let pass: %s', (_, spot, supervision) => {
    const events = walk([14, spot]);
    const { state } = evaluate({ supervision, state: null, events, until: minute(13) });
    const { disc } = state;
    if (disc === null) throw new Error('a wearer at rest has a disc');
    const share = fc.integer({ min: -1_000, max: 1_000 }).map((n) => n / 1_000);
    const kinds = fc.constantFrom(
      ...[3, 9, 15, 25, 44, 85].flatMap((accuracyMetres) =>
        ['moving', 'still', 'unknown'].map((motion) => ({
          ...{ source: 'gnss', accuracyMetres, motion },
        })),
      ),
      ...[100, 450, 900].map((accuracyMetres) => ({ source: 'cell', accuracyMetres })),
    );
    let inside = 0;
    fc.assert(
      fc.property(share, share, kinds, (north, east, kind) => {
        const widest = kind.source === 'cell' ? 3_000 : Math.max(...disc.radiiMetres.unknown);
        const lat = disc.lat + (north * widest) / 111_250;
        const lon = disc.lon + (east * widest) / 69_400;
        const event = fix(minute(14), { lat, lon }, kind);
        if (event.kind !== 'fix' || !isInDisc(disc, event)) return;
        inside += 1;
        const { safeFixes } = evaluate({ supervision, state, events: [event], until: minute(14) });
        expect(safeFixes).toBe(1);
      }),
      { numRuns: 200 },
    );
    expect(inside).toBeGreaterThan(40);
  });
});
