import { compileSupervision } from '#domain/evaluate/compile-supervision.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { TimetableVersion, ZoneVersion } from '#domain/model/documents.ts';
import {
  agencyIdSchema,
  timetableIdSchema,
  wearerIdSchema,
  type ZoneId,
  zoneIdSchema,
} from '#domain/model/ids.ts';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { between, chance, drifting } from '#local/worlds/chance.ts';
import { compileCurfew, STARTS_AT } from './bench-wearers.ts';
import { drawZone, placeNear } from './drawn-zones.ts';

const MINUTES_A_DAY = 1_440;
const ZONES = 3;
/** How far a receiver errs, one deviation of one axis. */
const NOISE_METRES = 6;

type Place = Readonly<{ lat: number; lon: number }>;

/** A fix as a head-end sends it. */
export type SentFix = Readonly<Record<string, string | number>>;

export type LivedDays = Readonly<{
  supervision: Supervision;
  activation: Activation;
  /** One a minute, in order. */
  fixes: readonly SentFix[];
}>;

const supervise = (home: Place, seed: number, activation: Activation): Supervision => {
  const timetableId = timetableIdSchema.parse('night');
  const night: TimetableVersion = {
    version: 1,
    value: { timetableId, name: 'night', compiled: compileCurfew('Europe/London') },
  };
  const zones = new Map<ZoneId, ZoneVersion>();
  for (let i = 0; i < ZONES; i += 1) {
    const zoneId = zoneIdSchema.parse(`zone-${i}`);
    const middle = placeNear(home, between(2_500, 9_000, seed, i), seed + i);
    const vertices = Math.round(12 * 40 ** chance(seed, i, 1));
    const { zone } = drawZone({ middle, radiusMetres: 250 + 400 * i, vertices, seed: seed + i });
    zones.set(zoneId, { version: 1, value: { zoneId, name: 'zone', kind: 'exclusion', zone } });
  }
  const order = orderSchema.parse({
    orderId: 'o-1',
    type: 'community',
    legalBasis: 'Sentencing Act 2020, Sch. 9',
    startsAt: toIso(STARTS_AT),
    timeZone: 'Europe/London',
    responsibleOfficer: 'officer',
    policyId: 'usual',
    conditions: [
      {
        conditionId: 'curfew',
        kind: 'curfew',
        timetableId,
        place: { label: 'home', ...home },
      },
      ...[...zones.keys()].map((zoneId) => ({
        ...{ conditionId: zoneId, kind: 'exclusion-zone', zoneId },
      })),
    ],
  });
  return compileSupervision({
    wearer: { agencyId: agencyIdSchema.parse('bench'), wearerId: wearerIdSchema.parse('w-1') },
    orders: [{ version: 1, value: order }],
    zones,
    timetables: new Map([[timetableId, night]]),
    activations: [activation],
  });
};

/** Where somebody truly is, minute by minute: home, to work at half past eight, shops, home. */
const whereabouts = (home: Place, seed: number): ((minute: number) => Place) => {
  const work = placeNear(home, between(3_000, 12_000, seed, 2), seed + 20);
  const shop = placeNear(home, between(500, 2_500, seed, 3), seed + 30);
  const legs: readonly (readonly [at: number, takes: number, to: Place])[] = [
    [510, 25, work],
    [1_020, 20, shop],
    [1_065, 15, home],
  ];
  return (minute) => {
    const ofDay = minute % MINUTES_A_DAY;
    let from = home;
    for (const [at, takes, to] of legs) {
      if (ofDay < at) return from;
      const share = Math.min(1, (ofDay - at) / takes);
      if (share < 1) {
        return {
          lat: from.lat + share * (to.lat - from.lat),
          lon: from.lon + share * (to.lon - from.lon),
        };
      }
      from = to;
    }
    return from;
  };
};

const METRES_PER_DEGREE = 111_320;

/** Days of one person, as their device says them: a fix a minute, erring as receivers do. */
export const liveDays = (seed: number, days: number): LivedDays => {
  const home = placeNear({ lat: 51.5, lon: -0.1 }, between(0, 20_000, seed), seed);
  const activation = activationSchema.parse({
    activationId: `a-${seed}`,
    wearerId: 'w-1',
    headEndId: 'head-end',
    deviceSerial: `T-${seed}`,
    startsAt: STARTS_AT,
    endsAt: null,
  });
  const at = whereabouts(home, seed);
  const fixes = Array.from({ length: days * MINUTES_A_DAY }, (_, minute): SentFix => {
    const { lat, lon } = at(minute);
    const err = (key: number) =>
      (NOISE_METRES * drifting(minute / 10, seed, key)) / METRES_PER_DEGREE;
    return {
      kind: 'fix',
      activationId: activation.activationId,
      recordedAt: toIso(secondsAfter(STARTS_AT, 60 * (minute + 1))),
      sequence: minute,
      lat: lat + err(1),
      lon: lon + err(2) * 1.6,
      accuracyMetres: 5 + (minute % 7),
      satellites: 9,
    };
  });
  return { supervision: supervise(home, seed, activation), activation, fixes };
};
