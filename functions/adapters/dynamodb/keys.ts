import {
  type ActivationId,
  type AgencyId,
  type AlertId,
  type HeadEndId,
  type OrderId,
  type PermissionId,
  type TokenId,
  type ViolationId,
  type WearerId,
  type WearerRef,
  wearerRefSchema,
} from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';

/** Every key of every table is made here or in a file named keys, and begins with the agency. */
export type Key = Readonly<{ pk: string; sk: string }>;

/** Documents that wearers share, and the people and plans behind alerts. */
export type SharedKind =
  | 'AREA'
  | 'ZONE'
  | 'ZONE-LIST'
  | 'TIMETABLE'
  | 'THRESHOLDS'
  | 'PERSON'
  | 'POLICY'
  | 'HOLIDAYS'
  | 'LIAISON'
  | 'ROTA';

export const padded = (version: number): string => String(version).padStart(8, '0');

export const statePk = ({ agencyId, wearerId }: WearerRef): string => `${agencyId}#${wearerId}`;

/** The wearer of a key of the state table: an agency's id holds no "#". */
export const wearerOf = (pk: string): WearerRef => {
  const [agencyId, wearerId] = pk.split('#');
  return wearerRefSchema.parse({ agencyId, wearerId });
};

export const wearerPk = ({ agencyId, wearerId }: WearerRef): string =>
  `${agencyId}#WEARER#${wearerId}`;

/** The wearer of a partition that is theirs. */
export const wearerOfPartition = (pk: string): WearerRef => {
  const [agencyId, , wearerId] = pk.split('#');
  return wearerRefSchema.parse({ agencyId, wearerId });
};

export const wearerKey = (wearer: WearerRef): Key => ({ pk: wearerPk(wearer), sk: 'WEARER' });

export const orderKey = (wearer: WearerRef, orderId: OrderId): Key => ({
  pk: wearerPk(wearer),
  sk: `ORDER#${orderId}`,
});

/** A permission lifts conditions; its key lies in the range below. */
export const permissionKey = (wearer: WearerRef, permissionId: PermissionId): Key => ({
  pk: wearerPk(wearer),
  sk: `LIFTED#${permissionId}`,
});

/** A wearer's own copy of an activation, beside the one that ingest looks up. */
export const wornKey = (wearer: WearerRef, activationId: ActivationId): Key => ({
  pk: wearerPk(wearer),
  sk: `ACTIVATION#${activationId}`,
});

/** Two people who are evaluated together, under the reference of their pair. */
export const pairKey = (pair: WearerRef): Key => ({ pk: wearerPk(pair), sk: 'PAIR' });

/** Names a pair beside each of its two; in the range below. */
export const memberOfKey = (wearer: WearerRef, pairId: WearerId): Key => ({
  pk: wearerPk(wearer),
  sk: `MEMBER_OF#${pairId}`,
});

/** What was learned of a wearer's places; among what is read with the orders. */
export const learnedKey = (wearer: WearerRef): Key => ({ pk: wearerPk(wearer), sk: 'LEARNED' });

/** From here to there lie a wearer's activations and orders, and nothing else. */
export const SUPERVISION_RANGE = { from: 'ACTIVATION#', to: 'ORDER#~' } as const;

export const activationKey = (agencyId: AgencyId, activationId: ActivationId): Key => ({
  pk: `${agencyId}#ACTIVATION#${activationId}`,
  sk: 'ACTIVATION',
});

/** Everything a device was ever part of, for clients that know no activation. */
export const devicePk = (
  device: Readonly<{ agencyId: AgencyId; headEndId: HeadEndId; deviceSerial: string }>,
): string => `${device.agencyId}#DEVICE#${device.headEndId}#${device.deviceSerial}`;

/** One row an activation, in the partition of its device. */
export const deviceKey = (
  device: Parameters<typeof devicePk>[0],
  activationId: ActivationId,
): Key => ({ pk: devicePk(device), sk: `ACTIVATION#${activationId}` });

/** All activations of an agency whose device is of a known batch. */
export const batchesPk = (agencyId: AgencyId): string => `${agencyId}#BATCHES`;

export const batchedKey = (agencyId: AgencyId, activationId: ActivationId): Key => ({
  pk: batchesPk(agencyId),
  sk: activationId,
});

export const sharedKey = (agencyId: AgencyId, kind: SharedKind, id: string): Key => ({
  pk: `${agencyId}#${kind}#${id}`,
  sk: 'CURRENT',
});

/** An earlier version of whatever stands at a key: written once, never changed. */
export const versionKey = ({ pk, sk }: Key, version: number): Key => ({
  pk,
  sk: `VERSION#${sk}#${padded(version)}`,
});

/** From here to there lie all versions of whatever stands at a key, in their order. */
export const versionsRange = ({ sk }: Key): Readonly<{ from: string; to: string }> => ({
  from: `VERSION#${sk}#`,
  to: `VERSION#${sk}#~`,
});

/** Names a wearer whose order refers to a zone or timetable. */
export const usedByKey = (shared: Key, wearerId: WearerId): Key => ({
  pk: shared.pk,
  sk: `USED_BY#${wearerId}`,
});
export const USED_BY_PREFIX = 'USED_BY#';

export const violationKey = (wearer: WearerRef, violationId: string): Key => ({
  pk: wearerPk(wearer),
  sk: `${VIOLATION_PREFIX}${violationId}`,
});
export const VIOLATION_PREFIX = 'VIOLATION#';

export const alertPk = (agencyId: AgencyId, alertId: AlertId): string =>
  `${agencyId}#ALERT#${alertId}`;

export const alertKey = (agencyId: AgencyId, alertId: AlertId): Key => ({
  pk: alertPk(agencyId, alertId),
  sk: 'ALERT',
});

/** Outbox rows share the partition of what they are about, so that the stream keeps their order. */
export const outboxKey = (pk: string, sequence: number): Key => ({
  pk,
  sk: `OUTBOX#${padded(sequence)}`,
});
export const OUTBOX_PREFIX = 'OUTBOX#';

/** A nudge to a wearer, in their partition: one for each thing found that calls for one. */
export const nudgeKey = (wearer: WearerRef, nudgeId: ViolationId): Key => ({
  pk: wearerPk(wearer),
  sk: `${NUDGE_PREFIX}${nudgeId}`,
});
export const NUDGE_PREFIX = 'OUTBOX#NUDGE#';

/** A change's notice to evaluation, in the partition of what changed. */
export const noticeKey = (key: Key, version: number): Key => ({
  pk: key.pk,
  sk: `OUTBOX#${key.sk}#${padded(version)}`,
});

export const tokenKey = (agencyId: AgencyId, tokenId: TokenId): Key => ({
  pk: `${agencyId}#TOKEN#${tokenId}`,
  sk: 'TOKEN',
});

/** The counter of what a token has taken this minute; in a table of its own. */
export const allowancePk = (agencyId: AgencyId, tokenId: TokenId): string =>
  `${agencyId}#ALLOWANCE#${tokenId}`;

export const trailKey = (wearer: WearerRef, startedAt: Instant): Key => ({
  pk: wearerPk(wearer),
  sk: `SLICE#${toIso(startedAt)}`,
});

/** Events that came after their slice had been closed, until they are folded in. */
export const lateKey = (wearer: WearerRef, recordedAt: Instant, name: string): Key => ({
  pk: wearerPk(wearer),
  sk: `LATE#${toIso(recordedAt)}#${name}`,
});

/** Events of a device that was not on the wearer: kept, and no part of the wearer's trail. */
export const asideKey = (wearer: WearerRef, recordedAt: Instant, name: string): Key => ({
  pk: wearerPk(wearer),
  sk: `ASIDE#${toIso(recordedAt)}#${name}`,
});

/** The three kinds of items of the trail; within each, keys are in the order of time. */
export const TRAIL_PREFIXES = ['SLICE#', 'LATE#', 'ASIDE#'] as const;
export const isAside = (sk: string): boolean => sk.startsWith('ASIDE#');

/** Events of a parked wearer, until they are folded. */
export const parkedKey = (wearer: WearerRef, recordedAt: Instant, name: string): Key => ({
  pk: wearerPk(wearer),
  sk: `PARKED#${toIso(recordedAt)}#${name}`,
});
export const PARKED_RANGE = { from: 'PARKED#', to: 'PARKED#~' } as const;
/** Since when a wearer was parked; among their documents. */
export const parkedStretchKey = (wearer: WearerRef, parkedAt: Instant): Key =>
  parkedKey(wearer, parkedAt, 'STRETCH');

export const recordKey = (wearer: WearerRef, at: Instant, name: string): Key => ({
  pk: wearerPk(wearer),
  sk: `${toIso(at)}#${name}`,
});

/** What happened to an alert, within the record of a wearer; in the order of its epochs. */
export const escalateName = (alertId: AlertId, epoch: number, nth: number): string =>
  `ESCALATE#${alertId}#${padded(epoch)}#${nth}`;

/** The alert that an entry of the record is about; null for an entry of another kind. */
export const alertOfEntry = (sk: string): string | null => {
  const [, kind, alertId] = sk.split('#');
  return kind === 'ESCALATE' ? (alertId ?? null) : null;
};

/**
 * Partition of the index in which an agency's alerts of a status are listed by the time they
 * opened.
 */
export const listKey = (agencyId: AgencyId, status: string): string =>
  `${agencyId}#ALERTS#${status}`;

/** The sharded index of due instants: as many partitions as keep any one far from its limit. */
export const DUE_SHARDS = 4;

export const shardOf = (name: string): number => {
  let sum = 0;
  for (let i = 0; i < name.length; i += 1) sum = (sum * 31 + name.charCodeAt(i)) % 65_521;
  return sum % DUE_SHARDS;
};

/** What is due is swept across agencies, so this key alone begins with the shard. */
export const dueShard = (pk: string): string => `DUE#${shardOf(pk)}`;
/** Parked wearers stand in the index of due instants too, in a shard that nobody drives. */
export const PARKED_SHARD = 'PARKED';
export const allDueShards = (): string[] =>
  Array.from({ length: DUE_SHARDS }, (_, shard) => `DUE#${shard}`);
