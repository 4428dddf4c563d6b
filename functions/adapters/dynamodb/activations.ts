import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ActivationId, AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { batchGet } from './batch-get.ts';
import { keyItem, readJson } from './items.ts';
import { activationKey } from './keys.ts';

const MOST_CACHED = 50_000;

type Cached = Readonly<{ activation: Activation; readAt: Instant }>;

/** How old what a warm function remembers may be. */
export type Freshness = Readonly<{ now: Instant; maxAgeSeconds: number }>;

export const activations = (client: DynamoDBClient, table: string) => {
  const cache = new Map<string, Cached>();

  const remember = (agencyId: AgencyId, activation: Activation, readAt: Instant): void => {
    const name = `${agencyId} ${activation.activationId}`;
    cache.delete(name);
    cache.set(name, { activation, readAt });
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
    { now, maxAgeSeconds }: Freshness,
  ): Promise<Map<ActivationId, Activation>> => {
    const wanted = [...new Set(ids)];
    const notBefore = now - maxAgeSeconds * 1000;
    const isFresh = (id: ActivationId) =>
      (cache.get(`${agencyId} ${id}`)?.readAt ?? Number.NEGATIVE_INFINITY) > notBefore;
    const missing = wanted.filter((id) => !isFresh(id));
    const keys = missing.map((id) => keyItem(activationKey(agencyId, id)));
    for (const item of await batchGet(client, table, keys)) {
      remember(agencyId, readJson(item, 'body', activationSchema), now);
    }
    const found = wanted.flatMap((id) => {
      const cached = cache.get(`${agencyId} ${id}`);
      return cached !== undefined && isFresh(id) ? [cached.activation] : [];
    });
    return new Map(found.map((activation) => [activation.activationId, activation]));
  };
};
export type LoadActivations = ReturnType<typeof activations>;
