import { describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { type Anchor, anchorSchema, digestOfAnchor, isAnchoredBy } from '#domain/record/anchor.ts';
import { type ChainEnd, NOTHING_BEFORE } from '#domain/record/link.ts';
import { leafOf, treeOf } from '#domain/record/merkle.ts';
import { sha256 } from '#test/support/sealed.ts';

const ends: ChainEnd[] = ['w-1', 'w-2', 'w-3'].map((id, i) => ({
  chain: `kent#WEARER#${id}`,
  position: i + 1,
  hash: sha256(id),
}));
const tree = treeOf(
  sha256,
  ends.map((end) => leafOf(sha256, end)),
);
const anchor: Anchor = anchorSchema.parse({
  schema: 'homeward.anchor.1',
  agencyId: agencyIdSchema.parse('kent'),
  number: 1,
  previous: NOTHING_BEFORE,
  untilAt: '2026-10-24T21:00:00.000Z',
  leaves: 3,
  root: tree.root,
  keyId: sha256('the key'),
});

describe('an anchor', () => {
  it('holds the end of each chain that it was made of, shown by a path that names no other', () => {
    ends.forEach((end, i) => {
      const path = tree.pathOf(i);
      expect(isAnchoredBy(sha256, anchor, { end, path })).toBe(true);
      expect(JSON.stringify(path)).not.toContain('WEARER');
    });
  });

  it('holds no end that was another', () => {
    const [end] = ends;
    if (end === undefined) throw new Error('no end');
    const path = tree.pathOf(0);
    for (const change of [{ chain: 'kent#WEARER#w-9' }, { position: 7 }, { hash: sha256('x') }]) {
      expect(isAnchoredBy(sha256, anchor, { end: { ...end, ...change }, path })).toBe(false);
    }
  });

  it('has another digest when anything of it is changed', () => {
    const changes: Partial<Anchor>[] = [
      { agencyId: agencyIdSchema.parse('essex') },
      { number: 2 },
      { previous: sha256('other') },
      { untilAt: '2026-10-24T22:00:00.000Z' },
      { leaves: 4 },
      { root: sha256('other') },
      { keyId: sha256('other') },
    ];
    const digests = [{}, ...changes].map((change) =>
      digestOfAnchor(sha256, { ...anchor, ...change }),
    );
    expect(new Set(digests).size).toBe(changes.length + 1);
  });
});
