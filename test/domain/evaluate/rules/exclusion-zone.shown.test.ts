import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCore } from '#domain/evaluate/core.ts';
import { passDueInstants } from '#domain/evaluate/due-instants.ts';
import { applyInput, evaluateFix, type Folded } from '#domain/evaluate/fold.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { DeviceEvent, Fix } from '#domain/model/device-event.ts';
import { watchIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import { SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { minute } from '#test/support/walks.ts';

/** Who is next door and goes in must show, however well being at home explains it. */

const RADIUS_METRES = 200;
const northOfSchool = (metres: number, east = 0) => ({
  lat: SCHOOL.lat + metres / 111_250,
  lon: SCHOOL.lon + east / 69_400,
});

/** A home so many metres south of the zone's edge. */
const homeAt = (clearanceMetres: number) => northOfSchool(-RADIUS_METRES - clearanceMetres);

const livesAt = (clearanceMetres: number): Supervision => {
  const place = { label: 'home', ...homeAt(clearanceMetres), scatterMetres: 45 };
  const conditions = [
    { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place },
    { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school', place, bufferMetres: 50 },
  ];
  return superviseWith([], { conditions });
};

const SCHOOL_WATCH = watchIdSchema.parse('school');
const verdictOf = ({ core }: Folded) => {
  const { verdict, reason } = core.watches[SCHOOL_WATCH] ?? {};
  return { verdict, reason };
};

const START: Folded = { core: emptyCore(instant(0)), anchors: {}, wasSafe: false };
const asFix = (event: DeviceEvent): Fix => {
  if (event.kind !== 'fix') throw new Error('not a fix');
  return event;
};

const someDay = fc.record({
  clearanceMetres: fc.integer({ min: 0, max: 150 }),
  minutesAtHome: fc.integer({ min: 3, max: 40 }),
  /** How far within the edge each fix of the stay lies, in steps of 2 cm. */
  depths: fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 2, maxLength: 6 }),
  motion: fc.constantFrom('moving', 'still', 'unknown'),
  homeUnit: fc.constantFrom('seen', 'not-seen', 'unknown'),
  accuracyMetres: fc.constantFrom(4, 9, 15, 28, 55, 200, null),
});

type SomeDay = typeof someDay extends fc.Arbitrary<infer D> ? D : never;

/** At home, in the zone next door, and at home again: the fixes, and which of them lie in it. */
const fixesOf = (day: SomeDay): readonly Readonly<{ event: Fix; isInside: boolean }>[] => {
  const { clearanceMetres, minutesAtHome, depths, ...flags } = day;
  const atHome = Array.from({ length: minutesAtHome }, () => -clearanceMetres - 6);
  const inZone = depths.map((steps) => 0.02 * steps);
  return [...atHome, ...inZone, ...atHome].map((depth, i) => {
    const spot = northOfSchool(-RADIUS_METRES + depth, 3 * Math.sin(i));
    // A step to the side takes a fix a little out of the circle again, less than 3 cm.
    return { event: asFix(fix(minute(i), spot, flags)), isInside: depth > 0.05 };
  });
};

describe('given somebody who lives beside a zone and goes in', () => {
  it('shows each fix in it, as violated or undetermined, within that minute', () => {
    let explained = 0;
    fc.assert(
      fc.property(someDay, (day) => {
        const supervision = livesAt(day.clearanceMetres);
        let folded = START;
        for (const { event, isInside } of fixesOf(day)) {
          folded = applyInput(folded, supervision, event);
          if (!isInside) continue;
          const { verdict, reason } = verdictOf(folded);
          expect(['violated', 'undetermined']).toContain(verdict);
          if (reason === 'fix-in-zone') explained += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(explained).toBeGreaterThan(50);
  });

  it('comes to the same with the safe region and without it, after each fix', () => {
    let [skipped, skippedInZone] = [0, 0];
    fc.assert(
      fc.property(someDay, (day) => {
        const supervision = livesAt(day.clearanceMetres);
        let [sparing, full] = [START, START];
        for (const { event, isInside } of fixesOf(day)) {
          sparing = applyInput(sparing, supervision, event);
          const core = passDueInstants(full.core, supervision, event.recordedAt);
          full = evaluateFix({ ...full, core }, supervision, event);
          if (sparing.wasSafe) skipped += 1;
          if (sparing.wasSafe && isInside) skippedInZone += 1;
          expect(sparing.core).toEqual(full.core);
        }
      }),
      { numRuns: 100 },
    );
    expect(skipped).toBeGreaterThan(200);
    expect(skippedInZone).toBeGreaterThan(5);
  });
});

describe('given a fix in the zone that being at home explains', () => {
  const supervision = livesAt(15);
  const told = (depths: readonly number[]): Folded =>
    depths.reduce<Folded>((folded, depth, i) => {
      const spot = northOfSchool(-RADIUS_METRES + depth);
      return applyInput(folded, supervision, fix(minute(i), spot, { accuracyMetres: 28 }));
    }, START);
  const AT_HOME = [-15, -18, -12, -20, -15, -16];

  it('says that it lies there, and claims nothing more', () => {
    const folded = told([...AT_HOME, 8]);
    expect(verdictOf(folded)).toEqual({ verdict: 'undetermined', reason: 'fix-in-zone' });
    expect(folded.core.marks).toEqual([]);
  });

  it('is clear again with the next fix outside', () => {
    const folded = told([...AT_HOME, 8, -14]);
    expect(verdictOf(folded)).toEqual({ verdict: 'satisfied', reason: 'clear-of-zone' });
  });
});
