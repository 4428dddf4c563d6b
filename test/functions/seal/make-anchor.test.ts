import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { digestOfAnchor, isAnchoredBy, type SignedAnchor } from '#domain/record/anchor.ts';
import { NOTHING_BEFORE } from '#domain/record/link.ts';
import { treeOf } from '#domain/record/merkle.ts';
import { sealedEntryFrom } from '#functions/adapters/dynamodb/sealed-entries.ts';
import { makeAnchor } from '#functions/seal/make-anchor.ts';
import { sealEntries } from '#functions/seal/seal-entries.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { isSigned, KENT, keptChains, SEALING_AT } from '#test/support/kept-chains.ts';
import { sha256 } from '#test/support/sealed.ts';

let dynamoDb: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  dynamoDb = fakeDynamoDb(DynamoDBClient);
});
afterEach(() => dynamoDb.restore());

const client = new DynamoDBClient({ region: 'eu-west-2' });
const kept = () => keptChains(client, { record: 'record', chain: 'chain' });
const hours = (n: number): Instant => secondsAfter(SEALING_AT, n * 3600);
const wearer = (n: number): string => `kent#WEARER#w-${n}`;

const sealOne = async (one: ReturnType<typeof kept>, chain: string, nth: number) => {
  await sealEntries(one.deps, chain, [sealedEntryFrom(await one.putEntry(chain, nth))]);
};

const anchorAt = async (one: ReturnType<typeof kept>, at: Instant): Promise<SignedAnchor> => {
  one.moveTo(at);
  await makeAnchor(one.deps);
  const last = await one.deps.anchors.loadLast(KENT);
  if (last === null) throw new Error('no anchor');
  return last;
};

describe('given chains that changed', () => {
  it('signs a root over their ends, and follows the anchor before', async () => {
    const one = kept();
    for (const n of [1, 2, 3]) await sealOne(one, wearer(n), 1);
    const first = await anchorAt(one, hours(1));
    expect(first.anchor).toMatchObject({
      ...{ agencyId: KENT, number: 1, previous: NOTHING_BEFORE, leaves: 3 },
      untilAt: toIso(secondsAfter(hours(1), -60)),
    });
    await sealOne(one, wearer(2), 2);
    const second = await anchorAt(one, hours(2));
    expect(second.anchor).toMatchObject({ number: 2, leaves: 1 });
    expect(second.anchor.previous).toBe(digestOfAnchor(sha256, first.anchor));
    for (const { anchor, signature, publicKey } of [first, second]) {
      expect(isSigned(anchor, signature, publicKey)).toBe(true);
      expect(isSigned({ ...anchor, leaves: 9 }, signature, publicKey)).toBe(false);
    }
    expect([...one.bucket.kept.keys()]).toEqual(['kent/00000001.json', 'kent/00000002.json']);
    expect(one.told.measured).toContainEqual(['anchorsMade', 1]);
  });

  it('leaves with each chain the path by which it is shown, and names no other', async () => {
    const one = kept();
    for (let n = 1; n <= 7; n += 1) await sealOne(one, wearer(n), 1);
    await anchorAt(one, hours(1));
    for (let n = 1; n <= 7; n += 1) {
      const [held, ...more] = await one.loadAnchorsOf(wearer(n));
      if (held === undefined) throw new Error('not anchored');
      const { position, hash, path } = held.anchored;
      const end = { chain: wearer(n), position, hash };
      expect(isAnchoredBy(sha256, held.signed.anchor, { end, path })).toBe(true);
      expect(JSON.stringify(held)).not.toContain('WEARER');
      expect(more).toEqual([]);
    }
  });

  it('anchors what was sealed within the last minute with the next anchor', async () => {
    const one = kept();
    await sealOne(one, wearer(1), 1);
    expect((await anchorAt(one, secondsAfter(SEALING_AT, 30))).anchor.leaves).toBe(0);
    expect((await anchorAt(one, hours(1))).anchor.leaves).toBe(1);
  });
});

describe('given an hour in which nothing changed', () => {
  it('anchors that nothing did', async () => {
    const one = kept();
    const { anchor } = await anchorAt(one, hours(5));
    expect(anchor).toMatchObject({ leaves: 0, root: treeOf(sha256, []).root });
  });
});

describe('given an anchoring that breaks off, or two at once', () => {
  const breaking = (one: ReturnType<typeof kept>, at: 'putAnchored' | 'sign' | 'putAnchor') => {
    const ended = () => Promise.reject(new Error('ended'));
    if (at === 'sign') return { ...one.deps, key: { ...one.deps.key, sign: ended } };
    return { ...one.deps, anchors: { ...one.deps.anchors, [at]: ended } };
  };

  it.each(['putAnchored', 'sign', 'putAnchor'] as const)(
    'that ended at %s: the next makes anchors without a gap, and each path holds',
    async (moment) => {
      const one = kept();
      await sealOne(one, wearer(1), 1);
      await sealOne(one, wearer(2), 1);
      one.moveTo(hours(1));
      await expect(makeAnchor(breaking(one, moment))).rejects.toThrow('ended');
      await sealOne(one, wearer(1), 2);
      const last = await anchorAt(one, hours(2));
      const isInBucket = moment === 'putAnchor';
      expect(last.anchor.number).toBe(isInBucket ? 2 : 1);
      const held = await one.loadAnchorsOf(wearer(1));
      expect(held).toHaveLength(last.anchor.number);
      for (const { signed, anchored } of held) {
        const { position, hash, path } = anchored;
        const end = { chain: wearer(1), position, hash };
        expect(isAnchoredBy(sha256, signed.anchor, { end, path })).toBe(true);
      }
      expect(one.bucket.kept.size).toBe(last.anchor.number);
    },
  );

  it('makes the same number again where the locked bucket refused it', async () => {
    const one = kept();
    await sealOne(one, wearer(1), 1);
    one.moveTo(hours(1));
    const keep = () => Promise.reject(new Error('AccessDenied'));
    const refusing = { ...one.deps, anchorObjects: { keep } };
    await expect(makeAnchor(refusing)).rejects.toThrow('AccessDenied');
    expect(one.told.measured).not.toContainEqual(['anchorsMade', 1]);
    expect((await anchorAt(one, hours(2))).anchor).toMatchObject({ number: 1, leaves: 1 });
  });

  it('lets the anchor stand that is in the bucket under its number', async () => {
    const one = kept();
    await sealOne(one, wearer(1), 1);
    const first = await anchorAt(one, hours(1));
    const another = { ...first, anchor: { ...first.anchor, root: 'f'.repeat(64) } };
    expect(await one.deps.anchorObjects.keep(another)).toEqual(first);
  });

  it('holds what was sealed by a clock that lay ten minutes behind', async () => {
    const one = kept();
    await sealOne(one, wearer(1), 1);
    await anchorAt(one, hours(1));
    one.moveTo(secondsAfter(hours(1), -600));
    await sealOne(one, wearer(1), 2);
    expect((await anchorAt(one, hours(2))).anchor.leaves).toBe(1);
    expect((await one.loadAnchorsOf(wearer(1))).at(-1)?.anchored.position).toBe(2);
  });

  it('makes no second anchor of an instant, nor one before the last', async () => {
    const one = kept();
    await anchorAt(one, hours(2));
    for (const then of [hours(2), hours(1)]) {
      one.moveTo(then);
      await makeAnchor(one.deps);
    }
    expect(one.bucket.kept.size).toBe(1);
  });

  it('makes one anchor of two that run at once', async () => {
    const one = kept();
    await sealOne(one, wearer(1), 1);
    one.moveTo(hours(1));
    await Promise.all([makeAnchor(one.deps), makeAnchor(one.deps)]);
    expect(one.bucket.kept.size).toBe(1);
    expect(await one.loadAnchorsOf(wearer(1))).toHaveLength(1);
  });
});
