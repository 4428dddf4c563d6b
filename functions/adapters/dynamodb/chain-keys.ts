import type { AgencyId } from '#domain/model/ids.ts';
import { DAY_MILLISECONDS, type Instant, instant, toIso } from '#domain/model/instant.ts';
import { DUE_SHARDS, type Key, padded, shardOf } from './keys.ts';

/** A chain is named after its partition of the record, which begins with the agency. */
const agencyOf = (chain: string): string => chain.split('#')[0] ?? '';

/** No partition of entries is of this kind. */
const SEALED = '#SEALED#';

export const LINK_PREFIX = 'LINK#';
/** A position of a chain, in the table of chains. */
export const linkKey = (chain: string, position: number): Key => ({
  pk: chain,
  sk: `${LINK_PREFIX}${padded(position)}`,
});

/** Says that what a partition held before its first link is sealed. It lies behind all links. */
export const wholeKey = (chain: string): Key => ({ pk: chain, sk: 'WHOLE' });

/**
 * That an entry is sealed, where, and with which salt: in the table of the record, so that it can
 * be erased with its entry, and apart from the entries, so that nobody takes it for one.
 */
export const sealedPk = (chain: string): string => chain.replace('#', SEALED);
/** The chain of such a partition; null for one of entries. */
export const chainOfSealed = (pk: string): string | null =>
  agencyOf(pk) + SEALED === pk.slice(0, agencyOf(pk).length + SEALED.length)
    ? pk.replace(SEALED, '#')
    : null;
export const sealedKey = (chain: string, name: string): Key => ({
  pk: sealedPk(chain),
  sk: name,
});

export const ANCHORED_PREFIX = 'ANCHORED#';
/** Where a chain stood in an anchor. Of a try that came to nothing the root is another. */
export const anchoredKey = (chain: string, number: number, root: string): Key => ({
  pk: chain,
  sk: `${ANCHORED_PREFIX}${padded(number)}#${root}`,
});

export const anchorsPk = (agencyId: AgencyId): string => `${agencyId}#ANCHORS`;
export const anchorKey = (agencyId: AgencyId, number: number): Key => ({
  pk: anchorsPk(agencyId),
  sk: `ANCHOR#${padded(number)}`,
});

export const ARCHIVED_PREFIX = 'ARCHIVED#';
/** That a stretch of a chain is in the archive, by its last position. */
export const archivedKey = (chain: string, last: number): Key => ({
  pk: chain,
  sk: `${ARCHIVED_PREFIX}${padded(last)}`,
});

const onDay = (agency: string, kind: string, day: string): string => `${agency}#${kind}#${day}`;

/**
 * The day, in UTC, that an entry says it happened on, for the index that finds what is not sealed.
 * Entry and seal share it. Sharded, so that one partition need not take all entries of a day.
 */
export const entryDay = (chain: string, at: string): string =>
  `${onDay(agencyOf(chain), 'ENTRIES', at.slice(0, 10))}#${shardOf(chain)}`;

/** The day on which a link was made, for the index that finds what changed. */
export const sealedDay = (chain: string, sealedAt: Instant): string =>
  `${onDay(agencyOf(chain), 'SEALED', toIso(sealedAt).slice(0, 10))}#${shardOf(chain)}`;

const shardsOf = (kind: string) => (agencyId: AgencyId, day: string) =>
  Array.from({ length: DUE_SHARDS }, (_, shard) => `${onDay(agencyId, kind, day)}#${shard}`);
export const entryDayShards = shardsOf('ENTRIES');
export const sealedDayShards = shardsOf('SEALED');

/** The days, in UTC, that two instants and all between them lie on. */
export const daysBetween = (fromAt: Instant, untilAt: Instant): string[] => {
  const first = Math.floor(fromAt / DAY_MILLISECONDS);
  const days = Math.floor(untilAt / DAY_MILLISECONDS) - first + 1;
  return Array.from({ length: Math.max(0, days) }, (_, i) =>
    toIso(instant((first + i) * DAY_MILLISECONDS)).slice(0, 10),
  );
};
