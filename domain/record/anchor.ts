import * as z from 'zod';
import { agencyIdSchema } from '../model/ids.ts';
import { canonical } from './canonical.ts';
import { type ChainEnd, digestSchema, type Hash, linkSchema } from './link.ts';
import { leafOf, pathStepSchema, rootBy } from './merkle.ts';

/** A signed root over the ends of all chains of an agency that changed since the one before. */
export const anchorSchema = z.strictObject({
  schema: z.literal('homeward.anchor.1'),
  agencyId: agencyIdSchema,
  /** From 1, without a gap. */
  number: z.int().min(1),
  /** The digest of the anchor before; 64 zeros for the first. */
  previous: digestSchema,
  /** Links that were sealed before this instant, and not yet anchored, are under it. */
  untilAt: z.iso.datetime(),
  /** How many chains. */
  leaves: z.int().nonnegative(),
  root: digestSchema,
  /** SHA-256 of the public key that it is signed with (DER, SubjectPublicKeyInfo). */
  keyId: digestSchema,
});
export type Anchor = Readonly<z.infer<typeof anchorSchema>>;

export const signedAnchorSchema = z.strictObject({
  anchor: anchorSchema,
  /** ECDSA on P-256 with SHA-256 over the anchor's canonical JSON: DER, in base64. */
  signature: z.base64().min(1),
  /** DER, SubjectPublicKeyInfo, in base64. Whom to believe it is for the reader to know. */
  publicKey: z.base64().min(1),
});
export type SignedAnchor = Readonly<z.infer<typeof signedAnchorSchema>>;

/** Where a chain stood when it was anchored, and how that leads to the root. */
export const anchoredSchema = z.strictObject({
  number: z.int().min(1),
  position: linkSchema.shape.position,
  /** The hash of the link at that position. */
  hash: digestSchema,
  root: digestSchema,
  path: z.array(pathStepSchema),
});
export type Anchored = Readonly<z.infer<typeof anchoredSchema>>;

/** What is signed, and what the next anchor names: its canonical JSON. */
export const signedTextOf = (anchor: Anchor): string => canonical(anchor);

export const digestOfAnchor = (hash: Hash, anchor: Anchor): string => hash(signedTextOf(anchor));

/** Whether an anchor holds this end of a chain: its leaf leads to the root that was signed. */
export const isAnchoredBy = (
  hash: Hash,
  anchor: Anchor,
  { end, path }: Readonly<{ end: ChainEnd; path: Anchored['path'] }>,
): boolean => rootBy(hash, leafOf(hash, end), path) === anchor.root;
