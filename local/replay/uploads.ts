import { type Instant, instant, isoInstantSchema, secondsAfter } from '#domain/model/instant.ts';
import type { EventBody, World, WorldWearer } from '../worlds/world.ts';

/** What a head-end sends at one instant: the events of all its devices since the last time. */
export type Upload = Readonly<{ at: Instant; events: readonly EventBody[] }>;

/** NIJ's limit for active tracking. */
const UPLOAD_EVERY_SECONDS = 240;

/** Each event of a wearer with the instant from which on it gets through. */
const passed = ({ events, outages = [] }: WorldWearer): { at: Instant; event: EventBody }[] =>
  events.map((event) => {
    const at = isoInstantSchema.parse(event.recordedAt);
    const outage = outages.find(({ from, until }) => at >= from && at < until);
    return { at: outage?.until ?? at, event };
  });

/** Every device reports at the same instants, so that one request carries them all. */
export const uploadsOf = (
  { startsAt, endsAt, wearers }: World,
  everySeconds = UPLOAD_EVERY_SECONDS,
): Upload[] => {
  const everyMilliseconds = everySeconds * 1000;
  const stretchOf = (at: Instant): number =>
    Math.max(1, Math.ceil((at - startsAt) / everyMilliseconds));
  const byStretch = Map.groupBy(wearers.flatMap(passed), ({ at }) => stretchOf(at));
  return [...byStretch]
    .map(([stretch, sent]) => ({
      at: secondsAfter(startsAt, stretch * everySeconds),
      events: sent.map(({ event }) => event),
    }))
    .filter(({ at }) => at <= instant(endsAt))
    .sort((a, b) => a.at - b.at);
};
