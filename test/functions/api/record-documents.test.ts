import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { inForceAt } from '#domain/record/in-force.ts';
import { versionKey } from '#functions/adapters/dynamodb/keys.ts';
import { makeAnchor } from '#functions/seal/make-anchor.ts';
import { sealEntries } from '#functions/seal/seal-entries.ts';
import type { Ask } from '#local/history/ask-api.ts';
import { fetchRecord } from '#local/record/fetch-record.ts';
import type { Fetching } from '#local/record/options.ts';
import { exitCodeOf, sayWhatWasInForce } from '#local/record/say-verdict.ts';
import { verifyFile } from '#local/record/verify-file.ts';
import { keptChains } from '#test/support/kept-chains.ts';
import { minute } from '#test/support/walks.ts';
import { AGENCY } from './alerts-in-tables.ts';
import { DOCUMENTS } from './documents.ts';
import { orderedWorld, type World } from './history-world.ts';

const WHY = { by: 'officer', reason: 'hearing of 3 May' };
const ZONE = 'demo#ZONE#school';
const WEARER = { wearerId: 'w-1', chain: 'record', withDocuments: true } as const;

let world: World;
let kept: ReturnType<typeof keptChains>;
let keyId = '';
let folder = '';
let files = 0;

/** Every partition of the record that has entries, such as the stream would bring. */
const sealAll = async (): Promise<void> => {
  const pks = world.itemsOf(world.tables.record).flatMap(({ pk }) => pk?.S ?? []);
  for (const chain of new Set(pks.filter((pk) => !pk.includes('#SEALED#')))) {
    await sealEntries(kept.deps, chain, await kept.deps.chains.loadEntries(chain));
  }
};

/** The zone as it is, and as it is widened an hour later. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documents-'));
  world = await orderedWorld();
  kept = keptChains(world.client, world.tables);
  keyId = (await kept.deps.key.loadPublicKey()).keyId;
  world.clock.now = minute(60);
  const zone = DOCUMENTS.find(({ route }) => route === '/v1/zones/{zoneId}');
  const { route = '', path = {}, changed = {} } = zone ?? {};
  expect((await world.ask(`PUT ${route}`, { path, body: changed })).statusCode).toBe(200);
  world.clock.now = minute(90);
  await sealAll();
  kept.moveTo(secondsAfter(kept.deps.now(), 3_600));
  await makeAnchor({ ...kept.deps, agencyId: AGENCY });
});
afterAll(() => rm(folder, { recursive: true }));

/** An API Gateway of sorts, for both paths by which chains go out. */
const ask: Ask = async ({ method, path }) => {
  const [pathname = '', search = ''] = path.split('?');
  const [, wearerId] = /^\/v1\/wearers\/([^/]+)\/record$/.exec(pathname) ?? [];
  const route = wearerId === undefined ? '/v1/record' : '/v1/wearers/{wearerId}/record';
  const query = Object.fromEntries(new URLSearchParams(search));
  const answer = await world.ask(`${method} ${route}`, {
    ...(wearerId === undefined ? {} : { path: { wearerId } }),
    query,
  });
  return { status: answer.statusCode, text: answer.body, link: answer.headers.link ?? null };
};

const exported = async (asked: Pick<Fetching, 'wearerId' | 'chain' | 'withDocuments'>) => {
  files += 1;
  const file = join(folder, `${files}.ndjson`);
  await fetchRecord({ ask, told: () => undefined }, file, { ...asked, ...WHY });
  const verdicts = await verifyFile(file, { chain: null, keyId }, () => undefined);
  return { verdicts, text: await readFile(file, 'utf8') };
};

describe('given a court that asks which zone was in force, and whether anybody altered it', () => {
  it('is answered by one export: the wearer, the order, and the zone in its version', async () => {
    const { verdicts } = await exported(WEARER);
    const chains = verdicts.map(({ chain }) => chain);
    expect(chains.slice(0, 1)).toEqual(['demo#WEARER#w-1']);
    expect(chains).toEqual(expect.arrayContaining([ZONE, 'demo#POLICY#usual']));
    expect(exitCodeOf(verdicts, true)).toBe(0);
    const versionAt = (minutes: number) =>
      inForceAt(verdicts, minute(minutes)).find(({ chain }) => chain === ZONE)?.document;
    expect(versionAt(59)).toMatchObject({ version: 1, isShown: true, anchoredBy: { number: 1 } });
    expect(versionAt(61)).toMatchObject({ version: 2, isShown: true, anchoredBy: { number: 1 } });
    expect(sayWhatWasInForce(verdicts, minute(59)).join('\n')).toContain(
      `demo#ZONE#school: version 1, from ${toIso(minute(-10))}`,
    );
  });

  it('has the device and the order of the wearer, too', async () => {
    const { verdicts } = await exported(WEARER);
    const names = verdicts[0].documents.filter(({ isShown }) => isShown).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['ACTIVATION#a-1', 'ORDER#o-1', 'WEARER']));
  });

  it('shows a zone that somebody with rights over the table has widened', async () => {
    const { pk, sk } = versionKey({ pk: ZONE, sk: 'CURRENT' }, 1);
    const before = world
      .itemsOf(world.tables.monitoring)
      .find((item) => item.pk?.S === pk && item.sk?.S === sk);
    const TableName = world.tables.monitoring;
    const body = { S: (before?.body?.S ?? '').replace(/"radiusMetres":200/, '"radiusMetres":900') };
    await world.client.send(new PutItemCommand({ TableName, Item: { ...before, body } }));
    const { verdicts } = await exported(WEARER);
    const zone = verdicts.find(({ chain }) => chain === ZONE);
    expect(zone?.first).toMatchObject({ code: 'document', position: 1 });
    expect(exitCodeOf(verdicts, true)).toBe(1);
    await world.client.send(new PutItemCommand({ TableName, Item: before ?? {} }));
    expect(exitCodeOf((await exported(WEARER)).verdicts, true)).toBe(0);
  });

  it('has no document that no entry names', async () => {
    const { text } = await exported(WEARER);
    expect(text).not.toContain('LEARNED');
    const alone = await exported({ wearerId: 'w-1', chain: 'record' });
    expect(alone.text).not.toContain('"kind":"document"');
    expect(alone.verdicts).toHaveLength(1);
  });
});

describe('given an auditor who asks for a chain of the agency', () => {
  it.each([ZONE, 'demo#POLICY#usual', 'demo#PERSON#officer'])(
    'gets and verifies %s',
    async (chain) => {
      const { verdicts } = await exported({ wearerId: null, chain });
      expect(verdicts.map((verdict) => [verdict.chain, verdict.problems])).toEqual([[chain, 0]]);
      expect(verdicts[0].documents.every(({ isShown }) => isShown)).toBe(true);
    },
  );

  it('leaves a reading of the agency, or of the person whom the chain is of', async () => {
    const asked = (pk: string) =>
      world
        .itemsOf(world.tables.record)
        .filter((item) => item.pk?.S === pk && item.body?.S?.includes('GET /v1/record'));
    expect(asked('demo#READINGS')).toHaveLength(2);
    expect(asked('demo#READINGS#PERSON#officer')).toHaveLength(1);
    await sealAll();
    const { verdicts, text } = await exported({ wearerId: null, chain: 'demo#READINGS' });
    expect(verdicts[0].problems).toBe(0);
    expect(text).toContain('"chain":"demo#ZONE#school"');
  });

  it.each([
    ['of a wearer', 'demo#WEARER#w-1', 422],
    ['of who read about a wearer', 'demo#READINGS#w-1', 422],
    ['of what was imported', 'demo#IMPORTED#w-1', 422],
    ['of seals', 'demo#SEALED#ZONE#school', 422],
    ['of the seals of a wearer', 'demo#SEALED#WEARER#w-1', 422],
    ['of anchors', 'demo#ANCHORS', 422],
    ['of another agency', 'essex#ZONE#school', 404],
    ['of nothing', 'demo#ZONE#nowhere', 404],
    ['that is no name', '#', 422],
  ])('is refused one %s', async (_, chain, status) => {
    const { statusCode } = await world.ask('GET /v1/record', { query: { ...WHY, chain } });
    expect(statusCode).toBe(status);
  });

  it.each([
    ['of another wearer', 'entries.3.0.0.0.0.demo#WEARER#w-2/0'],
    ['of a zone that no order names', 'head.0.0.0.0.0.demo#ZONE#elsewhere/'],
  ])('goes on at no chain %s', async (_, after) => {
    const query = { ...WHY, with: 'documents', after };
    const path = { wearerId: 'w-1' };
    const { statusCode } = await world.ask('GET /v1/wearers/{wearerId}/record', { path, query });
    expect(statusCode).toBe(422);
  });
});
