import { describe, expect, it } from 'vitest';
import type { ExportLine, LineOf } from '#domain/record/export-line.ts';
import { commitmentOf, hashOfLink, type Link } from '#domain/record/link.ts';
import type { ProblemCode } from '#domain/record/problem.ts';
import {
  AGENCY_KEY,
  anchorsAt,
  CHAIN,
  chainOf,
  entryLines,
  entryOf,
  exportOf,
  newKey,
  openingsOf,
  saltOf,
  textOf,
} from '#test/support/exported.ts';
import { sha256 } from '#test/support/sealed.ts';
import { verified } from '#test/support/verified.ts';

const OPENINGS = openingsOf(10);
const LINES = exportOf({
  openings: OPENINGS,
  positions: [4, 8],
});
const READINGS = exportOf({ openings: OPENINGS, positions: [4, 8], chain: 'kent#READINGS#w-1' });

const HEAD = 0;
const FIRST_ANCHOR = 1;
/** Where the entry of a position stands among the lines: behind the head and two anchors. */
const lineOf = (position: number): number => position + 2;

type Change<T> = (line: T) => object;
type Lines = readonly unknown[];
/** The same, to put anything among them. */
const ALL: Lines = LINES;

const at = (index: number, change: Change<ExportLine>): Lines =>
  LINES.map((line, i) => (i === index ? change(line) : line));

const entryAt = (position: number, change: Change<LineOf<'entry'>>): Lines =>
  at(lineOf(position), (line) => (line.kind === 'entry' ? change(line) : line));

const bodyAt = (position: number, body: object): Lines =>
  entryAt(position, (line) => ({ ...line, entry: { ...line.entry, body } }));

const headWith = (more: object): Lines => at(HEAD, (line) => ({ ...line, ...more }));

const anchorWith = (change: Change<LineOf<'anchor'>>): Lines =>
  at(FIRST_ANCHOR, (line) => (line.kind === 'anchor' ? change(line) : line));

/** A text in which one thing is written otherwise, once. */
const written = (from: string, to: string): string => {
  const text = textOf(LINES);
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, to);
};

/** All links from a position on made anew, over another body there. */
const madeAnew = (position: number): ExportLine[] => {
  const openings = OPENINGS.map((one, i) =>
    i === position - 1 ? { ...one, entry: entryOf(position, { body: 'another' }) } : one,
  );
  return exportOf({ openings, positions: [4, 8] });
};

/** What one line says, with its own commitment and hash as they then must be. */
const resealed = (line: LineOf<'entry'>, more: Partial<LineOf<'entry'>>): LineOf<'entry'> => {
  const changed = { ...line, ...more };
  const { kind: _, salt, entry, hash: _hash, ...link } = changed;
  const commitment = salt && entry ? commitmentOf(sha256, { salt, entry }) : link.commitment;
  const whole: Link = { ...link, chain: CHAIN, commitment };
  return { ...changed, commitment, hash: hashOfLink(sha256, whole) };
};

const lastOf = (lines: readonly ExportLine[]): LineOf<'entry'> =>
  lines.filter((line) => line.kind === 'entry').at(-1) ?? expect.fail('no entry');

const ERASURE = { type: 'erased', body: { names: [entryOf(2).name], reason: 'kept six years' } };
const withErasure = [...OPENINGS, { salt: saltOf(11), entry: entryOf(11, ERASURE) }];

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

type Case = readonly [what: string, lines: Lines | string, position: number, code: ProblemCode];

const CASES: readonly Case[] = [
  ['a changed body', bodyAt(5, { n: 5 }), 5, 'commitment'],
  [
    'a changed time',
    entryAt(6, (l) => ({ ...l, entry: { ...l.entry, at: '2026-10-24T20:07:00.000Z' } })),
    6,
    'commitment',
  ],
  [
    'a changed type',
    entryAt(6, (l) => ({ ...l, entry: { ...l.entry, type: 'alert-closed' } })),
    6,
    'commitment',
  ],
  [
    'a changed name of the entry',
    entryAt(3, (l) => ({ ...l, entry: { ...l.entry, name: 'n' } })),
    3,
    'name',
  ],
  [
    'a changed name of entry and link',
    entryAt(3, (l) => ({ ...l, name: 'n', entry: { ...l.entry, name: 'n' } })),
    3,
    'commitment',
  ],
  ['a changed salt', entryAt(7, (l) => ({ ...l, salt: saltOf(99) })), 7, 'commitment'],
  [
    'a changed commitment',
    entryAt(7, (l) => ({ ...l, commitment: 'a'.repeat(64) })),
    7,
    'commitment',
  ],
  [
    'a changed instant of sealing',
    entryAt(2, (l) => ({ ...l, sealedAt: '2026-10-24T20:00:00Z' })),
    2,
    'hash',
  ],
  ['a changed hash', entryAt(2, (l) => ({ ...l, hash: 'b'.repeat(64) })), 2, 'hash'],
  ['a changed hash before', entryAt(4, (l) => ({ ...l, previous: 'c'.repeat(64) })), 4, 'hash'],
  ['a changed position', entryAt(6, (l) => ({ ...l, position: 60 })), 6, 'position'],
  [
    'a body made anew, with its commitment and hash',
    entryAt(5, (l) => resealed(l, { entry: entryOf(5, { body: null }) })),
    5,
    'previous',
  ],
  [
    'all links made anew from an entry on, under the old anchors',
    [...LINES.slice(0, 3), ...madeAnew(5).slice(3)],
    8,
    'not-as-anchored',
  ],
  [
    'all links made anew behind the last anchor, under the old head',
    [...LINES.slice(0, 3), ...madeAnew(9).slice(3)],
    10,
    'end-of-chain',
  ],
  [
    'two entries swapped',
    ALL.with(lineOf(5), LINES[lineOf(6)]).with(lineOf(6), LINES[lineOf(5)]),
    5,
    'position',
  ],
  ['an entry left out', LINES.toSpliced(lineOf(5), 1), 5, 'position'],
  [
    'an entry left out, and the others numbered anew',
    LINES.toSpliced(lineOf(5), 1).map((l) =>
      l.kind === 'entry' && l.position > 5 ? { ...l, position: l.position - 1 } : l,
    ),
    5,
    'hash',
  ],
  ['the last entry left out', LINES.toSpliced(lineOf(10), 1), 10, 'totals'],
  ['the last entries left out, and head and end adjusted', cutBehind(7), 8, 'anchor-beyond-end'],
  ['an entry that is there twice', ALL.toSpliced(lineOf(5), 0, LINES[lineOf(5)]), 5, 'position'],
  [
    "an entry of another wearer's chain",
    ALL.with(lineOf(5), entryLines(chainOf(OPENINGS, 'kent#WEARER#w-2'), OPENINGS)[4]),
    5,
    'hash',
  ],
  ['the entries of the chain of readings', [...LINES.slice(0, 3), ...READINGS.slice(3)], 1, 'hash'],
  ['the head of another chain', headWith({ chain: 'kent#WEARER#w-2' }), 1, 'hash'],
  ['a head that counts one less', headWith({ sealed: 9 }), 10, 'totals'],
  ['a head that counts one more', headWith({ sealed: 11 }), 11, 'totals'],
  ['a head with another end', headWith({ last: 'd'.repeat(64) }), 10, 'end-of-chain'],
  [
    'an end that counts otherwise',
    at(LINES.length - 1, (l) => ({ ...l, anchors: 1 })),
    11,
    'totals',
  ],
  [
    'a changed signature',
    anchorWith((l) => ({ ...l, signed: { ...l.signed, signature: AGENCY_KEY.sign('x') } })),
    4,
    'anchor-signature',
  ],
  [
    'a changed root',
    anchorWith((l) => ({
      ...l,
      anchored: { ...l.anchored, root: 'e'.repeat(64) },
      signed: { ...l.signed, anchor: { ...l.signed.anchor, root: 'e'.repeat(64) } },
    })),
    4,
    'anchor-signature',
  ],
  [
    'a changed instant of an anchor',
    anchorWith((l) => ({
      ...l,
      signed: { ...l.signed, anchor: { ...l.signed.anchor, untilAt: '2026-10-20T00:00:00Z' } },
    })),
    4,
    'anchor-signature',
  ],
  [
    'a changed path',
    anchorWith((l) => ({ ...l, anchored: { ...l.anchored, path: l.anchored.path.toReversed() } })),
    4,
    'anchor-path',
  ],
  [
    'an anchor of another position',
    anchorWith((l) => ({ ...l, anchored: { ...l.anchored, position: 3 } })),
    3,
    'anchor-path',
  ],
  [
    'another public key',
    anchorWith((l) => ({ ...l, signed: { ...l.signed, publicKey: newKey().publicKey } })),
    4,
    'anchor-key',
  ],
  [
    'a first link that follows another',
    entryAt(1, (l) => resealed(l, { previous: 'f'.repeat(64) })),
    1,
    'previous',
  ],
  ['an anchor left out', LINES.toSpliced(FIRST_ANCHOR, 1), 11, 'totals'],
  ['anchors in another order', ALL.with(1, LINES[2]).with(2, LINES[1]), 4, 'anchor-not-in-order'],
  [
    'an entry said to be erased that was not',
    entryAt(5, (l) => ({ ...l, salt: null, entry: null })),
    5,
    'erased-without-reason',
  ],
  ['a salt taken away', entryAt(5, (l) => ({ ...l, salt: null })), 5, 'half-erased'],
  [
    'an erasure that names another entry',
    exportOf({ openings: withErasure, positions: [11], erased: [3] }),
    3,
    'erased-without-reason',
  ],
  ['a letter that looks the same', written('São Tomé 5', 'Sãо Tomé 5'), 5, 'commitment'],
  ['a letter composed of two', written('São Tomé 5', 'Sa\u0303o Tomé 5'), 5, 'commitment'],
  [
    'a number of more digits than it has',
    written('"n":5,', '"n":5.0000000000000000001,'),
    5,
    'not-a-line',
  ],
  [
    'a number that differs in its last digit',
    bodyAt(5, { ...Object(entryOf(5).body), certainty: 0.3000000000000001 }),
    5,
    'commitment',
  ],
  [
    'a name twice, of which others read the first',
    written('"n":5,', '"n":6,"n":5,'),
    5,
    'not-a-line',
  ],
  ['a name that programs pass over', written('"n":5,', '"__proto__":"x","n":5,'), 5, 'not-a-line'],
  ['half a character', written('"n":5,', '"n":5,"h":"\\ud800",'), 5, 'not-a-line'],
  ['a whole one in two halves', written('"n":5,', '"n":5,"h":"\\ud83d\\ude00",'), 5, 'not-a-line'],
  ['a number beyond all', written('"n":5,', '"n":1e400,'), 5, 'not-a-line'],
  ['a zero below zero', written('"n":5,', '"n":-0,'), 5, 'not-a-line'],
  [
    'lists within lists, as deep as a stack',
    written('"n":5,', `"n":${deep(3_000)},`),
    5,
    'not-a-line',
  ],
  ['lists within lists, far deeper', written('"n":5,', `"n":${deep(500_000)},`), 5, 'not-a-line'],
  ['lists that any reader holds', written('"n":5,', `"n":${deep(50)},`), 5, 'commitment'],
  ['a NUL', written('"n":5,', '"n":5,"h":"\\u0000",'), 5, 'commitment'],
  ['a line that is cut', written('"n":5,', '\n"n":5,'), 5, 'not-a-line'],
  ['a field too many', entryAt(5, (l) => ({ ...l, note: 'x' })), 5, 'not-a-line'],
  [
    'a line of another kind',
    LINES.toSpliced(lineOf(5), 0, ...LINES.slice(0, 1)),
    5,
    'out-of-place',
  ],
  [
    'a line behind the end',
    [...LINES, { kind: 'unsealed', entry: entryOf(11) }],
    11,
    'out-of-place',
  ],
  ['an empty line behind the end', `${textOf(LINES)}\n`, 11, 'not-a-line'],
  ['a file that is cut between two lines', textOf(LINES.slice(0, lineOf(6))), 6, 'totals'],
  [
    'a file that is cut within a line',
    textOf(LINES).slice(0, textOf(LINES.slice(0, lineOf(6))).length + 40),
    6,
    'not-a-line',
  ],
  ['a file without its last line', textOf(LINES.slice(0, -1)), 11, 'cut-off'],
  ['a file without its first line', textOf(LINES.slice(1)), 1, 'out-of-place'],
  ['nothing', '', 1, 'cut-off'],
];

/** Whoever cuts the end off leaves no trace in the lines before; the anchor has it. */
function cutBehind(position: number): Lines {
  const kept = LINES.slice(0, lineOf(position) + 1);
  const last = lastOf(kept);
  const end = { ...LINES.at(-1), entries: position };
  return [{ ...kept[0], sealed: position, last: last.hash }, ...kept.slice(1), end];
}

describe('given an export that was tampered with', () => {
  it.each(CASES)('%s: the first bad entry is named', (_, lines, position, code) => {
    const verdict = verified(typeof lines === 'string' ? lines : textOf(lines));
    expect(verdict.problems).toBeGreaterThan(0);
    expect(verdict.held).toBeNull();
    expect(verdict.first).toMatchObject({ position, code });
    const isOfEntry = ['commitment', 'name', 'previous', 'erased-without-reason'].includes(code);
    if (isOfEntry) expect(verdict.first?.name).toMatch(/./);
  });

  it('by whoever has a key of their own: the key is not the one that is known', () => {
    const text = textOf(exportOf({ openings: OPENINGS, positions: [4], key: newKey() }));
    expect(verified(text).problems).toBe(0);
    const { first } = verified(text, { keyId: AGENCY_KEY.keyId });
    expect(first).toMatchObject({ position: 4, code: 'anchor-key' });
  });

  it('in the last anchor, signed with another key: one key signs all of a file', () => {
    const links = chainOf(OPENINGS);
    const [, foreign] = anchorsAt({ links, positions: [4, 8] }, newKey());
    const lines = exportOf({ openings: OPENINGS, positions: [4, 8] });
    expect(verified(textOf(lines)).problems).toBe(0);
    const { first } = verified(textOf(lines.with(FIRST_ANCHOR + 1, foreign ?? expect.fail())));
    expect(first).toMatchObject({ position: 8, code: 'anchor-key' });
  });

  it('as a whole, for another chain: it is not the one that was asked for', () => {
    expect(verified(textOf(READINGS)).problems).toBe(0);
    const { first } = verified(textOf(READINGS), { chain: CHAIN });
    expect(first).toMatchObject({ position: 0, code: 'another-chain' });
  });

  it('with an anchor of another agency, which is one of its own', () => {
    const links = chainOf(OPENINGS, 'essex#WEARER#w-1');
    const [foreign] = anchorsAt({ links, positions: [4] });
    const { first } = verified(textOf(ALL.toSpliced(FIRST_ANCHOR, 1, foreign)));
    expect(first).toMatchObject({ position: 4, code: 'anchor-of-another' });
  });
});
