import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ActivationId, AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { batchGet } from './batch-get.ts';
import { keyItem, readJson } from './items.ts';
import { activationKey } from './keys.ts';

/**
 * An activation's end may be unknown to a warm function for so long; evaluation checks it again.
 */
const CACHED_MILLISECONDS = 30_000;
const MOST_CACHED = 50_000;

type Cached = Readonly<{ activation: Activation; until: number }>;

export const activations = (client: DynamoDBClient, table: string) => {
  const cache = new Map<string, Cached>();

  const remember = (agencyId: AgencyId, activation: Activation, now: Instant): void => {
    if (cache.size >= MOST_CACHED) cache.clear();
    const until = now + CACHED_MILLISECONDS;
    cache.set(`${agencyId} ${activation.activationId}`, { activation, until });
  };

  /**
   * The activations that exist among some, by id. One that is unknown is asked for again each time.
   */
  return async (
    agencyId: AgencyId,
    ids: readonly ActivationId[],
    now: Instant,
  ): Promise<Map<ActivationId, Activation>> => {
    const wanted = [...new Set(ids)];
    const isFresh = (id: ActivationId) => (cache.get(`${agencyId} ${id}`)?.until ?? 0) > now;
    const missing = wanted.filter((id) => !isFresh(id));
    const keys = missing.map((id) => keyItem(activationKey(agencyId, id)));
    for (const item of await batchGet(client, table, keys)) {
      remember(agencyId, readJson(item, 'body', activationSchema), now);
    }
    const found = wanted.flatMap((id) => {
      const cached = cache.get(`${agencyId} ${id}`);
      return cached !== undefined && cached.until > now ? [cached.activation] : [];
    });
    return new Map(found.map((activation) => [activation.activationId, activation]));
  };
};
export type LoadActivations = ReturnType<typeof activations>;
