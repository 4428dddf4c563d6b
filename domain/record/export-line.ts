import * as z from 'zod';
import { anchoredSchema, signedAnchorSchema } from './anchor.ts';
import { digestSchema, linkSchema, saltSchema, sealedEntrySchema } from './link.ts';

export const EXPORT_SCHEMA = 'homeward.record.1';

const countSchema = z.int().min(0).max(99_999_999);

/** The first line: which chain this is, and where it ended when it was exported. */
export const headSchema = z.strictObject({
  kind: z.literal('head'),
  schema: z.literal(EXPORT_SCHEMA),
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

/** An entry that is on record and was not yet in the chain: nothing here can be proven of it. */
export const unsealedLineSchema = z.strictObject({
  kind: z.literal('unsealed'),
  entry: sealedEntrySchema,
});

/** The last line, so that a file that was cut off is known for one. */
export const endSchema = z.strictObject({
  kind: z.literal('end'),
  anchors: countSchema,
  entries: countSchema,
  unsealed: countSchema,
});

/** A line of an export of the record, in the order of these kinds. */
export const exportLineSchema = z.discriminatedUnion('kind', [
  headSchema,
  anchorLineSchema,
  entryLineSchema,
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
  'unsealed',
  'end',
] as const satisfies readonly LineKind[];
