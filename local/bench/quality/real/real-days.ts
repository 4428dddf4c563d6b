import { compileZone } from '#domain/geo/compiled-zone.ts';
import { distanceMetres } from '#domain/geo/plane.ts';
import type { Position } from '#domain/geo/position.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { type Fix, fixSchema } from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import { middleOf, offsetBy } from '#local/worlds/track/place-trace.ts';
import { readTrace, type Trace, type TraceFix } from '#local/worlds/track/trace.ts';
import { ACTIVATION, STARTS_AT } from '../world/observe.ts';
import type { Inside } from '../world/truth.ts';
import type { WearerDays } from '../world/wearer.ts';

/** Recordings of receivers that lay still, or were in one building: whatever opens is false. */
const STILL = ['still-phone-outdoor', 'still-ublox-coldstart', 'indoor-phone-zurich-60s-part1'];
/** Recordings of ways: the recording itself is taken for the truth. */
const WAYS = [
  'run-washington',
  'run-stavanger-1s',
  'cycle-portland-commute',
  'cycle-toronto-long',
  'hike-zbevnica',
  'drive-munich-15s',
];
const CLEARANCES_METRES = [15, 30, 60, 120];
const DIRECTIONS = 8;
const RADIUS_METRES = 120;
const DAY_MINUTES = 1_440;

const discAt = (centre: Position) => {
  const read = parseZoneShape({ type: 'Circle', centre, radiusMetres: RADIUS_METRES });
  if (!read.ok) throw new Error('a disc round a recording is unsound');
  return compileZone(read.shape);
};

const asFix = ({ lat, lon, accuracyMetres, hdop, speedMps }: TraceFix, minute: number): Fix => {
  const at = instant(STARTS_AT + Math.round(minute * 60_000));
  const said = { lat, lon, accuracyMetres, hdop, speedMps };
  const stamped = { activationId: ACTIVATION, recordedAt: at, receivedAt: at };
  return fixSchema.parse({ kind: 'fix', ...stamped, ...said });
};

const around = (centre: Position, metres: number): Position[] =>
  Array.from({ length: DIRECTIONS }, (_, n) => {
    const turn = (2 * Math.PI * n) / DIRECTIONS;
    return offsetBy(centre, metres * Math.cos(turn), metres * Math.sin(turn));
  });

/** A day of a still recording's own fixes, a minute apart, beside a zone that it never entered. */
const stillDays = (name: string): WearerDays[] => {
  const trace = readTrace(name);
  const place = middleOf(trace);
  const fixes = Array.from({ length: DAY_MINUTES }, (_, minute) => {
    const nth = trace[minute % trace.length];
    if (nth === undefined) throw new Error(`recording ${name} is empty`);
    return asFix(nth, minute);
  });
  return CLEARANCES_METRES.flatMap((clearance) =>
    around(place, clearance + RADIUS_METRES).map((centre) => ({
      ...{ name, receiver: name, place, days: 1, history: [], fixes, inside: [] },
      ...{ zone: discAt(centre), homeToZoneMetres: clearance },
    })),
  );
};

const insideOf = (zone: WearerDays['zone'], trace: Trace, start: number): Inside[] => {
  const found: Inside[] = [];
  for (const [i, fix] of trace.entries()) {
    if (signedDistanceMetres(zone, fix) <= 0) continue;
    const fromMinute = (fix.recordedAt - start) / 60_000;
    const next = trace[i + 1]?.recordedAt ?? fix.recordedAt;
    const toMinute = Math.min(fromMinute + 2, (next - start) / 60_000);
    const last = found.at(-1);
    if (last !== undefined && fromMinute - last.toMinute < 0.2) {
      found[found.length - 1] = { fromMinute: last.fromMinute, toMinute };
    } else found.push({ fromMinute, toMinute });
  }
  return found;
};

/** Of each minute the first fix: the rate of a tag. */
const thinned = (trace: Trace, start: number): Fix[] => {
  const fixes: Fix[] = [];
  for (const fix of trace) {
    const minute = (fix.recordedAt - start) / 60_000;
    const last = fixes.at(-1);
    if (last === undefined || minute >= Math.floor((last.recordedAt - STARTS_AT) / 60_000) + 1) {
      fixes.push(asFix(fix, minute));
    }
  }
  return fixes;
};

/** A way past, through and beside discs that lie on it and a little off it. */
const wayDays = (name: string): WearerDays[] => {
  const trace = readTrace(name);
  const start = trace[0]?.recordedAt ?? STARTS_AT;
  const fixes = thinned(trace, start);
  const away = offsetBy(middleOf(trace), 60_000, 60_000);
  const spots = [0.2, 0.4, 0.6, 0.8].flatMap(
    (share) => trace[Math.floor(share * trace.length)] ?? [],
  );
  const centres = spots.flatMap((spot) => [spot, ...around(spot, RADIUS_METRES + 25)]);
  return centres.map((centre) => {
    const zone = discAt(centre);
    const days = (trace.at(-1)?.recordedAt ?? start) - start;
    return {
      ...{ name, receiver: name, zone, place: away, history: [], fixes },
      days: days / 86_400_000,
      homeToZoneMetres: distanceMetres(away, centre),
      inside: insideOf(zone, trace, start),
    };
  });
};

export const REAL = {
  still: () => STILL.flatMap(stillDays),
  ways: () => WAYS.flatMap(wayDays),
} as const;
