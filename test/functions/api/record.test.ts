import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import { sealedKey } from '#functions/adapters/dynamodb/chain-keys.ts';
import { keyItem } from '#functions/adapters/dynamodb/items.ts';
import { entryPut } from '#functions/adapters/dynamodb/record.ts';
import { sealedEntryFrom } from '#functions/adapters/dynamodb/sealed-entries.ts';
import { makeAnchor } from '#functions/seal/make-anchor.ts';
import { sealEntries } from '#functions/seal/seal-entries.ts';
import { fetchRecord } from '#local/record/fetch-record.ts';
import { verifyFile } from '#local/record/verify-file.ts';
import { keptChains, SEALING_AT } from '#test/support/kept-chains.ts';
import { AGENCY } from './alerts-in-tables.ts';
import { askOf, orderedWorld, type World } from './history-world.ts';

const ROUTE = 'GET /v1/wearers/{wearerId}/record';
const CHAIN = 'demo#WEARER#w-1';
const READINGS = 'demo#READINGS#w-1';
const WHY = { by: 'officer', reason: 'appeal' };
/** More than one portion of entries, and more than an answer looks through. */
const SEALED = 1_250;
/** The wearer, the order and the device, which came on record before. */
const DOCUMENTS = 3;
const ANCHORED_AT = [400, 1_200];

let world: World;
let kept: ReturnType<typeof keptChains>;
let folder = '';
let files = 0;

const seal = async (chain: string, from: number, to: number): Promise<void> => {
  const entries = [];
  for (let nth = from; nth <= to; nth += 1) {
    entries.push(sealedEntryFrom(await kept.putEntry(chain, nth)));
  }
  await sealEntries(kept.deps, chain, entries);
};

const anchor = async (hour: number): Promise<void> => {
  kept.moveTo(secondsAfter(SEALING_AT, 3_600 * hour));
  await makeAnchor({ ...kept.deps, agencyId: AGENCY });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-'));
  world = await orderedWorld();
  kept = keptChains(world.client, world.tables);
  let sealed = 0;
  for (const [i, until] of [...ANCHORED_AT, SEALED].entries()) {
    await seal(CHAIN, sealed + 1, until);
    if (until !== SEALED) await anchor(i + 1);
    sealed = until;
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** Fetches an export as the command does, page by page, and what comes of it. */
const exported = async (chain: 'record' | 'readings' = 'record', wearerId = 'w-1') => {
  files += 1;
  const file = join(folder, `${files}.ndjson`);
  const pages: number[] = [];
  const tools = { ask: askOf(world), told: (lines: number) => pages.push(lines) };
  await fetchRecord(tools, file, { wearerId, chain, ...WHY });
  const [verdict] = await verifyFile(file, { chain: null, keyId: null }, () => undefined);
  return { verdict, pages, text: await readFile(file, 'utf8') };
};

describe('given a record of many entries', () => {
  it('goes out page by page, as it was sealed, with its anchors', async () => {
    const { verdict, pages } = await exported();
    expect(verdict).toMatchObject({
      ...{
        problems: 0,
        chain: CHAIN,
        entries: DOCUMENTS + SEALED,
        anchors: 2,
        unsealed: 0,
        erased: 0,
      },
      held: { number: 2, position: DOCUMENTS + 1_200 },
    });
    expect(pages.length).toBeGreaterThan(1);
  });

  it('is one and the same export, although more is sealed while it is fetched', async () => {
    const ask = askOf(world);
    let asked = 0;
    const file = join(folder, 'growing.ndjson');
    const growing: typeof ask = async (asking) => {
      asked += 1;
      if (asked === 2) await seal(CHAIN, SEALED + 1, SEALED + 3);
      if (asked === 2) await anchor(4);
      return ask(asking);
    };
    const asking = { wearerId: 'w-1', chain: 'record', ...WHY } as const;
    await fetchRecord({ ask: growing, told: () => undefined }, file, asking);
    const [verdict] = await verifyFile(file, { chain: CHAIN, keyId: null }, () => undefined);
    expect(verdict).toMatchObject({ problems: 0, entries: DOCUMENTS + SEALED, unsealed: 0 });
    expect((await exported()).verdict).toMatchObject({
      problems: 0,
      entries: DOCUMENTS + SEALED + 3,
    });
  });

  it('goes out in more answers where entries are large, and none is lost', async () => {
    const large = 'demo#WEARER#w-large';
    const entries = [];
    for (let nth = 1; nth <= 9; nth += 1) {
      const said = { at: SEALING_AT, type: 'case-note', body: { text: 'x'.repeat(300_000) } };
      const { Put } = entryPut(world.tables.record, { pk: large, sk: `n-${nth}` }, said);
      await world.client.send(new PutItemCommand(Put));
      entries.push(sealedEntryFrom(Put.Item ?? {}));
    }
    await sealEntries(kept.deps, large, entries);
    const { verdict, pages } = await exported('record', 'w-large');
    expect(verdict).toMatchObject({ problems: 0, entries: 9 });
    expect(pages).toEqual([7, 11]);
  });

  it('marks what is not in the chain yet', async () => {
    const late = sealedEntryFrom(await kept.putEntry(CHAIN, 3_000));
    const { verdict, text } = await exported();
    expect(verdict).toMatchObject({ problems: 0, unsealed: 1 });
    expect(text.split('\n').at(-3)).toContain('"kind":"unsealed"');
    await sealEntries(kept.deps, CHAIN, [late]);
  });

  it('marks what was erased, which verifies once an entry says so', async () => {
    const sk = (await kept.linksOf(CHAIN))[6]?.name ?? '';
    for (const key of [{ pk: CHAIN, sk }, sealedKey(CHAIN, sk)]) {
      const Key = keyItem(key);
      await world.client.send(new DeleteItemCommand({ TableName: world.tables.record, Key }));
    }
    expect((await exported()).verdict).toMatchObject({
      ...{ problems: 1, erased: 1 },
      first: { position: 7, name: sk, code: 'erased-without-reason' },
    });
    const said = { at: SEALING_AT, type: 'erased', body: { names: [sk], reason: 'kept 6 years' } };
    const key = { pk: CHAIN, sk: '2026-10-25T00:00:00.000Z#ERASED#1' };
    const { Put } = entryPut(world.tables.record, key, said);
    await world.client.send(new PutItemCommand(Put));
    await sealEntries(kept.deps, CHAIN, [sealedEntryFrom(Put.Item ?? {})]);
    expect((await exported()).verdict).toMatchObject({ problems: 0, erased: 1 });
  });

  it('shows what somebody changed in the table', async () => {
    const [, , third] = await kept.linksOf(CHAIN);
    const key = { pk: CHAIN, sk: third?.name ?? '' };
    const changed = { at: SEALING_AT, type: 'violation-opened', body: { nth: 3, says: 'nothing' } };
    const { Put } = entryPut(world.tables.record, key, changed);
    const { ConditionExpression: _, ...over } = Put;
    await world.client.send(new PutItemCommand(over));
    expect((await exported()).verdict.first).toMatchObject({ position: 3, code: 'commitment' });
  });

  it('has the readings of it in a chain of their own, the export itself among them', async () => {
    const stands = world
      .itemsOf(world.tables.record)
      .filter((item) => item.pk?.S === READINGS)
      .map(sealedEntryFrom);
    await sealEntries(kept.deps, READINGS, stands);
    const { verdict, text } = await exported('readings');
    expect(verdict).toMatchObject({ problems: 0, chain: READINGS, entries: stands.length });
    expect(text).toContain(`"route":"${ROUTE}"`);
  });
});

describe('an export is refused', () => {
  const ask = (query: Readonly<Record<string, string>>, wearerId = 'w-1') =>
    world.ask(ROUTE, { path: { wearerId }, query: { ...WHY, ...query } });

  it.each([
    ['of no chain', { chain: 'thoughts' }, 'chain'],
    ['after nothing that was given out', { after: 'x' }, 'after'],
    ['after a made-up place', { after: 'entries.9.0.0.0.x' }, 'after'],
  ])('%s', async (_, query, where) => {
    const { statusCode, json } = await ask(query);
    expect(statusCode).toBe(422);
    expect(json.problems.map((problem: { path: string }) => problem.path)).toEqual([where]);
  });

  it('of nobody, of a pair, and of a protected person', async () => {
    const body = { name: 'Ann', kind: 'protected-person' };
    await world.ask('PUT /v1/wearers/{wearerId}', { path: { wearerId: 'v-1' }, body });
    expect((await ask({}, 'nobody')).statusCode).toBe(404);
    expect((await ask({}, 'pair-1')).statusCode).toBe(404);
    expect((await ask({}, 'v-1')).statusCode).toBe(403);
  });
});
