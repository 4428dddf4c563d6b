import * as z from 'zod';
import { distanceMetres } from '../../geo/plane.ts';
import { latitudeSchema, longitudeSchema } from '../../geo/position.ts';
import type { DeviceEvent } from '../../model/device-event.ts';
import { type WearerId, wearerIdSchema } from '../../model/ids.ts';
import { type Instant, instantSchema, secondsAfter } from '../../model/instant.ts';
import { sigmaMetres } from '../position/likelihood.ts';
import type { Closeness } from './closeness.ts';
import {
  LEASH_SHARE,
  LEAST_HOLD_SECONDS,
  LONGEST_HOLD_SECONDS,
  LONGEST_LEASH_METRES,
  TOP_METRES_PER_SECOND,
} from './constants.ts';
import { bothSeen, type Sides, secondsSince } from './sides.ts';

/** Both members of a pair, in the order of their ids. */
export type Members = readonly [WearerId, WearerId];

/**
 * Where, and until when, one of two people may be without telling their pair: while both keep to
 * theirs, nothing that the pair watches can happen. It tells of the other no more than a distance.
 */
export const leashSchema = z.object({
  lat: latitudeSchema,
  lon: longitudeSchema,
  radiusMetres: z.number(),
  fromAt: instantSchema,
  untilAt: instantSchema,
});
export type Leash = z.infer<typeof leashSchema>;
export const leashesSchema = z.partialRecord(wearerIdSchema, leashSchema);
export type Leashes = Readonly<z.infer<typeof leashesSchema>>;

/** Metres that two people may come nearer before anything is to be looked at. */
const roomMetres = (sides: Sides | undefined, members: Members, closeness: Closeness): number => {
  const seen = bothSeen(sides, members);
  if (seen === null) return 0;
  const [one, other] = seen;
  const doubt = 4 * Math.hypot(one.sigmaMetres, other.sigmaMetres);
  const unseen = 2 * closeness.closingMetresPerSecond * closeness.lagCapSeconds;
  const taken = Math.max(closeness.enterMetres, closeness.leaveMetres) + unseen + doubt;
  return Math.max(0, distanceMetres(one, other) - taken);
};

/** Seconds for which either may say nothing: they could not meet within. 0: each fix matters. */
export const holdSeconds = (
  sides: Sides | undefined,
  members: Members,
  closeness: Closeness,
): number => {
  const seconds = roomMetres(sides, members, closeness) / (2 * TOP_METRES_PER_SECOND);
  return seconds < LEAST_HOLD_SECONDS ? 0 : Math.floor(Math.min(seconds, LONGEST_HOLD_SECONDS));
};

/** Whether two people are so far apart that they cannot have met since they were seen. */
export const isOutOfReach = (
  sides: Sides | undefined,
  members: Members,
  { closeness, at }: Readonly<{ closeness: Closeness; at: Instant }>,
): boolean => {
  const seen = bothSeen(sides, members);
  if (seen === null) return false;
  const unseenSeconds = secondsSince(seen[0], at) + secondsSince(seen[1], at);
  return roomMetres(sides, members, closeness) > unseenSeconds * TOP_METRES_PER_SECOND;
};

/** What both may keep from telling, by the strictest of all that is watched; none: everything. */
export const leashesOf = (
  sides: Sides | undefined,
  members: Members,
  watched: readonly Closeness[],
): Leashes => {
  const holds = watched.map((one) => holdSeconds(sides, members, one));
  const rooms = watched.map((one) => roomMetres(sides, members, one));
  const hold = Math.min(LONGEST_HOLD_SECONDS, ...holds);
  const seen = bothSeen(sides, members);
  if (seen === null || hold === 0) return {};
  const radius = Math.min(LONGEST_LEASH_METRES, ...rooms.map((room) => LEASH_SHARE * room));
  const leashes = members.map((member, i) => {
    const { lat, lon, at } = seen[i === 0 ? 0 : 1];
    const radiusMetres = Math.floor(radius);
    const leash: Leash = { lat, lon, radiusMetres, fromAt: at, untilAt: secondsAfter(at, hold) };
    return [member, leash] as const;
  });
  return Object.fromEntries(leashes);
};

/** Whether an event is one that a leash lets its wearer keep from the pair. */
export const isOnLeash = (leash: Leash | undefined, event: DeviceEvent): boolean => {
  if (leash === undefined) return false;
  const { recordedAt } = event;
  if (recordedAt < leash.fromAt || recordedAt >= leash.untilAt) return false;
  if (event.kind !== 'fix' || event.source === 'cell') return true;
  return distanceMetres(leash, event) + 2 * sigmaMetres(event) <= leash.radiusMetres;
};
