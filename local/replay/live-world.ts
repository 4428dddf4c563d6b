import type { Cloud } from '../cloud/cloud.ts';
import type { World } from '../worlds/world.ts';
import { createApiClient } from './api-client.ts';
import { loadWorld } from './load-world.ts';
import { readOutcome, type SeenOutcome } from './read-outcome.ts';
import { type ReplayProgress, replayWorld } from './replay-world.ts';

export type LivedWorld = Readonly<{
  headEndToken: string;
  eventsSent: number;
  outcome: SeenOutcome;
  replaySeconds: number;
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

/** Puts a world on record in a cloud, lives it through, and reads what came out. */
export const liveWorld = async ({ cloud, world, onProgress }: Living): Promise<LivedWorld> => {
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  const headEndToken = await loadWorld(api, world);
  const headEnd = createApiClient(cloud.apiUrl, headEndToken);
  const startedAt = performance.now();
  const eventsSent = await replayWorld({
    ...{ cloud, world, api, headEnd },
    onProgress: onProgress ?? (() => undefined),
  });
  const replaySeconds = (performance.now() - startedAt) / 1000;
  const outcome = await readOutcome(api, cloud.outbox.entries());
  return { headEndToken, eventsSent, outcome, replaySeconds };
};
