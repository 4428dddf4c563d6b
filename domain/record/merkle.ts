import * as z from 'zod';
import { canonical } from './canonical.ts';
import { type ChainEnd, digestSchema, type Hash } from './link.ts';

/**
 * One step from a leaf to the root: the hash that stands beside, and on which side. It says nothing
 * of whose chain it is: a leaf cannot be guessed without the last link of its chain.
 */
export const pathStepSchema = z.strictObject({
  side: z.enum(['left', 'right']),
  hash: digestSchema,
});
export type PathStep = Readonly<z.infer<typeof pathStepSchema>>;

/** What a tree of some leaves comes to, and how the nth of them leads there. */
export type Tree = Readonly<{ root: string; pathOf: (nth: number) => PathStep[] }>;

/** Leaves and nodes carry different words, so that neither passes for the other. */
export const leafOf = (hash: Hash, { chain, position, hash: end }: ChainEnd): string =>
  hash(canonical({ schema: 'homeward.leaf.1', chain, position, hash: end }));

const nodeOf = (hash: Hash, left: string, right: string): string =>
  hash(canonical({ schema: 'homeward.node.1', left, right }));

/** What a tree without leaves comes to. */
const rootOfNone = (hash: Hash): string => hash(canonical({ schema: 'homeward.node.1' }));

type Level = readonly string[];

/** Neighbours make a node; one that is left over goes up as it is, and is never doubled. */
const levelAbove = (hash: Hash, level: Level): string[] =>
  level.flatMap((left, i) => {
    if (i % 2 === 1) return [];
    const right = level[i + 1];
    return [right === undefined ? left : nodeOf(hash, left, right)];
  });

const stepAt = (level: Level, i: number): PathStep | null => {
  const isLeft = i % 2 === 0;
  const beside = level[isLeft ? i + 1 : i - 1];
  return beside === undefined ? null : { side: isLeft ? 'right' : 'left', hash: beside };
};

const pathThrough = (levels: readonly Level[], leaf: number): PathStep[] =>
  levels.flatMap((level, height) => {
    const step = stepAt(level, Math.floor(leaf / 2 ** height));
    return step === null ? [] : [step];
  });

/**
 * The Merkle tree of some leaves: the tree of RFC 6962 (an odd leaf is not doubled, which would
 * give two lists one root), with hashes over canonical JSON.
 * https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */
export const treeOf = (hash: Hash, leaves: readonly string[]): Tree => {
  const levels: Level[] = [leaves];
  for (let level: Level = leaves; level.length > 1; ) {
    level = levelAbove(hash, level);
    levels.push(level);
  }
  return {
    root: levels.at(-1)?.[0] ?? rootOfNone(hash),
    // One by one: all of a large tree's paths at once would be many times the tree.
    pathOf: (nth) => pathThrough(levels, nth),
  };
};

/** Where a leaf and its path lead: to the root, or the leaf was not in that tree. */
export const rootBy = (hash: Hash, leaf: string, path: readonly PathStep[]): string =>
  path.reduce(
    (below, { side, hash: beside }) =>
      side === 'left' ? nodeOf(hash, beside, below) : nodeOf(hash, below, beside),
    leaf,
  );
