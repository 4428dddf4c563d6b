import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import { standingAt } from '#domain/evaluate/supervision-history.ts';
import type { Dated } from '#domain/model/documents.ts';
import type { Instant } from '#domain/model/instant.ts';
import { datesOf, documents, versionOf } from './documents.ts';
import { type Item, readJson } from './items.ts';
import { type Key, versionsRange } from './keys.ts';
import { between, pagesOf } from './query.ts';

/** Which versions matter: those that were in force since an instant, as was known at another. */
export type Since = Readonly<{ sinceAt: Instant; knownAt: Instant }>;

type Dates = Pick<Dated, 'changedAt' | 'inForceAt'>;

/** Of most documents one or two are wanted; a zone may fill a page by itself. */
const AT_ONCE = 4;

/** A version's number and instants, as every item of a document has them. */
export const datedOf = (item: Item): Dated => ({ version: versionOf(item), ...datesOf(item) });

/** Reads earlier versions of documents, as far back as they matter. */
export const versions = (client: DynamoDBClient, table: string) => {
  const isLast = ({ changedAt, inForceAt }: Dates, { sinceAt, knownAt }: Since): boolean =>
    changedAt <= knownAt && inForceAt <= sinceAt;

  /**
   * The versions of a document that were in force at or after an instant, the newest first;
   * whatever is older than one that was in force by then never was again. `current`: the newest
   * alone.
   */
  return async (key: Key, current: Dated, since: Since): Promise<Item[] | 'current'> => {
    const isKnown = ({ changedAt }: Dates): boolean => changedAt <= since.knownAt;
    if (isLast(current, since) || (current.version === 1 && isKnown(current))) return 'current';
    const all = between(table, key.pk, versionsRange(key));
    const found: Item[] = [];
    for await (const items of pagesOf(client, {
      ...all,
      ScanIndexForward: false,
      Limit: AT_ONCE,
    })) {
      found.push(...items);
      if (items.some((item) => isLast(datesOf(item), since))) break;
    }
    return found.filter((item) => isKnown(datesOf(item)));
  };
};
export type LoadVersions = ReturnType<typeof versions>;

/** A document as it stood at an instant, as was known at another. */
export type DocumentAt<T> = Dated & Readonly<{ value: T }>;

/**
 * Loads documents as they stood. One that was only put on record later stands in its first version:
 * it was referred to, and nobody knows what it said before. Null where there is none, or where it
 * was not known.
 */
export const documentsAsAt = (client: DynamoDBClient, table: string) => {
  const { loadItem } = documents(client, table);
  const loadVersions = versions(client, table);
  return async <S extends z.ZodType>(
    key: Key,
    schema: S,
    { time, knownAt }: Readonly<{ time: Instant; knownAt: Instant }>,
  ): Promise<DocumentAt<z.output<S>> | null> => {
    const current = await loadItem(key);
    if (current === null) return null;
    const found = await loadVersions(key, datedOf(current), { sinceAt: time, knownAt });
    const known = found === 'current' ? [current] : found;
    const all = known.map((item) => ({ ...datedOf(item), value: readJson(item, 'body', schema) }));
    return standingAt(all, time);
  };
};
export type LoadDocumentAt = ReturnType<typeof documentsAsAt>;
