import { position } from '#domain/geo/position.ts';
import {
  type DeviceEvent,
  deviceEventSchema,
  sentEventSchema,
} from '#domain/model/device-event.ts';
import { type Instant, instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import { between, chance } from '#local/worlds/chance.ts';
import type { MadeEvent } from '#local/worlds/generators/made-day.ts';
import { fixesAlong, type Spot, spotAt, type Way } from '#local/worlds/generators/movement.ts';
import { offsetBy } from '#local/worlds/track/place-trace.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const HOURS = 6;
export const ENDS_AT = secondsAfter(STARTS_AT, HOURS * 3600);
export const DAYS_OF_ONE = HOURS / 24;

/** So many fixes in a hundred have nothing to do with where somebody is, up to 2 km off. */
const STRAY_PERCENT = 1.5;

export type Sampling = Readonly<{ everySeconds: number; uploadSeconds: number }>;

export type MadeTwo = Readonly<{
  /** In the order in which they reach us, with the instant at which they do. */
  arrivals: readonly Readonly<{ at: Instant; events: readonly DeviceEvent[] }>[];
  /** When the two truly came within a distance; null where they never did. */
  withinAt: (metres: number) => Instant | null;
}>;

const away = (spot: Spot, metres: number, turn: number): Spot => ({
  east: spot.east + metres * Math.cos(turn),
  north: spot.north + metres * Math.sin(turn),
});

/** At home, and out and back twice at some speed, each time to another place. */
const errands = (home: Spot, seed: number, most: number): Way => {
  const points: { at: Instant; spot: Spot }[] = [{ at: STARTS_AT, spot: home }];
  for (const trip of [0, 1]) {
    const setsOutAt = secondsAfter(STARTS_AT, 1_800 + trip * 9_000 + between(0, 1_800, seed, trip));
    const speed = chance(seed, trip, 3) < 0.5 ? 1.3 : between(6, 13, seed, trip, 4);
    const metres = speed < 2 ? between(200, 700, seed, trip, 5) : between(500, most, seed, trip, 5);
    const spot = away(home, metres, between(0, 2 * Math.PI, seed, trip, 6));
    const [out, stay] = [metres / speed, between(600, 2_400, seed, trip, 7)];
    points.push({ at: setsOutAt, spot: home });
    points.push({ at: secondsAfter(setsOutAt, out), spot });
    points.push({ at: secondsAfter(setsOutAt, out + stay), spot });
    points.push({ at: secondsAfter(setsOutAt, 2 * out + stay), spot: home });
  }
  const [first = { at: STARTS_AT, spot: home }, ...rest] = points;
  return [first, ...rest];
};

/** Comes to within 300 m of the other's home on some way, stays a while, and goes home. */
const approach = (home: Spot, seed: number): Way => {
  const setsOutAt = secondsAfter(STARTS_AT, between(3_600, 9_000, seed, 1));
  const speed = between(1.2, 13, seed, 2);
  const target = away({ east: 0, north: 0 }, between(20, 300, seed, 3), between(0, 6.28, seed, 4));
  const out = Math.hypot(home.east - target.east, home.north - target.north) / speed;
  const stay = between(600, 1_800, seed, 5);
  return [
    { at: setsOutAt, spot: home },
    { at: secondsAfter(setsOutAt, out), spot: target },
    { at: secondsAfter(setsOutAt, out + stay), spot: target },
    { at: secondsAfter(setsOutAt, 2 * out + stay), spot: home },
  ];
};

const strayed = (made: MadeEvent, seed: number, nth: number): MadeEvent => {
  if (made.kind !== 'fix' || chance(seed, nth, 90) * 100 >= STRAY_PERCENT) return made;
  const turn = between(0, 2 * Math.PI, seed, nth, 91);
  const metres = between(50, 2_000, seed, nth, 92);
  const { lat, lon } = made;
  const at = offsetBy(position(lat, lon), metres * Math.cos(turn), metres * Math.sin(turn));
  return { ...made, lat: at.lat, lon: at.lon };
};

const sentBy = (
  activationId: string,
  way: Way,
  { seed, sampling }: Readonly<{ seed: number; sampling: Sampling }>,
) => {
  const { everySeconds, uploadSeconds } = sampling;
  const phase = Math.floor(between(0, uploadSeconds, seed, 80));
  const from = secondsAfter(STARTS_AT, Math.floor(between(0, everySeconds, seed, 81)));
  const accuracyMetres = between(5, 30, seed, 82);
  const taken = { seed, origin: ORIGIN, way, from, until: ENDS_AT, everySeconds, accuracyMetres };
  return fixesAlong(taken).map((made, i): DeviceEvent => {
    const sent = sentEventSchema.parse({ ...strayed(made, seed, i), activationId, sequence: i });
    const since = secondsBetween(STARTS_AT, sent.recordedAt) - phase;
    const upload = Math.ceil(since / uploadSeconds) * uploadSeconds + phase + 2;
    return deviceEventSchema.parse({ ...sent, receivedAt: secondsAfter(STARTS_AT, upload) });
  });
};

/** Six hours of two people; each uploads at instants of their own. */
export const makeTwo = (seed: number, doesApproach: boolean, sampling: Sampling): MadeTwo => {
  const home = away(
    { east: 0, north: 0 },
    between(2_200, 6_000, seed, 60),
    between(0, 6.28, seed, 61),
  );
  const theirs = errands({ east: 0, north: 0 }, seed + 1_000, 900);
  const still: Way = [{ at: STARTS_AT, spot: { east: 0, north: 0 } }];
  const [wearer, other] = doesApproach
    ? [approach(home, seed), still]
    : [errands(home, seed, 1_000), theirs];
  const events = [
    ...sentBy('a-1', wearer, { seed: seed * 2, sampling }),
    ...sentBy('a-2', other, { seed: seed * 2 + 1, sampling }),
  ];
  const byReceipt = Map.groupBy(
    events,
    ({ receivedAt, activationId }) => `${receivedAt} ${activationId}`,
  );
  const arrivals = [...byReceipt.values()].map((some) => ({
    at: some[0]?.receivedAt ?? STARTS_AT,
    events: some,
  }));
  const withinAt = (metres: number): Instant | null => {
    for (let at = STARTS_AT; at < ENDS_AT; at = secondsAfter(at, 5)) {
      const [a, b] = [spotAt(wearer, at), spotAt(other, at)];
      if (Math.hypot(a.east - b.east, a.north - b.north) <= metres) return at;
    }
    return null;
  };
  return { arrivals: arrivals.sort((a, b) => a.at - b.at), withinAt };
};
