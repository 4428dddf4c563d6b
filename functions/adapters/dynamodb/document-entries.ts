import { createHash } from 'node:crypto';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { canonical } from '#domain/record/canonical.ts';
import { DOCUMENT_TYPE } from '#domain/record/named-document.ts';
import type { DocumentWrite } from './documents.ts';
import { type Key, padded } from './keys.ts';
import type { PutOnce } from './put-once.ts';
import { entryPut } from './record.ts';

/** SHA-256 of a document in its canonical form, in hexadecimal: the same whoever writes it. */
export const digestOfDocument = (body: unknown): string =>
  createHash('sha256')
    .update(canonical(JSON.parse(JSON.stringify(body))))
    .digest('hex');

/** The entry that puts a version of what stands at a key on record. */
export const documentEntryKey = ({ pk, sk }: Key, version: number, changedAt: Instant): Key => ({
  pk,
  sk: `${toIso(changedAt)}#DOCUMENT#${sk}#${padded(version)}`,
});

/**
 * That a version of a document came on record, with its digest: which device was on whom, and which
 * zone was in force, stand in the chains with it, and a version that somebody alters does not fit.
 * In the partition of the document's own name: a wearer's are in their record.
 */
export const documentEntryPut = (
  recordTable: string,
  { key: { pk, sk }, entity, body, readVersion, changedAt, inForceAt = null }: DocumentWrite,
): PutOnce => {
  const version = readVersion + 1;
  return entryPut(recordTable, documentEntryKey({ pk, sk }, version, changedAt), {
    ...{ at: changedAt, type: DOCUMENT_TYPE },
    body: {
      ...{ entity, name: sk, version, sha256: digestOfDocument(body) },
      inForceAt: toIso(inForceAt ?? changedAt),
    },
  });
};
