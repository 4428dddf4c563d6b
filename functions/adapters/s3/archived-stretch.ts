import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { canonical } from '#domain/record/canonical.ts';
import {
  digestSchema,
  endAt,
  type Hash,
  type Link,
  linkSchema,
  type Opening,
  type SealedEntry,
  sealedEntrySchema,
} from '#domain/record/link.ts';

/** The first line of a stretch: which links follow, and what they come to. */
const manifestSchema = z.strictObject({
  form: z.literal('homeward.archive.1'),
  chain: z.string(),
  first: z.int().min(1),
  last: z.int().min(1),
  /** The hash of the link before the first, and that of the last. */
  ...{ previous: digestSchema, end: digestSchema },
});
type Manifest = Readonly<z.infer<typeof manifestSchema>>;

/** A link as it is archived; `sealed`: its entry, readable with its salt alone. */
const lineSchema = linkSchema.extend({ sealed: z.base64().nullable() });
export type ArchivedLink = Readonly<z.infer<typeof lineSchema>>;

/** An object that does not hold the links that its first line names. Parked by whoever meets it. */
export class MalformedStretch extends Error {
  constructor(what: string) {
    super(`an archived stretch of a chain ${what}`);
    this.name = 'MalformedStretch';
  }
}

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
/** A key is good for one text, so that its number used once may always be the same. */
const NONCE = Buffer.alloc(12);

/** A salt is 256 random bits: whoever erases it shreds the entry in the archive, too. */
const keyOf = (salt: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(salt, 'base64url'), '', 'homeward.archive.1', 32));

const enclosed = ({ salt, entry }: Opening, commitment: string): string => {
  const cipher = createCipheriv(CIPHER, keyOf(salt), NONCE);
  cipher.setAAD(Buffer.from(commitment));
  const parts = [cipher.update(canonical(entry), 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
};

/** The entry of an archived link, with its salt. Throws where the salt is another's. */
export const openArchived = (
  { sealed, commitment }: Pick<ArchivedLink, 'sealed' | 'commitment'>,
  salt: string,
): SealedEntry | null => {
  if (sealed === null) return null;
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(CIPHER, keyOf(salt), NONCE);
  decipher.setAAD(Buffer.from(commitment));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(0, -TAG_BYTES));
  const whole = Buffer.concat([text, decipher.final()]).toString('utf8');
  return sealedEntrySchema.parse(JSON.parse(whole));
};

/** A link, with what opens it; null: its entry is erased. */
export type LinkToArchive = Readonly<{ link: Link; opening: Opening | null }>;

const manifestOf = (hash: Hash, links: readonly Link[]): Manifest => {
  const [first, last] = [links[0], links.at(-1)];
  if (first === undefined || last === undefined) throw new MalformedStretch('has no link');
  return {
    form: 'homeward.archive.1',
    ...{ chain: first.chain, first: first.position, last: last.position },
    ...{ previous: first.previous, end: endAt(hash, last).hash },
  };
};

/** A stretch of a chain as gzipped lines of JSON. The same links make the same bytes. */
export const packStretch = (hash: Hash, stretch: readonly LinkToArchive[]) => {
  const manifest = manifestOf(
    hash,
    stretch.map(({ link }) => link),
  );
  const lines = stretch.map(({ link, opening }): ArchivedLink => {
    const sealed = opening === null ? null : enclosed(opening, link.commitment);
    return { ...link, sealed };
  });
  const text = [manifest, ...lines].map((line) => `${canonical(line)}\n`).join('');
  return { manifest, body: new Uint8Array(gzipSync(text)) };
};

const isChained = (hash: Hash, { previous, end }: Manifest, links: readonly Link[]): boolean => {
  let before = previous;
  for (const link of links) {
    if (link.previous !== before) return false;
    before = endAt(hash, link).hash;
  }
  return before === end;
};

/** Reads an object. Throws `MalformedStretch` where its links do not follow each other. */
export const unpackStretch = (hash: Hash, body: Uint8Array) => {
  const [head = '', ...rest] = gunzipSync(body).toString('utf8').trimEnd().split('\n');
  const manifest = manifestSchema.parse(JSON.parse(head));
  const lines = rest.map((line) => lineSchema.parse(JSON.parse(line)));
  const links = lines.map(({ sealed: _, ...link }) => link);
  if (!isChained(hash, manifest, links)) throw new MalformedStretch('is not what was archived');
  return { manifest, lines };
};
