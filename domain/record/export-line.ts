import * as z from 'zod';
import { anchoredSchema, signedAnchorSchema } from './anchor.ts';
import { digestSchema, linkSchema, saltSchema, sealedEntrySchema } from './link.ts';
import { namedDocumentSchema } from './named-document.ts';

/** A chain alone. */
export const EXPORT_SCHEMA = 'homeward.record.1';
/** A chain with the documents that it names; more such chains may follow. */
export const WITH_DOCUMENTS_SCHEMA = 'homeward.record.2';

const countSchema = z.int().min(0).max(99_999_999);

/** The first line of a chain: which it is, and where it ended when it was exported. */
export const headSchema = z.strictObject({
  kind: z.literal('head'),
  schema: z.enum([EXPORT_SCHEMA, WITH_DOCUMENTS_SCHEMA]),
  chain: linkSchema.shape.chain,
  /** How many links it has: the position of the last. */
  sealed: countSchema,
  /** The hash of the last link; 64 zeros where there is none. */
  last: digestSchema,
});

/** An anchor as it was signed, and how this chain leads to its root. */
export const anchorLineSchema = z.strictObject({
  kind: z.literal('anchor'),
  signed: signedAnchorSchema,
  anchored: anchoredSchema,
});

/** A link, its hash, and what opens its commitment; both null: the entry was erased. */
export const entryLineSchema = z.strictObject({
  kind: z.literal('entry'),
  ...linkSchema.omit({ chain: true }).shape,
  hash: digestSchema,
  salt: saltSchema.nullable(),
  entry: sealedEntrySchema.nullable(),
});

/** A version of a document, as an entry of the chain named it with its digest. */
export const documentLineSchema = z.strictObject({
  kind: z.literal('document'),
  ...namedDocumentSchema.pick({ name: true, version: true }).shape,
  document: z.json(),
});

/** An entry that is on record and was not yet in the chain: nothing here can be proven of it. */
export const unsealedLineSchema = z.strictObject({
  kind: z.literal('unsealed'),
  entry: sealedEntrySchema,
});

/** The last line of a chain, so that a file that was cut off is known for one. */
export const endSchema = z.strictObject({
  kind: z.literal('end'),
  anchors: countSchema,
  entries: countSchema,
  /** Where the head says that there may be documents. */
  documents: countSchema.optional(),
  unsealed: countSchema,
});

/** A line of an export of the record, in the order of these kinds. */
export const exportLineSchema = z.discriminatedUnion('kind', [
  headSchema,
  anchorLineSchema,
  entryLineSchema,
  documentLineSchema,
  unsealedLineSchema,
  endSchema,
]);
export type ExportLine = z.infer<typeof exportLineSchema>;
export type LineKind = ExportLine['kind'];
export type LineOf<K extends LineKind> = Extract<ExportLine, { kind: K }>;

export const LINE_KINDS = [
  'head',
  'anchor',
  'entry',
  'document',
  'unsealed',
  'end',
] as const satisfies readonly LineKind[];
