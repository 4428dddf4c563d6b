import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafOf, rootBy, treeOf } from '#domain/record/merkle.ts';
import { sha256 } from '#test/support/sealed.ts';

const leafNamed = (n: number): string =>
  leafOf(sha256, { chain: `kent#WEARER#w-${n}`, position: 1, hash: sha256(String(n)) });
const leavesFrom = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => leafNamed(n));

const node = (left: string, right: string): string =>
  sha256(`{"left":"${left}","right":"${right}","schema":"homeward.node.1"}`);

describe('given any number of leaves', () => {
  it('leads from each of them to the root, in as few steps as the tree is high', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), (count) => {
        const leaves = leavesFrom(count);
        const { root, pathOf } = treeOf(sha256, leaves);
        leaves.forEach((leaf, i) => {
          const path = pathOf(i);
          expect(rootBy(sha256, leaf, path)).toBe(root);
          expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
        });
      }),
    );
  });

  it('leads from no other leaf there, nor from the same by a path that was changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (count, at, other) => {
        const { root, pathOf } = treeOf(sha256, leavesFrom(count));
        const path = pathOf(at % count);
        expect(rootBy(sha256, leafNamed(count + other), path)).not.toBe(root);
        const turned = path.map(({ side, hash }) => ({
          side: side === 'left' ? ('right' as const) : ('left' as const),
          hash,
        }));
        expect(rootBy(sha256, leafNamed(at % count), turned)).not.toBe(root);
        expect(rootBy(sha256, leafNamed(at % count), path.slice(1))).not.toBe(root);
      }),
    );
  });

  it('has another root when one is changed, left out, or doubled at the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (count, at) => {
        const leaves = leavesFrom(count);
        const { root } = treeOf(sha256, leaves);
        const changed = leaves.with(at % count, leafNamed(count + 1));
        const without = leaves.toSpliced(at % count, 1);
        const doubled = [...leaves, leafNamed(count - 1)];
        for (const others of [changed, without, doubled]) {
          expect(treeOf(sha256, others).root).not.toBe(root);
        }
      }),
    );
  });
});

describe('a tree', () => {
  it('of three leaves takes the third up as it is', () => {
    const [a = '', b = '', c = ''] = leavesFrom(3);
    const { root, pathOf } = treeOf(sha256, [a, b, c]);
    expect(root).toBe(node(node(a, b), c));
    expect(pathOf(2)).toEqual([{ side: 'left', hash: node(a, b) }]);
  });

  it('of one leaf is that leaf', () => {
    const { root, pathOf } = treeOf(sha256, [leafNamed(1)]);
    expect([root, pathOf(0)]).toEqual([leafNamed(1), []]);
  });

  it('of none has a root of its own', () => {
    const { root } = treeOf(sha256, []);
    expect(root).toBe(sha256('{"schema":"homeward.node.1"}'));
  });

  it('takes no node for a leaf', () => {
    const [a = '', b = ''] = leavesFrom(2);
    const { root } = treeOf(sha256, [a, b]);
    expect(leafOf(sha256, { chain: a, position: 1, hash: b })).not.toBe(root);
  });
});
