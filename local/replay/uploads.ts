import { type Instant, instant, isoInstantSchema, secondsAfter } from '#domain/model/instant.ts';
import type { EventBody, World } from '../worlds/world.ts';

/** What a head-end sends at one instant: the events of all its devices since the last time. */
export type Upload = Readonly<{ at: Instant; events: readonly EventBody[] }>;

/** NIJ's limit for active tracking. */
export const UPLOAD_EVERY_SECONDS = 240;

/** Every device reports at the same instants, so that one request carries them all. */
export const uploadsOf = (
  { startsAt, endsAt, wearers }: World,
  everySeconds = UPLOAD_EVERY_SECONDS,
): Upload[] => {
  const everyMilliseconds = everySeconds * 1000;
  const stretchOf = ({ recordedAt }: EventBody): number =>
    Math.max(1, Math.ceil((isoInstantSchema.parse(recordedAt) - startsAt) / everyMilliseconds));
  const byStretch = Map.groupBy(
    wearers.flatMap(({ events }) => events),
    stretchOf,
  );
  return [...byStretch]
    .map(([stretch, events]) => ({ at: secondsAfter(startsAt, stretch * everySeconds), events }))
    .filter(({ at }) => at <= instant(endsAt))
    .sort((a, b) => a.at - b.at);
};
