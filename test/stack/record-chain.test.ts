import { createPublicKey, verify } from 'node:crypto';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import {
  anchoredSchema,
  isAnchoredBy,
  signedAnchorSchema,
  signedTextOf,
} from '#domain/record/anchor.ts';
import {
  commitmentOf,
  hashOfLink,
  linkSchema,
  NOTHING_BEFORE,
  sealedEntrySchema,
} from '#domain/record/link.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { sha256 } from '#test/support/sealed.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const START = instant(Date.parse('2026-03-02T12:00:00Z'));
const CHAIN = 'demo#WEARER#w-1';
const settings = {
  region: 'eu-west-2',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

let cloud: Cloud;
let office: ApiClient;

beforeAll(async () => {
  ({ cloud, office } = await startStack(START));
});
afterAll(() => cloud?.stop());

/** A partition's items, from one key to another. */
const itemsOf = async (table: string, pk: string, prefix: string) => {
  const client = new DynamoDBClient({ endpoint: cloud.endpointUrl, ...settings });
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: cloud.tableName(table),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: pk }, ':prefix': { S: prefix } },
    }),
  );
  return Items;
};

const linksOf = async (chain: string) =>
  (await itemsOf('ChainTable', chain, 'LINK#')).map((item) =>
    linkSchema.parse({
      ...{ chain, position: Number(item.position?.N), previous: item.previous?.S },
      ...{ name: item.name?.S, commitment: item.commitment?.S },
      sealedAt: toIso(instant(Number(item.sealedAt?.N))),
    }),
  );

/** Somebody walks into a zone, and is told of; then somebody reads of it. */
const somethingHappens = async (): Promise<void> => {
  const shape = { type: 'Circle', centre: { lat: 51.5, lon: -0.1 }, radiusMetres: 300 };
  await office.put('/v1/zones/z-1', { name: 'Zone', kind: 'exclusion', shape });
  const headEnd = await superviseOne(cloud, office, {
    inForceAt: toIso(secondsAfter(START, -600)),
    conditions: [{ conditionId: 'zone', kind: 'exclusion-zone', zoneId: 'z-1' }],
  });
  const fixes = [120, 60, 0].map((seconds) => ({
    ...{ kind: 'fix', activationId: 'a-1', lat: 51.5, lon: -0.1, accuracyMetres: 6 },
    recordedAt: toIso(secondsAfter(START, -seconds)),
  }));
  await headEnd.post('/v1/events', fixes);
  await cloud.settled();
  await office.get(asReader('o-1', '/v1/wearers/w-1/state'));
  await cloud.settled();
};

describe('given a wearer of whom something came on record', () => {
  it('has every entry sealed within seconds, in a chain that holds', async () => {
    await somethingHappens();
    expect(await linksOf(CHAIN)).toEqual([]);
    await cloud.clock.advanceBy(6_000);
    await cloud.settled();
    const entries = await itemsOf('RecordTable', CHAIN, '2');
    const seals = await itemsOf('RecordTable', 'demo#SEALED#WEARER#w-1', '2');
    const links = await linksOf(CHAIN);
    expect(entries.length).toBeGreaterThan(2);
    expect(links).toHaveLength(entries.length);
    let previous = NOTHING_BEFORE;
    for (const link of links) {
      expect(link.previous).toBe(previous);
      const entry = entries.find(({ sk }) => sk?.S === link.name);
      const salt = seals.find(({ sk }) => sk?.S === link.name)?.salt?.S ?? '';
      const opened = sealedEntrySchema.parse({
        ...{ name: link.name, type: entry?.type?.S, at: entry?.at?.S },
        body: JSON.parse(entry?.body?.S ?? ''),
      });
      expect(commitmentOf(sha256, { salt, entry: opened })).toBe(link.commitment);
      expect(Date.parse(link.sealedAt) - START).toBeLessThanOrEqual(6_000);
      previous = hashOfLink(sha256, link);
    }
    expect(await linksOf('demo#READINGS#w-1')).toHaveLength(1);
  });

  it('has the chain under an anchor that anybody can check', async () => {
    cloud.clock.jumpTo(secondsAfter(START, 300));
    await cloud.settled();
    await cloud.invoke('SealFunction', { kind: 'anchor' });
    const objects = new S3Client({ endpoint: cloud.endpointUrl, ...settings });
    const at = { Bucket: cloud.bucketName('AnchorBucket'), Key: 'demo/00000001.json' };
    const { Body } = await objects.send(new GetObjectCommand(at));
    const signed = signedAnchorSchema.parse(JSON.parse((await Body?.transformToString()) ?? ''));
    const key = createPublicKey({
      ...{ key: Buffer.from(signed.publicKey, 'base64'), type: 'spki', format: 'der' },
    });
    const signature = Buffer.from(signed.signature, 'base64');
    const says = (anchor: typeof signed.anchor) => Buffer.from(signedTextOf(anchor));
    expect(verify('sha256', says(signed.anchor), key, signature)).toBe(true);
    expect(verify('sha256', says({ ...signed.anchor, leaves: 99 }), key, signature)).toBe(false);
    const [item] = await itemsOf('ChainTable', CHAIN, 'ANCHORED#');
    const { position, hash, path } = anchoredSchema.parse(JSON.parse(item?.body?.S ?? ''));
    expect(position).toBe((await linksOf(CHAIN)).length);
    const end = { chain: CHAIN, position, hash };
    expect(isAnchoredBy(sha256, signed.anchor, { end, path })).toBe(true);
    const refused = { name: 'AccessDenied' };
    await expect(objects.send(new DeleteObjectCommand(at))).rejects.toMatchObject(refused);
    const over = objects.send(new PutObjectCommand({ ...at, Body: '{}' }));
    await expect(over).rejects.toMatchObject(refused);
  });

  it('costs each entry eight write units at most, of whoever seals', async () => {
    const { entries } = cloud.meter.snapshot();
    const written = entries.filter(({ row, on, by }) => {
      const isOfChains = on.startsWith('Chain') || (on.startsWith('Record') && by === 'seal');
      return row === 'dynamodb.write-unit' && isOfChains;
    });
    expect(new Set(written.map(({ by }) => by))).toEqual(new Set(['seal']));
    const chains = [CHAIN, 'demo#READINGS#w-1', 'demo#READINGS#PERSON#o-1'];
    const links = (await Promise.all(chains.map(linksOf))).flat().length;
    const sealing = written.filter(({ what }) => what === 'TransactWriteItems');
    const units = sealing.reduce((sum, { amount }) => sum + amount, 0);
    expect(links).toBeGreaterThanOrEqual(5);
    expect(units / links).toBeLessThanOrEqual(8);
    expect(units / links).toBeGreaterThan(2);
  });
});
