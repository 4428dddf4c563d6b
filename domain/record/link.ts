import * as z from 'zod';
import { type Instant, toIso } from '../model/instant.ts';
import { canonical } from './canonical.ts';

/**
 * The name of a chain, which is that of its partition of the record: `kent#ZONE#school`. Seals
 * and anchors are in none, and nothing may be put beside them as if they were.
 */
export const chainNameSchema = z
  .string()
  .max(200)
  .regex(
    /^[\w.-]+(?:#(?!(?:SEALED|ANCHORS)(?:#|$))[A-Z][A-Z-]*)+(?:#[\w.-]+)?$/,
    'name a chain, such as kent#ZONE#school',
  );

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits in lower case. */
export type Hash = (text: string) => string;

export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a digest has 64 hex digits');

/** What stands before the first link of a chain, and before the first anchor. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** 256 random bits in base64url: without it nobody can guess an entry from its commitment. */
export const saltSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'a salt has 256 bits');

/** An entry of the record as it is committed to. */
export const sealedEntrySchema = z.strictObject({
  /** Its sort key: unique within its chain. */
  name: z.string().min(1),
  type: z.string(),
  /** ISO 8601, as it stands in the record. */
  at: z.string(),
  body: z.json(),
});
export type SealedEntry = Readonly<z.infer<typeof sealedEntrySchema>>;

/** Opens a commitment: with both gone, the link says that something was there, and not what. */
export type Opening = Readonly<{ salt: string; entry: SealedEntry }>;

/** One position of a chain. It names its entry and commits to it, and does not hold it. */
export const linkSchema = z.strictObject({
  /** The partition of the record, such as `kent#WEARER#w-1`. */
  chain: z.string().min(1),
  position: z.int().min(1).max(99_999_999),
  /** The hash of the link before. */
  previous: digestSchema,
  name: z.string().min(1),
  commitment: digestSchema,
  sealedAt: z.iso.datetime(),
});
export type Link = Readonly<z.infer<typeof linkSchema>>;

/** Goes into each hash, so that a hash of one kind is never one of another. */
const LINK_SCHEMA = 'homeward.chain.1';

export const commitmentOf = (hash: Hash, { salt, entry }: Opening): string =>
  hash(canonical({ salt, entry }));

export const hashOfLink = (hash: Hash, link: Link): string =>
  hash(canonical({ schema: LINK_SCHEMA, ...link }));

/** Where a chain ends: what the next link is put after. */
export type ChainEnd = Readonly<{ chain: string; position: number; hash: string }>;

/** The end of a chain that has no link yet. */
export const emptyChain = (chain: string): ChainEnd => ({
  chain,
  position: 0,
  hash: NOTHING_BEFORE,
});

export const endAt = (hash: Hash, link: Link): ChainEnd => ({
  chain: link.chain,
  position: link.position,
  hash: hashOfLink(hash, link),
});

/** Links for entries, one after another, after the end of their chain. */
export const linksAfter = (
  hash: Hash,
  end: ChainEnd,
  { openings, sealedAt }: Readonly<{ openings: readonly Opening[]; sealedAt: Instant }>,
): Link[] => {
  const links: Link[] = [];
  let last = end;
  for (const opening of openings) {
    const link = {
      chain: end.chain,
      position: last.position + 1,
      previous: last.hash,
      name: opening.entry.name,
      commitment: commitmentOf(hash, opening),
      sealedAt: toIso(sealedAt),
    };
    links.push(link);
    last = endAt(hash, link);
  }
  return links;
};
