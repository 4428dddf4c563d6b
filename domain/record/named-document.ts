import * as z from 'zod';
import type { Dated } from '../model/documents.ts';
import { isoInstantSchema } from '../model/instant.ts';
import { digestSchema, type SealedEntry } from './link.ts';

/** The type of an entry by which a version of a document came on record. */
export const DOCUMENT_TYPE = 'document-put';

/** What such an entry says of the version. */
export const namedDocumentSchema = z.object({
  /** What it is, and its id: `ORDER#o-1`; `CURRENT` of what has a chain of its own. */
  name: z.string().min(1),
  version: z.int().min(1),
  /** SHA-256 of the document's canonical JSON. */
  sha256: digestSchema,
  inForceAt: isoInstantSchema,
});

/** A version of a document, by the entry that put it on record. */
export type NamedDocument = Dated & Readonly<{ name: string; sha256: string }>;

/** The document that an entry names; null where it names none. */
export const documentNamedBy = ({ type, at, body }: SealedEntry): NamedDocument | null => {
  if (type !== DOCUMENT_TYPE) return null;
  const named = namedDocumentSchema.safeParse(body);
  const changedAt = isoInstantSchema.safeParse(at);
  if (!named.success || !changedAt.success) return null;
  return { ...named.data, changedAt: changedAt.data };
};

/** Under what a version is known within its chain. */
export const versionNameOf = ({ name, version }: Readonly<{ name: string; version: number }>) =>
  `${name} ${version}`;
