import type { Cloud } from '../cloud/cloud.ts';
import type { Measured } from '../meter/cost.ts';
import { amountOf } from '../meter/usage.ts';
import type { World } from '../worlds/world.ts';
import { createApiClient } from './api-client.ts';
import { loadWorld } from './load-world.ts';
import { readOutcome, type SeenOutcome } from './read-outcome.ts';
import { createReplayNotes } from './replay-notes.ts';
import { type ReplayProgress, replayWorld } from './replay-world.ts';

export type LivedWorld = Readonly<{
  headEndToken: string;
  eventsSent: number;
  outcome: SeenOutcome;
  replaySeconds: number;
  /** What AWS would bill for living it, without putting it on record. */
  metered: Measured;
}>;

/**
 * What a cloud needs besides the world: it must have started on a replay clock at the world's
 * start.
 */
export type Living = Readonly<{
  cloud: Cloud;
  world: World;
  onProgress?: (progress: ReplayProgress) => void;
}>;

/**
 * Puts a world on record in a cloud, lives it through, and reads what came out. In a cloud that was
 * ended in the middle of it, and goes on over its data, it goes on from there.
 */
export const liveWorld = async ({ cloud, world, onProgress }: Living): Promise<LivedWorld> => {
  for (const { channel, to } of world.refused ?? []) cloud.outbox.refuse(channel, to);
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  const notes = createReplayNotes(cloud.ledger);
  const headEndToken = notes.headEndToken() ?? (await loadWorld(api, world));
  notes.noteHeadEndToken(headEndToken);
  const headEnd = createApiClient(cloud.apiUrl, headEndToken);
  const before = cloud.meter.snapshot();
  // A cloud that goes on over its data counts anew: what was sent and found before is not in it.
  const earlier = { events: notes.eventsSent(), until: cloud.clock.now() };
  const startedAt = performance.now();
  const eventsSent = await replayWorld({
    ...{ cloud, world, api, headEnd, notes },
    onProgress: onProgress ?? (() => undefined),
  });
  const replaySeconds = (performance.now() - startedAt) / 1000;
  const usage = cloud.meter.since(before);
  const reader = world.people[0]?.personId ?? '';
  const outcome = await readOutcome(api, reader, cloud.outbox.entries());
  const metered = {
    ...{ usage, standing: cloud.standing, fixes: eventsSent - earlier.events },
    alerts: outcome.alerts.filter(({ openedAt }) => openedAt >= earlier.until).length,
    uploads: amountOf(usage, { row: 'sqs.message', by: 'ingest' }),
  };
  return { headEndToken, eventsSent, outcome, replaySeconds, metered };
};
