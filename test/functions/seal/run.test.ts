import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import { sealedEntryFrom } from '#functions/adapters/dynamodb/sealed-entries.ts';
import { type RunDeps, run as runWithin } from '#functions/seal/run.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { keptChains, SEALING_AT } from '#test/support/kept-chains.ts';

let dynamoDb: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  dynamoDb = fakeDynamoDb(DynamoDBClient);
});
afterEach(() => dynamoDb.restore());

const client = new DynamoDBClient({ region: 'eu-west-2' });
const kept = () => keptChains(client, { record: 'record', chain: 'chain' });
type Kept = ReturnType<typeof kept>;
type Image = Awaited<ReturnType<Kept['putEntry']>>;

/** With as much time as anybody wants. */
const run = (deps: RunDeps) => (event: unknown) =>
  runWithin(deps)(event, { getRemainingTimeInMillis: () => 300_000 });

const W1 = 'kent#WEARER#w-1';
const W2 = 'kent#WEARER#w-2';
const READINGS = 'kent#READINGS#w-1';

/** As the stream of the record's table gives it, put so many seconds before now. */
const streamed = (images: readonly Image[], seconds = 2) => ({
  Records: images.map((NewImage, nth) => ({
    eventName: 'INSERT',
    dynamodb: {
      Keys: {},
      NewImage,
      SequenceNumber: String(100 + nth),
      ApproximateCreationDateTime: secondsAfter(SEALING_AT, -seconds) / 1000,
    },
  })),
});

const put = async ({ putEntry }: Kept, chain: string, ...nths: number[]): Promise<Image[]> => {
  const images = [];
  for (const nth of nths) images.push(await putEntry(chain, nth));
  return images;
};

const NOTHING_FAILED = { batchItemFailures: [] };

describe('given new entries from the stream', () => {
  it('seals each into the chain of its own partition, readings apart from the wearer', async () => {
    const one = kept();
    const images = [
      ...(await put(one, W1, 1, 2)),
      ...(await put(one, READINGS, 1)),
      ...(await put(one, W2, 1)),
    ];
    expect(await run(one.deps)(streamed(images))).toEqual(NOTHING_FAILED);
    for (const chain of [W1, READINGS, W2]) expect(await one.problemOf(chain)).toBeNull();
    expect((await one.linksOf(W1)).map(({ position }) => position)).toEqual([1, 2]);
    expect((await one.linksOf(READINGS)).map(({ position }) => position)).toEqual([1]);
    expect(one.told.measured).toContainEqual(['sealedAfterMaxSeconds', 2]);
  });

  it('adds nothing when they come again', async () => {
    const one = kept();
    const images = await put(one, W1, 1, 2, 3);
    await run(one.deps)(streamed(images));
    const links = await one.linksOf(W1);
    expect(await run(one.deps)(streamed(images.slice(1)))).toEqual(NOTHING_FAILED);
    expect(await one.linksOf(W1)).toEqual(links);
  });

  it('gives every entry a salt of its own', async () => {
    const one = kept();
    await run(one.deps)(streamed(await put(one, W1, 1, 2, 3)));
    const salts = [...(await one.saltsOf(W1)).values()];
    expect(new Set(salts).size).toBe(3);
    for (const salt of salts) expect(salt).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('asks for the first of a chain that failed again, and holds up no other', async () => {
    const one = kept();
    const [first, second] = await put(one, W1, 1, 2);
    const [other] = await put(one, W2, 1);
    const { append } = one.deps.chains;
    const failing: RunDeps = {
      ...one.deps,
      chains: {
        ...one.deps.chains,
        append: async (links) => {
          if (links[0]?.link.chain === W1) throw new Error('throttled');
          return append(links);
        },
      },
    };
    const images = [other, first, second].filter((image) => image !== undefined);
    expect(await run(failing)(streamed(images))).toEqual({
      batchItemFailures: [{ itemIdentifier: '101' }],
    });
    expect(await one.problemOf(W2)).toBeNull();
    expect(one.told.lines).toMatchObject([{ level: 'error', fields: { chain: W1 } }]);
    expect(await run(one.deps)(streamed(images.slice(1)))).toEqual(NOTHING_FAILED);
    expect(await one.problemOf(W1)).toBeNull();
  });

  it('seals what has no canonical form as its text, letter by letter', async () => {
    const one = kept();
    const [image] = await put(one, W1, 1);
    const broken = { ...image, body: { S: '{"half": 1e999}' } };
    expect(sealedEntryFrom(broken).body).toBe('{"half": 1e999}');
    expect(await run(one.deps)(streamed([broken]))).toEqual(NOTHING_FAILED);
    expect(await one.linksOf(W1)).toHaveLength(1);
  });
});

describe('given a sealer that breaks off at any call', () => {
  it('leaves a chain that the next one makes whole, without a fork or a repeat', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 110 }),
        async (breaks, entries) => {
          dynamoDb.restore();
          dynamoDb = fakeDynamoDb(DynamoDBClient);
          const one = kept();
          const nths = Array.from({ length: entries }, (_, i) => i + 1);
          const images = await put(one, W1, ...nths);
          for (const calls of breaks) {
            let left = calls;
            // Before the call, or after it: its answer is lost, and nobody knows that it was made.
            const breaking =
              <A extends unknown[], T>(call: (...given: A) => Promise<T>) =>
              async (...given: A): Promise<T> => {
                left -= 1;
                if (left === 0) throw new Error('ended before');
                const answer = await call(...given);
                if (left === -1) throw new Error('ended after');
                return answer;
              };
            const { load, append, loadEntries, loadSealed, markWhole } = one.deps.chains;
            const chains = {
              ...one.deps.chains,
              ...{ load: breaking(load), append: breaking(append) },
              ...{ loadEntries: breaking(loadEntries), loadSealed: breaking(loadSealed) },
              markWhole: breaking(markWhole),
            };
            await run({ ...one.deps, chains })(streamed(images.slice(-10)));
          }
          expect(await run(one.deps)(streamed(images.slice(-10)))).toEqual(NOTHING_FAILED);
          expect(await one.problemOf(W1)).toBeNull();
          expect(await one.linksOf(W1)).toHaveLength(entries);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('given a stream that loses, repeats and mixes up, and sealers that meet', () => {
  it('has every entry sealed once by the net at the latest, in chains that hold', async () => {
    const delivery = fc.record({ chain: fc.nat(2), times: fc.nat(3), breaks: fc.nat(9) });
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 25 }), async (deliveries) => {
        dynamoDb.restore();
        dynamoDb = fakeDynamoDb(DynamoDBClient);
        const one = kept();
        const chains = [W1, W2, 'kent#ZONE#school'];
        const images: Image[] = [];
        for (const [nth, { chain }] of deliveries.entries()) {
          images.push(...(await put(one, chains[chain] ?? W1, nth + 1)));
        }
        const given = deliveries.flatMap(({ times }, i) =>
          Array.from({ length: times }, () => images[i]).filter((image) => image !== undefined),
        );
        const halves = [given.filter((_, i) => i % 2 === 0), given.filter((_, i) => i % 2 === 1)];
        // What fails is given again; what is given to nobody is lost.
        const outcomes = halves.map((half, i) => {
          const append: typeof one.deps.chains.append = (links) =>
            deliveries[i]?.breaks === 0
              ? Promise.reject(new Error('throttled'))
              : one.deps.chains.append(links);
          const sealer = { ...one.deps, chains: { ...one.deps.chains, append } };
          return half.length === 0 ? null : run(sealer)(streamed(half.toReversed()));
        });
        await Promise.all(outcomes);
        one.moveTo(secondsAfter(SEALING_AT, 3_600));
        await run(one.deps)({ kind: 'net', days: 2 });
        for (const chain of new Set(deliveries.map(({ chain: at }) => chains[at] ?? W1))) {
          expect(await one.problemOf(chain)).toBeNull();
        }
        await run(one.deps)({ kind: 'net', days: 2 });
        expect(one.told.measured.at(-1)).toEqual(['entriesFoundUnsealed', 0]);
      }),
      { numRuns: 20 },
    );
  });

  it('goes on with the chain where the clock of a sealer goes backwards', async () => {
    const one = kept();
    for (const [nth, seconds] of [0, -300, 60].entries()) {
      one.moveTo(secondsAfter(SEALING_AT, seconds));
      await run(one.deps)(streamed(await put(one, W1, nth + 1)));
    }
    expect(await one.problemOf(W1)).toBeNull();
    expect(await one.linksOf(W1)).toHaveLength(3);
  });
});

describe('given a look of the net', () => {
  it('leaves what was put within ten minutes to the stream', async () => {
    const one = kept();
    const fresh = secondsAfter(SEALING_AT, 3600 - 120);
    await one.putEntry(W1, 1, fresh);
    await run(one.deps)({ kind: 'net', days: 2 });
    expect(await one.linksOf(W1)).toEqual([]);
    expect(one.told.measured).toEqual([['entriesFoundUnsealed', 0]]);
  });

  it('counts what could not be sealed either, and goes on with the next chain', async () => {
    const one = kept();
    await put(one, W1, 1);
    await put(one, W2, 1);
    const { load } = one.deps.chains;
    const chains = {
      ...one.deps.chains,
      load: async (chain: string) => {
        if (chain === W1) throw new Error('throttled');
        return load(chain);
      },
    };
    await run({ ...one.deps, chains })({ kind: 'net', days: 2 });
    expect(one.told.measured).toEqual([['entriesFoundUnsealed', 2]]);
    expect(await one.problemOf(W2)).toBeNull();
  });
});

describe('given a wearer from before there were chains', () => {
  it('seals all of the record when asked', async () => {
    const one = kept();
    await put(one, W1, 3, 1, 2);
    await run(one.deps)({ kind: 'chain', chain: W1 });
    expect(await one.problemOf(W1)).toBeNull();
  });

  it('seals the readings about people, and a wearer with an unlucky id', async () => {
    const one = kept();
    for (const chain of ['kent#READINGS#PERSON#o-1', 'kent#WEARER#SEALED']) {
      await put(one, chain, 1);
      await run(one.deps)({ kind: 'chain', chain });
      expect(await one.problemOf(chain)).toBeNull();
    }
    await run(one.deps)({ kind: 'net', days: 2 });
    expect(one.told.measured).toEqual([['entriesFoundUnsealed', 0]]);
  });

  it.each(['kent#ZONE-LIST#schools', 'kent#READINGS', 'kent#AREA'])('seals %s', async (chain) => {
    const one = kept();
    await put(one, chain, 1);
    await run(one.deps)({ kind: 'chain', chain });
    expect(await one.problemOf(chain)).toBeNull();
  });

  it.each([
    ...['kent#SEALED#WEARER#w-1', 'kent#ANCHORS', 'kent#ANCHORS#x', 'kent', 'kent#WEARER#', ''],
  ])('refuses %j', async (chain) => {
    await expect(run(kept().deps)({ kind: 'chain', chain })).rejects.toThrow();
  });
});
