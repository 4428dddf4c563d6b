import * as z from 'zod';
import { earlierOf, type Instant, laterOf, toIso } from '#domain/model/instant.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { OutboxEntry } from '../cloud/outbox/outbox.ts';
import type { World } from '../worlds/world.ts';
import type { ApiClient } from './api-client.ts';
import { type PlannedAct, plannedActs, readerOfMessages } from './people-act.ts';
import type { ReplayNotes } from './replay-notes.ts';
import { type Upload, uploadsOf } from './uploads.ts';

export type ReplayProgress = Readonly<{ at: Instant; eventsSent: number }>;

export type ReplayParts = Readonly<{
  cloud: Cloud;
  world: World;
  /** Under the administrator's token. */
  api: ApiClient;
  /** Under the head-end's token. */
  headEnd: ApiClient;
  notes: ReplayNotes;
  onProgress: (progress: ReplayProgress) => void;
}>;

/** An upload, or an act by its name. */
type Step = Readonly<{ name?: string; at: Instant; run: () => Promise<void> }>;

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

/** What people do: those acts that are left, and those that messages from now on bring about. */
const followMessages = ({ cloud, world, api, notes }: ReplayParts) => {
  const acts = plannedActs(world, api).filter(({ name }) => !notes.hasActed(name));
  const read = readerOfMessages(world);
  const follow = (entry: OutboxEntry): void => {
    const planned = read(entry);
    if (planned === null || notes.hasActed(planned.name)) return;
    acts.push(planned);
  };
  for (const entry of cloud.outbox.entries()) follow(entry);
  return { acts, stopReading: cloud.outbox.onEntry(follow) };
};

/**
 * Lives a world through: at each instant the clock is moved there, everything due on the way
 * happens, then the head-end uploads or somebody acts. What the notes say is done is not done
 * again. Returns the number of events sent.
 */
export const replayWorld = async (parts: ReplayParts): Promise<number> => {
  const { cloud, world, headEnd, notes, onProgress } = parts;
  const { acts, stopReading } = followMessages(parts);
  const asStep = (upload: Upload): Step => ({
    at: upload.at,
    run: async () => notes.noteSent(upload.at, await send(headEnd, upload)),
  });
  const uploads = uploadsOf(world)
    .filter(({ at }) => !notes.wasSent(at))
    .map(asStep);
  for (;;) {
    await cloud.settled();
    const next = earliestOf(uploads, acts);
    if (next === undefined) break;
    // One due thing at a time: what it brings about may make somebody act before the next upload.
    const dueAt = cloud.agenda.nextDueAt() ?? next.at;
    await cloud.clock.advanceTo(laterOf(cloud.clock.now(), earlierOf(dueAt, next.at)));
    if (dueAt < next.at) continue;
    takeOff(uploads, next);
    takeOff(acts, next);
    await next.run();
    if (next.name !== undefined) notes.noteActed(next.name);
    onProgress({ at: next.at, eventsSent: notes.eventsSent() });
  }
  await cloud.clock.advanceTo(laterOf(cloud.clock.now(), world.endsAt));
  stopReading();
  return notes.eventsSent();
};
