import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FOREVER } from '#domain/evaluate/hours.ts';
import { compilePairTimeline } from '#domain/evaluate/pair/pair-history.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { compileTimeline, type SupervisionHistory } from '#domain/evaluate/supervision-history.ts';
import { newestSupervision, type Timeline } from '#domain/evaluate/timeline.ts';
import type { Dated, OrderVersion, Versioned } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { isPair, pairSchema } from '#domain/model/pair.ts';
import { type Permission, permissionSchema } from '#domain/model/permission.ts';
import { type KnownVisit, visitSchema } from '#domain/model/visit.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { checkPlansFrom } from './check-plans.ts';
import { versionOf } from './documents.ts';
import { type Item, keyOf, readJson, readText } from './items.ts';
import { SUPERVISION_RANGE, wearerPk } from './keys.ts';
import { learnedFrom } from './learned-places.ts';
import { pairs } from './pairs.ts';
import { between, queryAll } from './query.ts';
import { type Freshness, sharedDocuments } from './shared-documents.ts';
import { datedOf, type Since, versions } from './versions.ts';

/** What is wanted of a wearer's history: since when, and as was known when; now, if absent. */
export type Wanted = Readonly<{ sinceAt: Instant; knownAt?: Instant; freshness?: Freshness }>;

const orderFrom = (item: Item): OrderVersion & Dated => ({
  ...datedOf(item),
  checkPlans: checkPlansFrom(item),
  value: readJson(item, 'body', orderSchema),
});

export const histories = (client: DynamoDBClient, table: string) => {
  const loadVersions = versions(client, table);
  const loadShared = sharedDocuments(client, table, loadVersions);

  /** A document of a wearer with the versions that matter, the newest first. */
  const withVersions = async (item: Item, since: Since): Promise<readonly Item[]> => {
    const key = keyOf(item);
    const found = await loadVersions(key, datedOf(item), since);
    return found === 'current' ? [item] : found;
  };

  /** Whose a device was is a matter of its own interval: the newest that is known of it counts. */
  const activationOf = async (item: Item, { knownAt }: Since): Promise<Activation[]> => {
    const [newest] = await withVersions(item, { sinceAt: FOREVER, knownAt });
    return newest === undefined ? [] : [readJson(newest, 'body', activationSchema)];
  };

  /** A permission is about the time that it names: the newest that is known of it counts. */
  const permissionOf = async (item: Item, { knownAt }: Since): Promise<Versioned<Permission>[]> => {
    const [newest] = await withVersions(item, { sinceAt: FOREVER, knownAt });
    if (newest === undefined) return [];
    return [{ version: versionOf(newest), value: readJson(newest, 'body', permissionSchema) }];
  };

  /** A visit's outcome is on record since it was put there, whenever the visit was. */
  const visitOf = async (item: Item, { sinceAt, knownAt }: Since): Promise<KnownVisit[]> => {
    const [newest] = await withVersions(item, { sinceAt: FOREVER, knownAt });
    if (newest === undefined) return [];
    const { visitId, until, outcome } = readJson(newest, 'body', visitSchema);
    const outcomeAt = outcome === null ? null : datedOf(newest).changedAt;
    return outcomeAt !== null && outcomeAt < sinceAt ? [] : [{ visitId, until, outcomeAt }];
  };

  /** Every version that was in force from an instant on, strongly consistent. */
  return async (wearer: WearerRef, wanted: Wanted): Promise<SupervisionHistory> => {
    const { sinceAt, knownAt = FOREVER, freshness = 'fresh' } = wanted;
    const since = { sinceAt, knownAt };
    const items = await queryAll(client, between(table, wearerPk(wearer), SUPERVISION_RANGE));
    const ofKind = (kind: string) => items.filter((item) => readText(item, 'entity') === kind);
    const orders = await Promise.all(
      ofKind('ORDER').map(async (item) => (await withVersions(item, since)).map(orderFrom)),
    );
    const activations = await Promise.all(
      ofKind('ACTIVATION').map((item) => activationOf(item, since)),
    );
    const permissions = await Promise.all(
      ofKind('PERMISSION').map((item) => permissionOf(item, since)),
    );
    const visits = await Promise.all(ofKind('VISIT').map((item) => visitOf(item, since)));
    const learned = await Promise.all(
      ofKind('LEARNED').map(async (item) => (await withVersions(item, since)).map(learnedFrom)),
    );
    const every = orders.flat().map(({ value }) => value);
    const shared = await loadShared(wearer.agencyId, every, { freshness, since });
    const joined = ofKind('MEMBER-OF').map((item) => readJson(item, 'body', pairSchema).pairId);
    return {
      ...{ wearer, orders, activations: activations.flat(), pairs: joined, ...shared },
      ...{ permissions: permissions.flat(), learned: learned.flat(), visits: visits.flat() },
    };
  };
};
export type LoadHistory = ReturnType<typeof histories>;

/**
 * Everything in force for a wearer from an instant on, strongly consistent. Throws MissingDocument
 * as compiling does.
 */
export const timelines = (client: DynamoDBClient, table: string) => {
  const loadHistory = histories(client, table);
  const { load: loadMembers } = pairs(client, table);

  /** The same of two people, by what is on record of each. */
  const loadPair = async (pair: WearerRef, wanted: Wanted): Promise<Timeline> => {
    const { members } = await loadMembers(pair);
    const [one, other] = members.map((wearerId) => ({ ...pair, wearerId }));
    if (one === undefined || other === undefined) throw new RangeError('a pair has two members');
    const both = await Promise.all([loadHistory(one, wanted), loadHistory(other, wanted)]);
    return compilePairTimeline({ ...pair, members }, both, wanted.sinceAt);
  };

  return async (wearer: WearerRef, wanted: Wanted): Promise<Timeline> =>
    isPair(wearer)
      ? loadPair(wearer, wanted)
      : compileTimeline(await loadHistory(wearer, wanted), wanted.sinceAt);
};
export type LoadTimeline = ReturnType<typeof timelines>;

/** Everything now in force for a wearer, whatever was before. Throws as `timelines` does. */
export const supervisions = (client: DynamoDBClient, table: string) => {
  const load = timelines(client, table);
  return async (wearer: WearerRef, freshness: Freshness = 'fresh'): Promise<Supervision> =>
    newestSupervision(await load(wearer, { sinceAt: FOREVER, freshness }));
};
export type LoadSupervision = ReturnType<typeof supervisions>;
