import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ActivationId, AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { batchGetAs, type Consistency } from './batch-get.ts';
import { keyItem, readJson } from './items.ts';
import { activationKey } from './keys.ts';

const MOST_CACHED = 50_000;

type Cached = Readonly<{ activation: Activation; readAt: Instant; consistency: Consistency }>;

/**
 * How old what a warm function remembers may be, and whether a change of this very moment must
 * show.
 */
export type Freshness = Readonly<{
  now: Instant;
  maxAgeSeconds: number;
  consistency: Consistency;
}>;

export const activations = (client: DynamoDBClient, table: string) => {
  const cache = new Map<string, Cached>();

  const remember = (agencyId: AgencyId, cached: Cached): void => {
    const name = `${agencyId} ${cached.activation.activationId}`;
    cache.delete(name);
    cache.set(name, cached);
    const [oldest] = cache.keys();
    if (cache.size > MOST_CACHED && oldest !== undefined) cache.delete(oldest);
  };

  /**
   * The activations that exist among some, by id, as they were at most so long ago. One that is
   * unknown is asked for again each time.
   */
  return async (
    agencyId: AgencyId,
    ids: readonly ActivationId[],
    { now, maxAgeSeconds, consistency }: Freshness,
  ): Promise<Map<ActivationId, Activation>> => {
    const wanted = [...new Set(ids)];
    const notBefore = now - maxAgeSeconds * 1000;
    const isFresh = (id: ActivationId): boolean => {
      const cached = cache.get(`${agencyId} ${id}`);
      // What was read just now may still be what stood a moment before.
      const isSure = consistency === 'eventual' || cached?.consistency === 'strong';
      // By a clock that was put back what was read ahead of it is not known to be young.
      return cached !== undefined && isSure && cached.readAt > notBefore && cached.readAt <= now;
    };
    const missing = wanted.filter((id) => !isFresh(id));
    const keys = missing.map((id) => keyItem(activationKey(agencyId, id)));
    for (const item of await batchGetAs(client, { table, keys, consistency })) {
      const activation = readJson(item, 'body', activationSchema);
      remember(agencyId, { activation, readAt: now, consistency });
    }
    const found = wanted.flatMap((id) => {
      const cached = cache.get(`${agencyId} ${id}`);
      return cached !== undefined && isFresh(id) ? [cached.activation] : [];
    });
    return new Map(found.map((activation) => [activation.activationId, activation]));
  };
};
export type LoadActivations = ReturnType<typeof activations>;
