import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Belief } from '#domain/evaluate/position/belief.ts';
import { believeFix } from '#domain/evaluate/position/believe.ts';
import type { Hypothesis } from '#domain/evaluate/position/hypotheses.ts';
import { type KnownPlace, knownPlace } from '#domain/evaluate/position/known-place.ts';
import {
  askAboutPlace,
  askAboutPlaces,
  askAboutZone,
  depthMetres,
  type Question,
} from '#domain/evaluate/position/question.ts';
import { isSafe } from '#domain/evaluate/position/safe-region.ts';
import { sideOf } from '#domain/evaluate/position/zone-sectors.ts';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import { planeAt, wrapDegrees } from '#domain/geo/plane.ts';
import { type Position, position } from '#domain/geo/position.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { placeSchema } from '#domain/model/place.ts';
import { fix } from '#test/support/events.ts';
import { at } from '#test/support/supervisions.ts';
import { listed } from '#test/support/zone-lists.ts';

const AT = at('2026-06-01T12:00:00Z');
const PLACE = placeSchema.parse({ label: 'home', lat: 51.5, lon: -0.1 });

/** Coarse fixes are usual here, and fine ones rare. */
const LEARNED: KnownPlace = {
  ...knownPlace(
    placeSchema.parse({ label: 'home', lat: 51.5002, lon: -0.1001, scatterMetres: 31 }),
  ),
  accuracyFactors: [0.08, 0.3, 0.7, 1.4, 2.2, 4, 1],
};
const WORK: KnownPlace = {
  ...knownPlace(placeSchema.parse({ label: 'work', lat: 51.5028, lon: -0.0985 })),
  hasHomeUnit: false,
};

const zoneNorthOf = (metres: number) => {
  const centre = { lat: 51.5 + (metres + 150) / 111_250, lon: -0.1 };
  const read = parseZoneShape({ type: 'Circle', centre, radiusMetres: 150 });
  if (!read.ok) throw new Error('the test zone is unsound');
  return compileZone(read.shape);
};

const step = (question: Question, belief: Belief, seen: Fix, last: Fix = seen): Belief =>
  believeFix(question, belief, { fix: seen, lastFix: last }).belief;

const questions: readonly (readonly [string, Question])[] = [
  ['a curfew address', askAboutPlace(PLACE)],
  ...[15, 40, 90, 200, 390].map((metres) => {
    const asked = askAboutZone({ zone: zoneNorthOf(metres), bufferMetres: 0, places: [PLACE] });
    return [`a zone ${metres} m from home`, asked] as const;
  }),
  [
    'a zone between a learned home and a place of work',
    askAboutZone({ zone: zoneNorthOf(60), bufferMetres: 0, places: [LEARNED, WORK] }),
  ],
  [
    'a list of zones about home',
    askAboutZone({
      zone: listed({ north: zoneNorthOf(60), far: zoneNorthOf(900), south: zoneNorthOf(-500) }),
      bufferMetres: 0,
      places: [PLACE],
    }),
  ],
  ['two curfew addresses', askAboutPlaces([LEARNED, WORK])],
  ['a zone without a place', askAboutZone({ zone: zoneNorthOf(60), bufferMetres: 20, places: [] })],
];

/** Evenly between two numbers: as doubles nearly all would lie next to 0. */
const tenths = (min: number, max: number) =>
  fc.integer({ min: 10 * min, max: 10 * max }).map((n) => n / 10);

const fixWithin = (north: fc.Arbitrary<number>, worstAccuracyMetres: number) =>
  fc
    .record({
      north,
      east: tenths(-600, 600),
      accuracyMetres: tenths(0.5, worstAccuracyMetres),
      motion: fc.constantFrom('moving', 'still', 'unknown'),
      homeUnit: fc.constantFrom('seen', 'not-seen', 'unknown'),
    })
    .map(({ north, east, ...fields }): Fix => {
      const spot = { lat: 51.5 + north / 111_250, lon: -0.1 + east / 69_400 };
      const made = fix(AT, spot, fields);
      if (made.kind !== 'fix') throw new Error('not a fix');
      return made;
    });
const fixNear = fixWithin(tenths(-600, 600), 120);
const fixDeep = fixWithin(tenths(80, 300), 20);

describe.each(questions)('given a settled belief about %s', (_, question) => {
  const hypotheses: Hypothesis[] = question.frame.applies.home
    ? ['home', 'elsewhere']
    : ['elsewhere'];

  it.each(hypotheses)(
    'a fix in the safe region leaves "%s" settled, whatever it says',
    (settled) => {
      fc.assert(
        fc.property(fixNear, fixNear, (seen, anchorFix) => {
          const clearanceMetres = -depthMetres(question, anchorFix);
          const anchor = { lat: anchorFix.lat, lon: anchorFix.lon, clearanceMetres };
          if (!isSafe(question, settled, { fix: seen, anchor })) return;
          expect(step(question, { settled }, seen)).toEqual({ settled });
        }),
        { numRuns: 2_000 },
      );
    },
  );
});

describe('given a zone of which every fix in it must show', () => {
  it.each([-30, 0, 15, 40, 90])('holds no fix in it, at a home %d m off', (metres) => {
    const asked = { zone: zoneNorthOf(metres), bufferMetres: 0, places: [LEARNED] };
    const question = askAboutZone({ ...asked, mindsFixesInside: true });
    const hypothesis = fc.constantFrom<Hypothesis[]>('home', 'elsewhere');
    fc.assert(
      fc.property(fixNear, fixNear, hypothesis, (seen, anchorFix, settled) => {
        const clearanceMetres = -depthMetres(question, anchorFix);
        const anchor = { lat: anchorFix.lat, lon: anchorFix.lon, clearanceMetres };
        if (!isSafe(question, settled, { fix: seen, anchor })) return;
        expect(depthMetres(question, seen)).toBeLessThan(0);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([-30, 0, 15, 40, 90])(
    'holds those alone, where it must, at a home %d m off',
    (metres) => {
      const asked = { zone: zoneNorthOf(metres), bufferMetres: 0, places: [LEARNED] };
      const question = askAboutZone({ ...asked, mindsFixesInside: true });
      const hypothesis = fc.constantFrom<Hypothesis[]>('home', 'elsewhere');
      let held = 0;
      fc.assert(
        fc.property(fc.oneof(fixNear, fixDeep), hypothesis, (seen, settled) => {
          if (!isSafe(question, settled, { fix: seen, anchor: null, mustLieIn: true })) return;
          expect(depthMetres(question, seen)).toBeGreaterThan(0);
          expect(step(question, { settled }, seen)).toEqual({ settled });
          held += 1;
        }),
        { numRuns: 2_000 },
      );
      if (metres < 40) expect(held).toBeGreaterThan(2);
    },
  );
});

describe('given a home beside a zone', () => {
  const question = askAboutZone({
    ...{ zone: zoneNorthOf(20), bufferMetres: 0, places: [PLACE], mindsFixesInside: true },
  });
  const isSafeAt = (north: number, east: number): boolean => {
    const spot = { lat: 51.5 + north / 111_250, lon: -0.1 + east / 69_400 };
    const made = fix(AT, spot, { homeUnit: 'seen', motion: 'still' });
    if (made.kind !== 'fix') throw new Error('not a fix');
    return isSafe(question, 'home', { fix: made, anchor: null });
  };

  it('reaches further on the sides where the zone is not', () => {
    expect([isSafeAt(-60, 0), isSafeAt(-30, 50), isSafeAt(-30, -50)]).toEqual([true, true, true]);
    expect([isSafeAt(15, 0), isSafeAt(25, 0), isSafeAt(60, 0)]).toEqual([true, false, false]);
  });
});

const spotRound = (place: Position, radians: number, metres: number): Position =>
  position(
    place.lat + (metres * Math.cos(radians)) / 111_250,
    wrapDegrees(place.lon + (metres * Math.sin(radians)) / planeAt(place.lat).eastMetresPerDegree),
  );

/** A zone of eight corners, each so far from a middle that lies anywhere about home. */
const aboutHome = fc
  .record({
    east: fc.integer({ min: -200, max: 200 }),
    north: fc.integer({ min: -200, max: 200 }),
    reaches: fc.array(fc.integer({ min: 20, max: 250 }), { minLength: 8, maxLength: 8 }),
    lat: fc.constantFrom(0, 51.5, -69, 80),
    lon: fc.constantFrom(-0.1, 179.9995, -180),
  })
  .map(({ east, north, reaches, ...at }) => {
    const home = { ...knownPlace(PLACE), ...position(at.lat, at.lon) };
    const middle = spotRound(home, Math.atan2(east, north), Math.hypot(east, north));
    const corners = reaches.map((reach, i) => spotRound(middle, -(i * Math.PI) / 4, reach));
    const ring = [...corners, ...corners.slice(0, 1)].map(({ lat, lon }) => [lon, lat]);
    const read = parseZoneShape({ type: 'Polygon', coordinates: [ring] });
    return read.ok ? { home, zone: compileZone(read.shape) } : null;
  })
  .filter((made) => made !== null);

describe('given what is known of the directions from home', () => {
  it('holds on both sides of the edge, whatever the zone, wherever on earth', () => {
    let [clear, inside] = [0, 0];
    const turn = tenths(0, 360).map((degrees) => (degrees * Math.PI) / 180);
    const out = tenths(0, 400);
    fc.assert(
      fc.property(aboutHome, turn, out, ({ home, zone }, radians, metresOut) => {
        const question = askAboutZone({ zone, bufferMetres: 0, places: [home] });
        const spot = spotRound(home, radians, metresOut);
        const side = sideOf(question, home, spot);
        const [isClear, isInside] = [side === 'outside', side === 'inside'];
        if (isClear) expect(depthMetres(question, spot)).toBeLessThan(0);
        if (isInside) expect(depthMetres(question, spot)).toBeGreaterThan(0);
        clear += Number(isClear);
        inside += Number(isInside);
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(clear, inside)).toBeGreaterThan(80);
  });
});

describe('given the safe region of a home', () => {
  const question = askAboutPlace(PLACE);
  const atMetres = (metres: number, fields: Readonly<Record<string, unknown>>): Fix => {
    const made = fix(AT, { lat: 51.5 + metres / 111_250, lon: -0.1 }, fields);
    if (made.kind !== 'fix') throw new Error('not a fix');
    return made;
  };

  it('holds the usual scatter of a fix at home', () => {
    expect(isSafe(question, 'home', { fix: atMetres(20, {}), anchor: null })).toBe(true);
  });

  it('reaches no further than 250 m, even while the home unit is seen and nothing moves', () => {
    const sure = { motion: 'still', homeUnit: 'seen', accuracyMetres: 5 };
    for (const asked of questions.map(([, q]) => q)) {
      expect(isSafe(asked, 'home', { fix: atMetres(-251, sure), anchor: null })).toBe(false);
    }
  });

  it('never holds a fix that is coarser than 60 m', () => {
    const coarse = atMetres(0, { accuracyMetres: 120 });
    expect(isSafe(question, 'home', { fix: coarse, anchor: null })).toBe(false);
  });

  it('is nowhere while somebody is believed inside a zone', () => {
    const asked = askAboutZone({ zone: zoneNorthOf(60), bufferMetres: 0, places: [] });
    expect(isSafe(asked, 'inside', { fix: atMetres(150, {}), anchor: null })).toBe(false);
  });
});
