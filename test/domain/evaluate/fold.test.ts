import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Core, emptyCore } from '#domain/evaluate/core.ts';
import { passDueInstants } from '#domain/evaluate/due-instants.ts';
import { applyInput, evaluateFix, type Folded } from '#domain/evaluate/fold.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import { LIMITED_SUPERVISION, LIVED, NEXT_DOOR } from '#test/support/days.ts';
import { check, fix } from '#test/support/events.ts';
import { expectSame } from '#test/support/expect-same.ts';
import { HOME, superviseWith } from '#test/support/supervisions.ts';
import { minute } from '#test/support/walks.ts';

const start: Folded = { core: emptyCore(instant(0)), anchors: {}, wasSafe: false };

/** Every fix in full, as if there were no safe region. */
const inFull = (folded: Folded, supervision: Supervision, input: DeviceEvent): Folded => {
  if (input.kind !== 'fix') return applyInput(folded, supervision, input);
  const core = passDueInstants(folded.core, supervision, input.recordedAt);
  return evaluateFix({ ...folded, core }, supervision, input);
};

const foldAll = (
  events: readonly DeviceEvent[],
  supervision: Supervision,
  apply: typeof applyInput,
) => {
  const cores: Core[] = [];
  let safe = 0;
  let folded = start;
  for (const event of events) {
    folded = apply(folded, supervision, event);
    if (event.kind === 'fix' && folded.wasSafe) safe += 1;
    cores.push(folded.core);
  }
  return { cores, safe };
};

describe.each(LIVED)('%s', (_, supervision, days) => {
  it('folds the same with the safe region and without it, after each single event', () => {
    let skipped = 0;
    fc.assert(
      fc.property(days, (events) => {
        const sparing = foldAll(events, supervision, applyInput);
        const full = foldAll(events, supervision, inFull);
        skipped += sparing.safe;
        expectSame(sparing.cores, full.cores);
      }),
      { numRuns: 40 },
    );
    expect(skipped).toBeGreaterThan(0);
  });
});

describe.each([
  ['given somebody who stays at home', superviseWith()],
  ['given the same, and the device is minded', superviseWith(undefined, { deviceCare: {} })],
] as const)('%s', (_, usual) => {
  it('spares nearly every fix its evaluation', () => {
    let folded = start;
    let safe = 0;
    for (let n = 0; n < 500; n += 1) {
      const lat = HOME.lat + Math.sin(n * 2.4) * 5e-5;
      folded = applyInput(folded, usual, fix(minute(n), { lat, lon: HOME.lon }));
      if (folded.wasSafe) safe += 1;
    }
    expect(safe / 500).toBeGreaterThan(0.98);
  });
});

describe('given an address with hours of its own, and a check at home after the last fix', () => {
  it('knows nothing of the address once the fixes are stale, though it does of home', () => {
    const fixes = Array.from({ length: 21 }, (_, n) => fix(minute(31 + n), NEXT_DOOR));
    const events = [...fixes, check(minute(51.5), 'present')];
    const told = events.reduce((at, event) => applyInput(at, LIMITED_SUPERVISION, event), start);
    const reasonsAt = (n: number) => {
      const { watches } = passDueInstants(told.core, LIMITED_SUPERVISION, minute(n));
      return Object.fromEntries(Object.entries(watches).map(([id, { reason }]) => [id, reason]));
    };
    expect(reasonsAt(62.9)).toMatchObject({ curfew: 'at-home', 'curfew.place-1': 'not-there' });
    const unseen = { curfew: 'at-home', 'curfew.place-1': 'no-recent-evidence' };
    expect(reasonsAt(63)).toMatchObject(unseen);
  });
});
