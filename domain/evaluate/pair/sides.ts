import * as z from 'zod';
import { distanceMetres } from '../../geo/plane.ts';
import { latitudeSchema, longitudeSchema } from '../../geo/position.ts';
import type { DeviceEvent, Fix } from '../../model/device-event.ts';
import { type WearerId, wearerIdSchema } from '../../model/ids.ts';
import { type Instant, instantSchema, secondsBetween } from '../../model/instant.ts';
import { heardFrom, heardSchema, withReceiptWithin } from '../heard.ts';
import { movementSchema, type Plausibility, plausibility } from '../movement/plausibility.ts';
import { sigmaMetres } from '../position/likelihood.ts';
import type { Supervision } from '../supervision.ts';
import { MOVING_METRES_PER_SECOND, ON_FOOT_METRES_PER_SECOND, SPEED_MARGIN } from './constants.ts';

/** Where one of two people was last seen, and how fast that may have changed since. */
const lastSeenSchema = z.object({
  at: instantSchema,
  lat: latitudeSchema,
  lon: longitudeSchema,
  sigmaMetres: z.number(),
  /** As fast as they may be, metres a second; null: in motion, at a speed that nobody knows. */
  speedMps: z.number().nullable(),
  /** As fast as they were seen to be, metres a second; null: nobody has seen it. */
  seenMps: z.number().nullable().default(null),
});
export type LastSeen = z.infer<typeof lastSeenSchema>;

/** What is known of one of the two people of a pair. */
export const sideSchema = z.object({
  heard: heardSchema,
  seen: lastSeenSchema.nullable(),
  /** Fixes that cannot be true beside the last one; null: none is under question. */
  movement: movementSchema.nullable().default(null),
});
export type Side = z.infer<typeof sideSchema>;

export const sidesSchema = z.partialRecord(wearerIdSchema, sideSchema);
export type Sides = Readonly<z.infer<typeof sidesSchema>>;

/** Nothing shorter is ever asked about of a pair: the least that an order may set. */
const UNBROKEN_SECONDS = 300;

const UNHEARD: Side = { heard: [], seen: null, movement: null };

const rounded = (value: number, to: number): number => Math.round(value * to) / to;

/** How fast somebody was seen to be, by the fix and the one before it; null where neither says. */
const seenSpeed = (fix: Fix, before: LastSeen | null): number | null => {
  if (fix.motion === 'still') return 0;
  if (fix.speedMps !== null) return fix.speedMps;
  if (before === null || fix.recordedAt <= before.at) return null;
  const doubtMetres = 2 * Math.hypot(before.sigmaMetres, sigmaMetres(fix));
  const metres = Math.max(0, distanceMetres(before, fix) - doubtMetres);
  return metres / secondsBetween(before.at, fix.recordedAt);
};

/** How fast somebody may be from now on, who was seen to be so fast. */
const speedAfter = ({ motion }: Fix, seenMps: number | null): number | null => {
  if (motion === 'still') return 0;
  const isMoving = motion === 'moving';
  const least = isMoving ? MOVING_METRES_PER_SECOND : ON_FOOT_METRES_PER_SECOND;
  if (seenMps === null) return isMoving ? null : least;
  return rounded(Math.max(least, SPEED_MARGIN * seenMps), 10);
};

/** Where somebody is seen by a fix, and how fast they may be by what was seen before. */
export const seenIn = (fix: Fix, before: LastSeen | null): LastSeen => {
  const seenMps = seenSpeed(fix, before);
  return {
    at: fix.recordedAt,
    lat: fix.lat,
    lon: fix.lon,
    sigmaMetres: rounded(sigmaMetres(fix), 10),
    speedMps: speedAfter(fix, seenMps),
    seenMps: seenMps === null ? null : rounded(seenMps, 10),
  };
};

/** Who of a pair said something; null for a device that is nobody's any more. */
export const speakerOf = (
  { activations }: Pick<Supervision, 'activations'>,
  { activationId }: Pick<DeviceEvent, 'activationId'>,
): WearerId | null =>
  activations.find((one) => one.activationId === activationId)?.wearerId ?? null;

/** Where a side is then seen: a cell position says too little of it, an impossible one nothing. */
const seenAfter = (
  { seen, movement }: Side,
  input: DeviceEvent,
  by: Plausibility | undefined,
): Pick<Side, 'seen' | 'movement'> => {
  if (input.kind !== 'fix' || input.source === 'cell') return { seen, movement };
  if (by === undefined) return { seen: seenIn(input, seen), movement };
  const lastFix = seen && { ...seen, sigmaMetres: Math.ceil(seen.sigmaMetres) };
  const weighed = plausibility({ lastFix, movement }, input, by);
  const { isBelieved } = weighed;
  return { seen: isBelieved ? seenIn(input, seen) : seen, movement: weighed.movement };
};

/** Somebody said something. */
export type Spoken = Readonly<{ speaker: WearerId; input: DeviceEvent }>;

/** Both sides, ahead of an input's turn: what was heard before it still matters. */
export const withInputAhead = (
  sides: Sides,
  { plausibilityOf = {} }: Pick<Supervision, 'plausibilityOf'>,
  { speaker, input }: Spoken,
): Sides => {
  const side = sides[speaker] ?? UNHEARD;
  const heard = withReceiptWithin(UNBROKEN_SECONDS, side.heard, input.receivedAt);
  return { ...sides, [speaker]: { heard, ...seenAfter(side, input, plausibilityOf[speaker]) } };
};

/** Both sides when one has said something. What was heard of them long before it is forgotten. */
export const withInput = (
  sides: Sides,
  supervision: Pick<Supervision, 'plausibilityOf'>,
  spoken: Spoken,
): Sides => {
  const { speaker, input } = spoken;
  const noticed = withInputAhead(sides, supervision, spoken);
  const side = noticed[speaker] ?? UNHEARD;
  return { ...noticed, [speaker]: { ...side, heard: heardFrom(side.heard, input.recordedAt) } };
};

/** When either of two people was last heard of, by our clock, as far as is known. */
export const heardOf = (sides: Sides | undefined, who: WearerId): Side['heard'] =>
  sides?.[who]?.heard ?? [];

/** Where two people were last seen; null unless both were. */
export const bothSeen = (
  sides: Sides | undefined,
  [a, b]: readonly [WearerId, WearerId],
): readonly [LastSeen, LastSeen] | null => {
  const [one, other] = [sides?.[a]?.seen ?? null, sides?.[b]?.seen ?? null];
  return one === null || other === null ? null : [one, other];
};

/** How far apart two people were last seen, whole metres; absent unless both were. */
export const apartMetres = (
  sides: Sides | undefined,
  members: readonly [WearerId, WearerId],
): number | undefined => {
  const seen = bothSeen(sides, members);
  return seen === null ? undefined : Math.round(distanceMetres(seen[0], seen[1]));
};

/** Seconds since somebody was last seen. */
export const secondsSince = ({ at }: LastSeen, now: Instant): number =>
  Math.max(0, secondsBetween(at, now));

/** Seconds since the one who was not seen for longer was; infinite where one never was. */
export const oldestSecondsSince = (
  sides: Sides | undefined,
  members: readonly [WearerId, WearerId],
  now: Instant,
): number => {
  const seen = bothSeen(sides, members);
  if (seen === null) return Number.POSITIVE_INFINITY;
  return Math.max(secondsSince(seen[0], now), secondsSince(seen[1], now));
};
