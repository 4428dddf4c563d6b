import type { Instant } from '#domain/model/instant.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { World } from '../worlds/world.ts';
import type { ApiClient } from './api-client.ts';
import { type PlannedAct, plannedActs, readerOfMessages } from './people-act.ts';
import { type Upload, uploadsOf } from './uploads.ts';

export type ReplayProgress = Readonly<{ at: Instant; eventsSent: number }>;

export type ReplayParts = Readonly<{
  cloud: Cloud;
  world: World;
  /** Under the administrator's token. */
  api: ApiClient;
  /** Under the head-end's token. */
  headEnd: ApiClient;
  onProgress: (progress: ReplayProgress) => void;
}>;

type Step = Readonly<{ at: Instant; run: () => Promise<void> }>;

/** Takes what is next off both lists: an upload, or what somebody does, whichever is earlier. */
const takeNext = (uploads: Step[], acts: PlannedAct[]): Step | undefined => {
  acts.sort((a, b) => a.at - b.at);
  const [upload, act] = [uploads[0], acts[0]];
  if (act !== undefined && (upload === undefined || act.at <= upload.at)) return acts.shift();
  return uploads.shift();
};

/**
 * Lives a world through: at each instant the clock is moved there, everything due on the way happens,
 * then the head-end uploads or somebody acts. Returns the number of events sent.
 */
export const replayWorld = async (parts: ReplayParts): Promise<number> => {
  const { cloud, world, api, headEnd, onProgress } = parts;
  const acts = plannedActs(world, api);
  const read = readerOfMessages(world);
  const stopReading = cloud.outbox.onEntry((entry) => {
    const planned = read(entry);
    if (planned !== null) acts.push(planned);
  });
  let eventsSent = 0;
  const asStep = ({ at, events }: Upload): Step => ({
    at,
    run: async () => {
      await headEnd.post('/v1/events', events);
      eventsSent += events.length;
    },
  });
  const uploads = uploadsOf(world).map(asStep);
  for (let next = takeNext(uploads, acts); next !== undefined; next = takeNext(uploads, acts)) {
    await cloud.clock.advanceTo(next.at);
    await next.run();
    onProgress({ at: next.at, eventsSent });
  }
  await cloud.clock.advanceTo(world.endsAt);
  stopReading();
  return eventsSent;
};
