import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import { asSent } from '../adapters/dynamodb/as-sent.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import { type Item, readText } from '../adapters/dynamodb/items.ts';
import { type Key, wearerKey } from '../adapters/dynamodb/keys.ts';
import type { PutOnce } from '../adapters/dynamodb/put-once.ts';
import { recordPut } from '../adapters/dynamodb/record.ts';
import { type HttpResponse, refusal } from '../middleware/http.ts';
import { notFound } from './problems.ts';
import { putDocument } from './put-document.ts';
import type { Call } from './route.ts';

export type CaseDeps = Readonly<{
  documents: Documents;
  monitoringTable: string;
  recordTable: string;
}>;

/** What is put on record of a document: in plain words by its kind and reason. */
type Told = Readonly<{ type: string; by: string; kind?: string; reason?: string }>;

type CasePut = Readonly<{
  wearer: WearerRef;
  key: Key;
  entity: string;
  /** Unique among the entries of its instant: kind and id. */
  name: string;
  body: object;
  told: Told;
  /**
   * The item as it was read, from which the body was made: what somebody else has put since is not
   * written over.
   */
  known: Item | null;
  beside?: (version: number) => readonly TransactWriteItem[];
  warnings?: readonly object[];
}>;

/** Whether a document is kept just so, and putting it again changes nothing. */
export const isKeptDocument = (item: Item, body: object): boolean =>
  isDeepStrictEqual(JSON.parse(readText(item, 'body')), asSent(body));

type CaseEntry = Pick<CasePut, 'wearer' | 'name' | 'body' | 'told'> &
  Readonly<{ version: number; at: Instant }>;

/** A version of a document of somebody's case, whole, on their record. */
export const caseEntryPut = (
  recordTable: string,
  { wearer, name, version, body, told, at }: CaseEntry,
): PutOnce => {
  const { type, ...said } = told;
  const entry = { ...said, version, document: body };
  return recordPut(recordTable, { wearer, at, name: `${name}#${version}`, type, body: entry });
};

/**
 * Puts the next version of a document of somebody's case, and the whole of it on their record, in
 * one transaction. The same document again changes nothing and adds no entry.
 */
export const putCaseDocument = (
  deps: CaseDeps,
  { agencyId, now: changedAt }: Readonly<{ agencyId: Call['agencyId']; now: Instant }>,
  put: CasePut,
): Promise<HttpResponse> => {
  const { wearer, key, entity, name, told, known } = put;
  const body = asSent(put.body);
  return putDocument(deps.documents, {
    ...{ agencyId, key, entity, body, changedAt, hasOwnEntry: true, known },
    ...(put.warnings === undefined ? {} : { warnings: put.warnings }),
    beside: (version) => [
      caseEntryPut(deps.recordTable, { wearer, name, version, body, told, at: changedAt }),
      ...(put.beside?.(version) ?? []),
    ],
  });
};

/** Who is not on record, or is protected by an order, has no case: the refusal, or null. */
export const caseRefused = async (
  { documents }: Pick<CaseDeps, 'documents'>,
  wearer: WearerRef,
): Promise<HttpResponse | null> => {
  const known = await documents.load(wearerKey(wearer), wearerSchema);
  if (known === null) return notFound('this wearer');
  const message = 'somebody whom an order protects is under no supervision, and has no case';
  return known.value.kind === 'protected-person'
    ? refusal(403, { code: 'protected-person', message })
    : null;
};
