import { position } from '#domain/geo/position.ts';
import { instant, secondsAfter } from '#domain/model/instant.ts';
import { between } from '../chance.ts';
import type { MadeDay } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 3 * 3600);
const RADIUS_METRES = 150;
const EVERY_SECONDS = 60;

const zoneDay = (seed: number, way: Way, truth: MadeDay['truth']): MadeDay => ({
  ...{ rule: 'exclusion-zone', startsAt: STARTS_AT, endsAt: ENDS_AT },
  zones: [
    {
      ...{ zoneId: 'school', name: 'School', kind: 'exclusion' },
      shape: { type: 'Circle', centre: { ...ORIGIN }, radiusMetres: RADIUS_METRES },
    },
  ],
  order: { conditions: [{ conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' }] },
  events: fixesAlong({
    ...{ seed, origin: ORIGIN, way, from: STARTS_AT, until: ENDS_AT },
    ...{ everySeconds: EVERY_SECONDS, accuracyMetres: between(4, 12, seed, 1) },
  }),
  truth,
});

/** Comes from 800 m away at a walk, stays well inside for ten minutes or more, and leaves. */
export const entersZone = (seed: number): MadeDay => {
  const setsOutAt = secondsAfter(STARTS_AT, between(600, 3600, seed, 10));
  const deep = between(0, RADIUS_METRES - 60, seed, 11);
  const walkSeconds = (800 - deep) / 1.3;
  const arrivesAt = secondsAfter(setsOutAt, walkSeconds);
  const leavesAt = secondsAfter(arrivesAt, between(600, 2400, seed, 12));
  const enteredAt = secondsAfter(setsOutAt, (800 - RADIUS_METRES) / 1.3);
  const way: Way = [
    { at: setsOutAt, spot: { east: 800, north: 0 } },
    { at: arrivesAt, spot: { east: deep, north: 0 } },
    { at: leavesAt, spot: { east: deep, north: 0 } },
    { at: secondsAfter(leavesAt, walkSeconds), spot: { east: 800, north: 0 } },
  ];
  return zoneDay(seed, way, [
    {
      ...{ conditionId: 'school', reasons: ['inside-zone'], withinSeconds: 360 },
      beganAt: secondsAfter(enteredAt, -60),
    },
  ]);
};

/** Walks past the zone and back, never nearer than 40 m to its edge. */
export const passesZone = (seed: number): MadeDay => {
  const north = RADIUS_METRES + between(40, 120, seed, 10);
  const setsOutAt = secondsAfter(STARTS_AT, between(600, 3600, seed, 11));
  const thereAt = secondsAfter(setsOutAt, 1600 / 1.3);
  return zoneDay(
    seed,
    [
      { at: setsOutAt, spot: { east: -800, north } },
      { at: thereAt, spot: { east: 800, north } },
      { at: secondsAfter(thereAt, 900), spot: { east: 800, north } },
      { at: secondsAfter(thereAt, 900 + 1600 / 1.3), spot: { east: -800, north } },
    ],
    [],
  );
};
