import * as z from 'zod';
import { earlierOf, type Instant, toIso } from '#domain/model/instant.ts';
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

const takenSchema = z.object({ accepted: z.number(), refused: z.array(z.unknown()) });

/** Uploads, and throws where an event is refused: a world sends none that should be. */
const send = async (headEnd: ApiClient, { at, events }: Upload): Promise<number> => {
  const { accepted, refused } = takenSchema.parse(await headEnd.post('/v1/events', events));
  if (refused.length === 0) return accepted;
  const first = JSON.stringify(refused[0]);
  throw new Error(
    `At ${toIso(at)} ${refused.length} of ${events.length} events were refused, as ${first}`,
  );
};

/** What is next of both lists: an upload, or what somebody does, whichever is earlier. */
const earliestOf = (uploads: readonly Step[], acts: readonly PlannedAct[]): Step | undefined => {
  const act = acts.reduce<PlannedAct | undefined>(
    (first, one) => (first === undefined || one.at < first.at ? one : first),
    undefined,
  );
  const [upload] = uploads;
  return act !== undefined && (upload === undefined || act.at <= upload.at) ? act : upload;
};

const takeOff = (steps: Step[], step: Step): void => {
  const index = steps.indexOf(step);
  if (index >= 0) steps.splice(index, 1);
};

/**
 * Lives a world through: at each instant the clock is moved there, everything due on the way
 * happens, then the head-end uploads or somebody acts. Returns the number of events sent.
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
  const asStep = (upload: Upload): Step => ({
    at: upload.at,
    run: async () => {
      eventsSent += await send(headEnd, upload);
    },
  });
  const uploads = uploadsOf(world).map(asStep);
  for (;;) {
    await cloud.settled();
    const next = earliestOf(uploads, acts);
    if (next === undefined) break;
    // One due thing at a time: what it brings about may make somebody act before the next upload.
    const dueAt = cloud.agenda.nextDueAt() ?? next.at;
    await cloud.clock.advanceTo(earlierOf(dueAt, next.at));
    if (dueAt < next.at) continue;
    takeOff(uploads, next);
    takeOff(acts, next);
    await next.run();
    onProgress({ at: next.at, eventsSent });
  }
  await cloud.clock.advanceTo(world.endsAt);
  stopReading();
  return eventsSent;
};
