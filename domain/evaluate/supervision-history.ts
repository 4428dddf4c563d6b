import { digest } from '../model/digest.ts';
import type {
  Dated,
  DatedVersion,
  OrderVersion,
  TimetableVersion,
  Versioned,
  ZoneListVersion,
  ZoneVersion,
} from '../model/documents.ts';
import type {
  OrderId,
  ThresholdPolicyId,
  TimetableId,
  WearerId,
  WearerRef,
  ZoneId,
  ZoneListId,
} from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { Permission } from '../model/permission.ts';
import { referencesOf } from '../model/references.ts';
import type { ThresholdPolicy } from '../model/threshold-policy.ts';
import { isOutstanding, type KnownVisit } from '../model/visit.ts';
import type { Activation } from '../model/wearer.ts';
import { compileSupervision } from './compile-supervision.ts';
import type { LearnedPlaces } from './position/learn-places.ts';
import { MissingDocument, type SupervisionDocuments } from './sources.ts';
import {
  activationEnds,
  devicesAt,
  type Era,
  erasFrom,
  newestSupervision,
  type Timeline,
} from './timeline.ts';

/** Every version that was in force at or after an instant, of everything that evaluation needs. */
export type SupervisionHistory = Readonly<{
  wearer: WearerRef;
  /** Of each order, its versions. */
  orders: readonly (readonly (OrderVersion & Dated)[])[];
  zones: ReadonlyMap<ZoneId, readonly (ZoneVersion & Dated)[]>;
  zoneLists?: ReadonlyMap<ZoneListId, readonly (ZoneListVersion & Dated)[]>;
  timetables: ReadonlyMap<TimetableId, readonly (TimetableVersion & Dated)[]>;
  /** The newest that is known of each: it says itself what time it is about. */
  activations: readonly Activation[];
  /** What was learned of the wearer's places, each time that it was. */
  learned?: readonly DatedVersion<LearnedPlaces>[];
  /** The pairs that must hear of the wearer. */
  pairs?: readonly WearerId[];
  visits?: readonly KnownVisit[];
  /** The newest version of each: they are about the time that they name, whenever it was said. */
  permissions?: readonly Versioned<Permission>[];
  thresholdPolicies?: ReadonlyMap<ThresholdPolicyId, readonly DatedVersion<ThresholdPolicy>[]>;
}>;

/**
 * The version in force at an instant: the newest of those that say that they were. Null before the
 * first.
 */
export const versionAt = <V extends Dated>(versions: readonly V[], at: Instant): V | null =>
  versions
    .filter(({ inForceAt }) => inForceAt <= at)
    .reduce<V | null>(
      (best, one) => (best === null || one.version > best.version ? one : best),
      null,
    );

/** The same for what others refer to: it stands in its first version before that, too. */
export const standingAt = <V extends Dated>(versions: readonly V[], at: Instant): V | null =>
  versionAt(versions, at) ??
  versions.reduce<V | null>(
    (first, one) => (first && first.version < one.version ? first : one),
    null,
  );

const mapAt = <K, V extends Dated>(
  all: ReadonlyMap<K, readonly V[]>,
  at: Instant,
): ReadonlyMap<K, V> =>
  new Map(
    [...all].flatMap(([id, versions]): [K, V][] => {
      const found = standingAt(versions, at);
      return found === null ? [] : [[id, found]];
    }),
  );

/** What refers to nothing any more is left out: its versions change nothing. */
const referredTo = (orders: readonly OrderVersion[]): ReadonlySet<string> =>
  new Set(
    orders.flatMap(({ value }) => referencesOf(value).map(({ kind, id }) => `${kind} ${id}`)),
  );

/** The thresholds of each order that goes by an agency's own. */
const thresholdsAt = (
  { thresholdPolicies = new Map() }: SupervisionHistory,
  orders: readonly OrderVersion[],
  at: Instant,
): Pick<SupervisionDocuments, 'thresholdPolicies'> => {
  const found = orders.flatMap(({ value }): [OrderId, Versioned<ThresholdPolicy>][] => {
    const id = value.thresholdPolicyId;
    if (id === null) return [];
    const policy = standingAt(thresholdPolicies.get(id) ?? [], at);
    if (policy === null) throw new MissingDocument('threshold policy', id);
    return [[value.orderId, policy]];
  });
  return found.length === 0 ? {} : { thresholdPolicies: new Map(found) };
};

const listsAt = (
  { zoneLists = new Map() }: SupervisionHistory,
  names: ReadonlySet<string>,
  at: Instant,
): Pick<SupervisionDocuments, 'zoneLists'> => {
  const found = [...mapAt(zoneLists, at)].filter(([id]) => names.has(`ZONE-LIST ${id}`));
  return found.length === 0 ? {} : { zoneLists: new Map(found) };
};

/** The documents as they stood at an instant. */
export const documentsAt = (history: SupervisionHistory, at: Instant): SupervisionDocuments => {
  const { wearer, activations, permissions, visits = [] } = history;
  const orders = history.orders.flatMap((versions) => versionAt(versions, at) ?? []);
  const names = referredTo(orders);
  const zones = mapAt(history.zones, at);
  const timetables = mapAt(history.timetables, at);
  return {
    wearer,
    activations,
    visits,
    pairs: history.pairs ?? [],
    orders,
    learnedPlaces: versionAt(history.learned ?? [], at)?.value.places ?? [],
    zones: new Map([...zones].filter(([id]) => names.has(`ZONE ${id}`))),
    ...listsAt(history, names, at),
    timetables: new Map([...timetables].filter(([id]) => names.has(`TIMETABLE ${id}`))),
    ...(permissions === undefined ? {} : { permissions }),
    ...thresholdsAt(history, orders, at),
  };
};

/** The orders that had ended by an instant. */
export const endedAt = ({ orders }: SupervisionDocuments, at: Instant): ReadonlySet<OrderId> =>
  new Set(
    orders.flatMap(({ value: { orderId, endsAt } }) =>
      endsAt !== null && endsAt <= at ? [orderId] : [],
    ),
  );

/** Every instant at which something may come into force, or cease to be. */
export const edgesOf = (history: SupervisionHistory): Instant[] => {
  const policies = [...(history.thresholdPolicies ?? new Map()).values()];
  const lists = [...(history.zoneLists ?? new Map()).values()];
  const drawn = [...history.zones.values(), ...lists, ...history.timetables.values()];
  const shared = [...drawn, ...policies].flat();
  const orders = history.orders.flat();
  return [
    ...[...shared, ...orders, ...(history.learned ?? [])].map(({ inForceAt }) => inForceAt),
    ...orders.flatMap(({ value: { endsAt } }) => endsAt ?? []),
    ...activationEnds(history.activations),
    ...(history.visits ?? []).flatMap(({ until, outcomeAt }) => [
      until,
      ...(outcomeAt ? [outcomeAt] : []),
    ]),
    ...(history.permissions ?? []).flatMap(({ value: { from, until } }) => [from, until]),
  ];
};

/** Permissions count only where they let somebody off: what lies apart stays as it was. */
const namesOf = (documents: SupervisionDocuments): string =>
  JSON.stringify([
    documents.orders.map(({ value, version }) => [value.orderId, version]),
    [...documents.zones].map(([id, { version }]) => [id, version]),
    [...(documents.zoneLists ?? [])].map(([id, { version }]) => [id, version]),
    [...documents.timetables].map(([id, { version }]) => [id, version]),
    [...(documents.thresholdPolicies ?? [])].map(([id, { version }]) => [id, version]),
    (documents.learnedPlaces ?? []).map(({ at, fromDay }) => [at.lat, at.lon, fromDay]),
  ]);

const isOff = ({ from, until, isRevoked }: Permission, at: Instant): boolean =>
  !isRevoked && from <= at && at < until;

/**
 * What was in force from an instant on, era after era. Throws MissingDocument where an order of the
 * newest versions names what is not on record.
 */
export const compileTimeline = (history: SupervisionHistory, sinceAt: Instant): Timeline => {
  const { wearer, activations } = history;
  const compiled = new Map<string, Era['supervision']>();
  const eraFrom = (fromAt: Instant): Era => {
    const documents = documentsAt(history, fromAt);
    const names = namesOf(documents);
    const supervision = compiled.get(names) ?? compileSupervision(documents);
    compiled.set(names, supervision);
    const endedOrders = endedAt(documents, fromAt);
    const off = (history.permissions ?? []).filter(({ value }) => isOff(value, fromAt));
    const visits = (history.visits ?? []).filter((one) => isOutstanding(one, one.until, fromAt));
    const parts = [
      names,
      [...endedOrders],
      devicesAt(activations, fromAt),
      off.map(({ value, version }) => [value.permissionId, version]),
      ...visits.map(({ visitId }) => visitId),
    ];
    return { fromAt, key: digest(JSON.stringify(parts)), supervision, endedOrders };
  };
  const eras = erasFrom(sinceAt, edgesOf(history), eraFrom);
  // The last era has the newest version of all: nothing comes into force later than it is put.
  const { key } = newestSupervision({ eras });
  return { wearer, key, activations, fromAt: sinceAt, eras };
};
