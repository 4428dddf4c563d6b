import type { LineOf } from './export-line.ts';
import { type ChainEnd, commitmentOf, endAt, type Hash } from './link.ts';
import type { Found, ProblemCode } from './problem.ts';

/** The last entry that was looked at, and how the chain stands behind it. */
export type Before = Readonly<{ end: ChainEnd; name: string | null }>;

const commitmentProblem = (
  hash: Hash,
  { salt, entry, name, commitment }: LineOf<'entry'>,
): readonly [ProblemCode, string] | null => {
  if (salt === null && entry === null) return null;
  if (salt === null || entry === null) {
    return ['half-erased', 'has lost its salt or its content, and not both: it was not erased'];
  }
  if (entry.name !== name) return ['name', `calls itself "${entry.name}"`];
  return commitmentOf(hash, { salt, entry }) === commitment
    ? null
    : ['commitment', 'is not what was sealed: its content, time, type, name or salt was changed'];
};

const ownProblem = (
  hash: Hash,
  line: LineOf<'entry'>,
  end: ChainEnd,
): readonly [ProblemCode, string] | null =>
  commitmentProblem(hash, line) ??
  (end.hash === line.hash
    ? null
    : ['hash', 'has another hash than it says: its link was changed, or is of another chain']);

/** What is wrong with a link that stands behind another; null where nothing is. */
const placeProblem = (line: LineOf<'entry'>, { end, name }: Before): Found | null => {
  const { position } = line;
  const expected = end.position + 1;
  if (position > expected) {
    const message = `is missing: position ${position} stands in its place`;
    return { code: 'position', position: expected, name: null, message };
  }
  if (position < expected) {
    const message = `stands behind position ${end.position}: it is there twice, or out of its place`;
    return { code: 'position', position, name: line.name, message };
  }
  if (line.previous === end.hash) return null;
  if (position === 1) {
    const message = 'is the first, and says that another stood before it';
    return { code: 'previous', position, name: line.name, message };
  }
  const message = `is not what position ${position} follows: one of the two was changed`;
  return { code: 'previous', position: end.position, name, message };
};

/** An entry that was looked at: how the chain stands behind it, and what is wrong. */
export type Looked = Readonly<{
  end: ChainEnd;
  found: Found | null;
  /** Whether it says what was sealed, wherever it stands. */
  isAsSealed: boolean;
}>;

/**
 * The next entry of a chain: what is wrong with its place, or with itself. The chain goes on behind
 * it by its own words, so that one fault is not told of all that follow.
 */
export const lookAtEntry = (hash: Hash, before: Before, line: LineOf<'entry'>): Looked => {
  const { kind: _, salt: _salt, entry: _entry, hash: said, ...link } = line;
  const { position, name } = line;
  const own = ownProblem(hash, line, endAt(hash, { chain: before.end.chain, ...link }));
  const place = placeProblem(line, before);
  const isOwn = own !== null && place?.code !== 'position';
  return {
    end: { chain: before.end.chain, position, hash: said },
    found: isOwn ? { code: own[0], position, name, message: own[1] } : place,
    isAsSealed: own === null,
  };
};
