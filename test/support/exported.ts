import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { instant, toIso } from '#domain/model/instant.ts';
import {
  type Anchor,
  digestOfAnchor,
  type SignedAnchor,
  signedTextOf,
} from '#domain/record/anchor.ts';
import type { ExportLine, LineOf } from '#domain/record/export-line.ts';
import {
  type ChainEnd,
  emptyChain,
  endAt,
  type Link,
  linksAfter,
  NOTHING_BEFORE,
  type Opening,
  type SealedEntry,
} from '#domain/record/link.ts';
import { leafOf, treeOf } from '#domain/record/merkle.ts';
import { sha256 } from './sealed.ts';

const FIRST_AT = Date.parse('2026-10-24T20:00:00Z');
export const CHAIN = 'kent#WEARER#w-1';

/** A key as an agency signs with. */
export const newKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return {
    publicKey: der.toString('base64'),
    keyId: createHash('sha256').update(der).digest('hex'),
    pem: String(publicKey.export({ format: 'pem', type: 'spki' })),
    sign: (text: string): string =>
      sign('sha256', Buffer.from(text), privateKey).toString('base64'),
  };
};
export type SigningKey = ReturnType<typeof newKey>;
export const AGENCY_KEY = newKey();

const atMinute = (minute: number): string => toIso(instant(FIRST_AT + minute * 60_000));

/** Entry number n, with words beyond ASCII and a number that a float holds badly. */
export const entryOf = (n: number, more: Partial<SealedEntry> = {}): SealedEntry => ({
  name: `${atMinute(n)}#ESCALATE#w-1.home.abc#${String(n).padStart(8, '0')}#1`,
  type: 'alert-opened',
  at: atMinute(n),
  body: { n, words: `São Tomé ${n}`, certainty: 0.1 + 0.2, more: { z: null, a: [true, 1e21] } },
  ...more,
});

export const saltOf = (n: number): string =>
  createHash('sha256').update(`${n}`).digest('base64url');

export const openingsOf = (count: number): Opening[] =>
  Array.from({ length: count }, (_, i) => ({ salt: saltOf(i + 1), entry: entryOf(i + 1) }));

/** A chain of these entries, sealed a minute after each other. */
export const chainOf = (openings: readonly Opening[], chain = CHAIN): Link[] => {
  const links: Link[] = [];
  let end: ChainEnd = emptyChain(chain);
  openings.forEach((opening, i) => {
    const sealedAt = instant(FIRST_AT + (i + 1) * 60_000 + 2_000);
    links.push(...linksAfter(sha256, end, { openings: [opening], sealedAt }));
    const last = links.at(-1);
    if (last !== undefined) end = endAt(sha256, last);
  });
  return links;
};

type AnchorAt = Readonly<{ links: readonly Link[]; positions: readonly number[] }>;

/** Anchors at these positions of a chain, which stands between two others under each. */
export const anchorsAt = ({ links, positions }: AnchorAt, key = AGENCY_KEY) => {
  const lines: LineOf<'anchor'>[] = [];
  let before: SignedAnchor | null = null;
  positions.forEach((position, i) => {
    const link = links[position - 1];
    if (link === undefined) throw new Error(`there is no position ${position}`);
    const end = endAt(sha256, link);
    const others = ['w-0', 'w-2'].map((id) => ({ ...end, chain: `kent#WEARER#${id}` }));
    const ends = [others[0], end, others[1]].flatMap((one) => one ?? []);
    const tree = treeOf(
      sha256,
      ends.map((one) => leafOf(sha256, one)),
    );
    const anchor: Anchor = {
      ...{ schema: 'homeward.anchor.1', agencyId: agencyIdOf(link.chain), number: i + 1 },
      previous: before === null ? NOTHING_BEFORE : digestOfAnchor(sha256, before.anchor),
      untilAt: atMinute(60 * (i + 1) + position),
      ...{ leaves: ends.length, root: tree.root, keyId: key.keyId },
    };
    before = { anchor, signature: key.sign(signedTextOf(anchor)), publicKey: key.publicKey };
    const path = tree.pathOf(1);
    const anchored = { number: i + 1, position, hash: end.hash, root: tree.root, path };
    lines.push({ kind: 'anchor', signed: before, anchored });
  });
  return lines;
};

const agencyIdOf = (chain: string) => agencyIdSchema.parse(chain.split('#')[0]);

/** Lines of an export of these entries; those of `erased` positions are gone. */
export const entryLines = (
  links: readonly Link[],
  openings: readonly Opening[],
  erased: readonly number[] = [],
): LineOf<'entry'>[] =>
  links.map((link, i) => {
    const { chain: _, ...rest } = link;
    const opening = openings[i];
    const isGone = erased.includes(link.position) || opening === undefined;
    const opened = isGone ? { salt: null, entry: null } : opening;
    return { kind: 'entry', ...rest, hash: endAt(sha256, link).hash, ...opened };
  });

type Made = Readonly<{
  openings: readonly Opening[];
  positions: readonly number[];
  chain?: string;
  erased?: readonly number[];
  unsealed?: readonly SealedEntry[];
  key?: SigningKey;
}>;

/** An export as the API writes it. */
export const exportOf = (made: Made): ExportLine[] => {
  const { openings, positions, chain = CHAIN, erased, unsealed = [], key } = made;
  const links = chainOf(openings, chain);
  const last = links.at(-1);
  const anchors = anchorsAt({ links, positions }, key);
  const entries = entryLines(links, openings, erased);
  const hash = last === undefined ? NOTHING_BEFORE : endAt(sha256, last).hash;
  return [
    { kind: 'head', schema: 'homeward.record.1', chain, sealed: links.length, last: hash },
    ...anchors,
    ...entries,
    ...unsealed.map((entry) => ({ kind: 'unsealed' as const, entry })),
    {
      ...{ kind: 'end', anchors: anchors.length, entries: entries.length },
      unsealed: unsealed.length,
    },
  ];
};

export const textOf = (lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');
