import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { sealedKey } from '#functions/adapters/dynamodb/chain-keys.ts';
import { keyItem } from '#functions/adapters/dynamodb/items.ts';
import { sealedEntryFrom } from '#functions/adapters/dynamodb/sealed-entries.ts';
import {
  openArchived,
  packStretch,
  unpackStretch,
} from '#functions/adapters/s3/archived-stretch.ts';
import { archiveChains } from '#functions/seal/archive-chains.ts';
import { sealEntries } from '#functions/seal/seal-entries.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { keptChains, SEALING_AT } from '#test/support/kept-chains.ts';
import { sha256 } from '#test/support/sealed.ts';

let dynamoDb: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  dynamoDb = fakeDynamoDb(DynamoDBClient);
});
afterEach(() => dynamoDb.restore());

const client = new DynamoDBClient({ region: 'eu-west-2' });
const kept = () => keptChains(client, { record: 'record', chain: 'chain' });
type Kept = ReturnType<typeof kept>;
const days = (n: number): Instant => secondsAfter(SEALING_AT, n * 86_400);
const CHAIN = 'kent#WEARER#w-1';

const seal = async (one: Kept, chain: string, ...nths: number[]): Promise<void> => {
  const entries = [];
  for (const nth of nths) entries.push(sealedEntryFrom(await one.putEntry(chain, nth)));
  await sealEntries(one.deps, chain, entries);
};

const archiveOn = async (one: Kept, at: Instant, mayGoOn = () => true): Promise<string[]> => {
  one.moveTo(at);
  await archiveChains(one.deps, mayGoOn);
  return [...one.archive.kept.keys()].sort();
};

const stretchIn = (one: Kept, key: string) =>
  unpackStretch(sha256, one.archive.kept.get(key)?.body ?? new Uint8Array());

describe('given a chain of which a link is a month old', () => {
  it('is archived to its end, and once a month', async () => {
    const one = kept();
    await seal(one, CHAIN, 1, 2);
    one.moveTo(days(20));
    await seal(one, CHAIN, 3);
    expect(await archiveOn(one, days(29))).toEqual([]);
    const first = 'kent/WEARER/w-1/00000001-00000003.ndjson.gz';
    expect(await archiveOn(one, days(31))).toEqual([first]);
    one.moveTo(days(31));
    await seal(one, CHAIN, 4);
    expect(await archiveOn(one, days(51))).toEqual([first]);
    const second = 'kent/WEARER/w-1/00000004-00000004.ndjson.gz';
    expect(await archiveOn(one, days(62))).toEqual([first, second]);
    expect(stretchIn(one, second).manifest.previous).toBe(stretchIn(one, first).manifest.end);
    expect(stretchIn(one, first).lines.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('is left to the next day where the time is over, and counted', async () => {
    const one = kept();
    await seal(one, CHAIN, 1);
    expect(await archiveOn(one, days(31), () => false)).toEqual([]);
    expect(one.told.measured).toContainEqual(['chainsNotArchived', 1]);
    expect(await archiveOn(one, days(32))).toHaveLength(1);
  });

  it('is archived by the next run where one broke off before it was noted', async () => {
    const one = kept();
    await seal(one, CHAIN, 1, 2);
    const { putArchived } = one.deps.stretches;
    const stretches = { ...one.deps.stretches, putArchived: () => Promise.reject(new Error('x')) };
    one.moveTo(days(31));
    await archiveChains({ ...one.deps, stretches }, () => true);
    expect(one.told.lines).toMatchObject([{ message: 'chain not archived' }]);
    expect(await archiveOn(one, days(32))).toHaveLength(1);
    expect(await one.deps.stretches.loadArchived(CHAIN)).toBe(2);
    expect(putArchived).toBe(one.deps.stretches.putArchived);
  });
});

describe('given an archived entry', () => {
  it('reads it with its salt, and with no other', async () => {
    const one = kept();
    await seal(one, CHAIN, 1, 2);
    const [key = ''] = await archiveOn(one, days(31));
    const text = Buffer.from(one.archive.kept.get(key)?.body ?? []).toString('latin1');
    expect(text).not.toContain('violation-opened');
    const salts = await one.saltsOf(CHAIN);
    const entries = await one.deps.chains.loadEntries(CHAIN);
    const { lines } = stretchIn(one, key);
    const opened = lines.map((line) => openArchived(line, salts.get(line.name) ?? ''));
    expect(opened).toEqual(entries);
    const [first, second] = lines;
    if (first === undefined || second === undefined) throw new Error('no lines');
    expect(() => openArchived(first, salts.get(second.name) ?? '')).toThrow();
  });

  it('that had been erased before leaves its link alone, and the stretch holds', async () => {
    const one = kept();
    await seal(one, CHAIN, 1, 2);
    const [link] = await one.linksOf(CHAIN);
    // As erasing leaves it: that it was sealed, without its salt.
    const Item = { ...keyItem(sealedKey(CHAIN, link?.name ?? '')), position: { N: '1' } };
    await client.send(new PutItemCommand({ TableName: 'record', Item }));
    const [key = ''] = await archiveOn(one, days(31));
    const { lines } = stretchIn(one, key);
    expect(lines.map(({ sealed }) => sealed === null)).toEqual([true, false]);
    expect(lines[0] && openArchived(lines[0], 'A'.repeat(43))).toBeNull();
  });
});

describe('a stretch', () => {
  it('comes to the same bytes each time, and is refused when a link was changed', async () => {
    const one = kept();
    await seal(one, CHAIN, 1, 2, 3);
    const stretch = await one.deps.stretches.loadStretch(CHAIN, 1, 10);
    const { body } = packStretch(sha256, stretch);
    expect(packStretch(sha256, stretch).body).toEqual(body);
    const changed = stretch.map((item, i) =>
      i === 1 ? { ...item, link: { ...item.link, name: 'another' } } : item,
    );
    const broken = packStretch(sha256, changed).body;
    expect(() => unpackStretch(sha256, broken)).toThrow(/not what was archived/);
    const shorter = packStretch(sha256, [...stretch.slice(0, 1), ...stretch.slice(2)]).body;
    expect(() => unpackStretch(sha256, shorter)).toThrow(/not what was archived/);
  });
});
