import { position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between } from '../chance.ts';
import { offsetBy } from '../track/place-trace.ts';
import type { MadeDay, MadeEvent } from './made-day.ts';
import { fixesAlong } from './movement.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 6 * 3600);
const RADIUS_METRES = 200;
const EVERY_SECONDS = 240;
const UNCLEAR_SECONDS = 7_200;

/** A telephone that lies still on the zone's edge and has the same network position each time. */
const lying = (seed: number, from: Instant, until: Instant): MadeEvent[] => {
  const spot = offsetBy(ORIGIN, RADIUS_METRES - between(0, 25, seed, 1), 0);
  const accuracyMetres = Math.round(between(35, 70, seed, 2));
  const fixes: MadeEvent[] = [];
  for (let at = from; at < until; at = secondsAfter(at, EVERY_SECONDS)) {
    const { lat, lon } = spot;
    fixes.push({ kind: 'fix', recordedAt: toIso(at), lat, lon, accuracyMetres, source: 'wifi' });
  }
  return fixes;
};

/** Out of doors, half a kilometre from the zone. */
const away = (seed: number, from: Instant, until: Instant): MadeEvent[] =>
  fixesAlong({
    ...{ seed, origin: ORIGIN, way: [{ at: from, spot: { east: 700, north: 0 } }], from, until },
    ...{ everySeconds: EVERY_SECONDS, accuracyMetres: 8 },
  });

/** Away from the zone, then so long on its edge that nobody can tell, and away again. */
const edgeDay = (seed: number, minutes: number, truth: MadeDay['truth']): MadeDay => {
  const from = secondsAfter(STARTS_AT, 60 * Math.round(between(20, 60, seed, 3)));
  const until = secondsAfter(from, 60 * minutes);
  return {
    ...{ rule: 'whereabouts-unclear', startsAt: STARTS_AT, endsAt: ENDS_AT, truth },
    zones: [
      {
        ...{ zoneId: 'playground', name: 'Playground', kind: 'exclusion' },
        shape: { type: 'Circle', centre: { ...ORIGIN }, radiusMetres: RADIUS_METRES },
      },
    ],
    order: {
      conditions: [{ conditionId: 'playground', kind: 'exclusion-zone', zoneId: 'playground' }],
    },
    events: [
      ...away(seed, STARTS_AT, from),
      ...lying(seed, from, until),
      ...away(seed, until, ENDS_AT),
    ],
  };
};

/** For two and a half hours or more nobody can tell on which side of the edge the wearer is. */
export const cannotBeTold = (seed: number): MadeDay => {
  const day = edgeDay(seed, Math.round(between(150, 220, seed, 4)), []);
  const from = secondsAfter(STARTS_AT, 60 * Math.round(between(20, 60, seed, 3)));
  const found = { conditionId: 'playground', reasons: ['whereabouts-unclear'] as const };
  return {
    ...day,
    truth: [{ ...found, beganAt: secondsAfter(from, UNCLEAR_SECONDS), withinSeconds: 1_500 }],
  };
};

/** For an hour and three quarters at most nobody can tell; then it is clear. */
export const canBeToldInTime = (seed: number): MadeDay =>
  edgeDay(seed, Math.round(between(30, 105, seed, 4)), []);
