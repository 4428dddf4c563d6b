import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askAboutZone } from '#domain/evaluate/position/question.ts';
import { distanceMetres } from '#domain/geo/plane.ts';
import { isInside } from '#domain/geo/signed-distance.ts';
import type { DeviceEvent, Fix } from '#domain/model/device-event.ts';
import { instant, secondsAfter } from '#domain/model/instant.ts';
import { trailMap } from '#domain/report/trail-map.ts';
import {
  MOST_POINTS,
  MOST_STRETCHES,
  type Sketch,
  sketchTrail,
} from '#domain/report/trail-sketch.ts';
import { MOST_STAYS } from '#domain/report/trail-stays.ts';
import { fix } from '#test/support/events.ts';
import { at, SCHOOL } from '#test/support/supervisions.ts';
import { circle } from '#test/support/zones.ts';

const START = at('2026-03-02T08:00:00Z');
const zone = circle(SCHOOL);
const question = askAboutZone({ zone, bufferMetres: 0, places: [] });

const school = { name: 'School', part: 'exclusion', bufferMetres: 0 } as const;

const sketchOf = (events: readonly DeviceEvent[]): Sketch => {
  const window = { fromAt: START, untilAt: instant(START + 400 * 86_400_000) };
  const sketch = sketchTrail({ window, question, wantedAt: new Set() });
  for (const event of events) sketch.add(event);
  return sketch.end();
};

const isFix = (event: DeviceEvent): event is Fix => event.kind === 'fix';

/** A walk about the school: steps of up to 300 m, a minute or, now and then, an hour apart. */
const walks = fc
  .array(
    fc.record({
      north: fc.double({ min: -0.003, max: 0.003, noNaN: true }),
      east: fc.double({ min: -0.004, max: 0.004, noNaN: true }),
      seconds: fc.oneof({ weight: 20, arbitrary: fc.constant(60) }, fc.constant(3600)),
    }),
    { minLength: 1, maxLength: 1_500, size: 'max' },
  )
  .map((steps) => {
    let [lat, lon, when] = [SCHOOL.lat, SCHOOL.lon, START];
    return steps.map(({ north, east, seconds }) => {
      // It is drawn back to the school, or a long walk would leave it for good.
      lat = SCHOOL.lat + 0.8 * (lat - SCHOOL.lat) + north;
      lon = SCHOOL.lon + 0.8 * (lon - SCHOOL.lon) + east;
      when = secondsAfter(when, seconds);
      return fix(when, { lat, lon });
    });
  });

describe('a sketch of a trail', () => {
  it('never has more than so many points, stretches and stays, however long the trail is', () => {
    fc.assert(
      fc.property(walks, (events) => {
        const { stretches, stays } = sketchOf(events);
        // The end of each stretch is drawn beside the points that were kept.
        const points = stretches.flatMap((one) => one.points).length;
        expect(points).toBeLessThanOrEqual(MOST_POINTS + MOST_STRETCHES);
        expect(stretches.length).toBeLessThanOrEqual(MOST_STRETCHES);
        expect(stays.length).toBeLessThanOrEqual(MOST_STAYS);
      }),
      { numRuns: 40 },
    );
  });

  it('leads no line over a gap', () => {
    fc.assert(
      fc.property(walks, (events) => {
        const fixes = events.filter(isFix);
        for (const { fromAt, untilAt } of sketchOf(events).stretches) {
          const own = fixes.filter((one) => one.recordedAt >= fromAt && one.recordedAt <= untilAt);
          for (const [i, one] of own.entries()) {
            const next = own[i + 1];
            if (next !== undefined) {
              expect(next.recordedAt - one.recordedAt).toBeLessThanOrEqual(300_000);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out no stay: each fix inside lies in the time of one that is drawn', () => {
    fc.assert(
      fc.property(walks, (events) => {
        const { stays } = sketchOf(events);
        const inside = events.filter(isFix).filter((one) => isInside(zone, one));
        expect(stays.reduce((sum, one) => sum + one.fixes, 0)).toBe(inside.length);
        for (const { recordedAt } of inside) {
          expect(stays.some((one) => one.fromAt <= recordedAt && recordedAt <= one.untilAt)).toBe(
            true,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves no fix of a stretch that is drawn further from its line than it says', () => {
    fc.assert(
      fc.property(walks, (events) => {
        const { stretches, withinMetres } = sketchOf(events);
        const fixes = events.filter(isFix);
        for (const { fromAt, untilAt, points } of stretches) {
          for (const one of fixes) {
            if (one.recordedAt < fromAt || one.recordedAt > untilAt) continue;
            const nearest = Math.min(...points.map((point) => distanceMetres(point, one)));
            expect(nearest).toBeLessThanOrEqual(withinMetres + 1e-6);
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('the map of a trail', () => {
  it('marks the ends of a gap, and joins them by nothing', () => {
    const near = { lat: SCHOOL.lat + 0.005, lon: SCHOOL.lon };
    const away = { lat: SCHOOL.lat - 0.005, lon: SCHOOL.lon };
    const events = [
      ...[fix(START, near), fix(secondsAfter(START, 60), near)],
      ...[fix(secondsAfter(START, 1260), away), fix(secondsAfter(START, 1320), away)],
    ];
    const map = trailMap(sketchOf(events), { ...school, question });
    expect(map?.drawing.segments).toHaveLength(2);
    expect(map?.drawing.gaps).toMatchObject([
      { fromAt: secondsAfter(START, 60), untilAt: secondsAfter(START, 1260) },
    ]);
    expect(JSON.stringify(map?.description)).toContain('1 gap of more than five minutes');
  });

  it('draws a buffer as it is judged: each corner so many metres from the edge', () => {
    const map = trailMap(sketchOf([fix(START, SCHOOL)]), {
      ...{ ...school, question, bufferMetres: 120 },
    });
    const buffer = map?.drawing.areas.find(({ part }) => part === 'buffer');
    const radius = zone.kind === 'circle' ? zone.radiusMetres : 0;
    const corners = buffer?.rings.flat() ?? [];
    expect(corners.length).toBeGreaterThan(40);
    for (const [east, north] of corners) {
      expect(Math.abs(Math.hypot(east, north) - (radius + 120))).toBeLessThan(3);
    }
  });

  it('is none where no position was recorded', () => {
    expect(trailMap(sketchOf([]), { ...school, question })).toBeNull();
  });
});
