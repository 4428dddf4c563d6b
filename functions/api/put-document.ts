import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { parseWellFormed } from '#domain/model/well-formed.ts';
import { type Documents, datesOf } from '../adapters/dynamodb/documents.ts';
import { type Item, readNumber, readText } from '../adapters/dynamodb/items.ts';
import type { Key } from '../adapters/dynamodb/keys.ts';
import { type HttpResponse, jsonResponse, refusal } from '../middleware/http.ts';
import { notFound, unacceptable } from './problems.ts';

/** A document to be put: what is kept of it, and what changes with it in the same transaction. */
export type Put = Readonly<{
  agencyId: AgencyId;
  key: Key;
  entity: string;
  body: object;
  changedAt: Instant;
  /** From when it says that it is in force; null or absent: from `changedAt`. */
  inForceAt?: Instant | null;
  extra?: Item;
  /** The item as it stands, where it has been read already: then it is saved over that alone. */
  known?: Item | null;
  /** What is saved beside it puts the document on record. */
  hasOwnEntry?: boolean;
  beside?: (version: number) => readonly TransactWriteItem[];
  warnings?: readonly object[];
}>;

/** DynamoDB keeps 400 KB an item; what it is kept with takes little room beside it. */
const MOST_BYTES = 380_000;

const bytesOf = ({ body, extra = {} }: Put): number =>
  Object.values(extra).reduce(
    (sum, { B, S }) => sum + (B?.length ?? 0) + Buffer.byteLength(S ?? ''),
    Buffer.byteLength(JSON.stringify(body)),
  );

const bodyOf = (item: Item): unknown => parseWellFormed(readText(item, 'body'));

const isKeptAs = (item: Item, plain: unknown): boolean => {
  try {
    return isDeepStrictEqual(bodyOf(item), plain);
  } catch {
    // Record: what cannot be read is not what is put, which mends it.
    return false;
  }
};

const isInForceAs = (item: Item, { inForceAt = null }: Put): boolean =>
  inForceAt === null || inForceAt === datesOf(item).inForceAt;

/** Puts the next version of a document. The same document again changes nothing. */
export const putDocument = async (documents: Documents, put: Put): Promise<HttpResponse> => {
  const bytes = bytesOf(put);
  if (bytes > MOST_BYTES) {
    const message = `${bytes} bytes as it would be kept, at most ${MOST_BYTES}: leave something out`;
    return unacceptable([{ path: '', code: 'too-large', message }]);
  }
  const item = put.known === undefined ? await documents.loadItem(put.key) : put.known;
  const readVersion = item === null ? 0 : readNumber(item, 'version');
  const plain: unknown = JSON.parse(JSON.stringify(put.body));
  const warned = put.warnings && put.warnings.length > 0 ? { warnings: put.warnings } : {};
  if (item !== null && isKeptAs(item, plain) && isInForceAs(item, put)) {
    return jsonResponse(200, { version: readVersion, changed: false, ...warned });
  }
  const version = readVersion + 1;
  const saved = await documents.save({
    key: put.key,
    entity: put.entity,
    body: put.body,
    extra: { agencyId: { S: put.agencyId }, ...put.extra },
    readVersion,
    changedAt: put.changedAt,
    inForceAt: put.inForceAt ?? null,
    hasOwnEntry: put.hasOwnEntry ?? false,
    beside: put.beside?.(version) ?? [],
  });
  if (saved === 'conflict') {
    const message = 'somebody else changed this at the same time; read it and send yours again';
    return refusal(409, { code: 'changed-meanwhile', message });
  }
  return jsonResponse(version === 1 ? 201 : 200, { version, changed: true, ...warned });
};

/** A document as it now stands, with its version. */
export const getDocument = async (
  documents: Documents,
  key: Key,
  what: string,
): Promise<HttpResponse> => {
  const item = await documents.loadItem(key);
  if (item === null) return notFound(what);
  const { changedAt, inForceAt } = datesOf(item);
  return jsonResponse(200, {
    version: readNumber(item, 'version'),
    changedAt: toIso(changedAt),
    inForceAt: toIso(inForceAt),
    document: bodyOf(item),
  });
};
