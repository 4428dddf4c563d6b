import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Core, emptyCore } from '#domain/evaluate/core.ts';
import { passDueInstants } from '#domain/evaluate/due-instants.ts';
import { applyInput, evaluateFix, type Folded } from '#domain/evaluate/fold.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import { check, fix } from '#test/support/events.ts';
import { HOME, SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, minute } from '#test/support/walks.ts';

/** A home 60 m from the zone's edge, so that hardly any fix is far from trouble. */
const NEXT_DOOR = { label: 'home', lat: 51.51 - 260 / 111_250, lon: -0.1 };
const supervision = superviseWith([], {
  conditions: [
    { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: NEXT_DOOR },
    { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school', place: NEXT_DOOR },
    { conditionId: 'far', kind: 'exclusion-zone', zoneId: 'school', bufferMetres: 50 },
  ],
});

const start: Folded = { core: emptyCore(instant(0)), anchors: {}, wasSafe: false };

/** Every fix in full, as if there were no safe region. */
const inFull = (folded: Folded, input: DeviceEvent): Folded => {
  if (input.kind !== 'fix') return applyInput(folded, supervision, input);
  const core = passDueInstants(folded.core, supervision, input.recordedAt);
  return evaluateFix({ ...folded, core }, supervision, input);
};

const spot = fc.constantFrom(HOME, NEXT_DOOR, NEXT_DOOR, NEXT_DOOR, BETWEEN, SCHOOL);
const stage = fc.record({
  spot,
  minutes: fc.integer({ min: 1, max: 25 }),
  motion: fc.constantFrom('unknown', 'still', 'moving'),
  homeUnit: fc.constantFrom('unknown', 'seen', 'not-seen'),
  accuracyMetres: fc.constantFrom(4, 9, 15, 28, 55, 200, null),
  gapMinutes: fc.constantFrom(0, 0, 0, 5, 14, 45),
  hasChecks: fc.boolean(),
});

const day = fc
  .tuple(fc.array(stage, { minLength: 2, maxLength: 8 }), fc.integer({ min: 1, max: 1e6 }))
  .map(([stages, seed]) => {
    const events: DeviceEvent[] = [];
    let n = 0;
    for (const { spot: at, minutes, gapMinutes, hasChecks, ...fields } of stages) {
      n += gapMinutes;
      for (let i = 0; i < minutes; i += 1, n += 1) {
        const lat = at.lat + (Math.sin(n * 2.4 + seed) * (fields.accuracyMetres ?? 12)) / 111_250;
        const lon = at.lon + (Math.cos(n * 1.7 + seed) * (fields.accuracyMetres ?? 12)) / 69_400;
        events.push(fix(minute(n), { lat, lon }, fields));
        if (hasChecks && i % 5 === 0) events.push(check(minute(n + 0.5), 'absent'));
      }
    }
    return events;
  });

const foldAll = (events: readonly DeviceEvent[], apply: (f: Folded, e: DeviceEvent) => Folded) => {
  const cores: Core[] = [];
  let safe = 0;
  let folded = start;
  for (const event of events) {
    folded = apply(folded, event);
    if (event.kind === 'fix' && folded.wasSafe) safe += 1;
    cores.push(folded.core);
  }
  return { cores, safe };
};

describe('given days of every kind of fix, check and gap', () => {
  it('folds the same with the safe region and without it, after each single event', () => {
    let skipped = 0;
    fc.assert(
      fc.property(day, (events) => {
        const sparing = foldAll(events, (folded, event) => applyInput(folded, supervision, event));
        const full = foldAll(events, inFull);
        skipped += sparing.safe;
        expect(sparing.cores).toEqual(full.cores);
      }),
      { numRuns: 200 },
    );
    expect(skipped).toBeGreaterThan(0);
  });
});

describe('given somebody who stays at home', () => {
  it('spares nearly every fix its evaluation', () => {
    const usual = superviseWith();
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
