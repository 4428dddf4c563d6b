import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import { DATA_CLASSES, USUAL_DAYS } from '#domain/retention/data-class.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { fetchAndVerify } from './fetch-and-verify.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const DAY = 86_400_000;
const START = instant(Date.parse('2026-03-02T08:00:00Z'));
const WHY = 'by=o-1&reason=test';
const ORDER = '/v1/wearers/w-1/orders/o-1';

let cloud: Cloud;
let office: ApiClient;

const dayAfter = (days: number): Instant => instant(START + days * DAY);

beforeAll(async () => {
  ({ cloud, office } = await startStack(START));
  const headEnd = await superviseOne(cloud, office, { conditions: [] });
  await office.put('/v1/wearers/w-1', { name: 'Jo Bloggs', mobile: '+447700900777' });
  const fix = { kind: 'fix', activationId: 'a-1', lat: 51.5, lon: -0.1, accuracyMetres: 8 };
  await headEnd.post('/v1/events', [{ ...fix, recordedAt: toIso(START) }]);
  await cloud.settled();
  const days = Object.fromEntries(
    DATA_CLASSES.map((dataClass) => [dataClass, USUAL_DAYS[dataClass].leastDays]),
  );
  await office.put('/v1/retention-policy', { legalBasis: 'test', days });
  const { document } = z
    .object({ document: z.looseObject({}) })
    .parse(await office.get(`${ORDER}?${WHY}`));
  cloud.clock.jumpTo(dayAfter(1));
  await office.put(ORDER, { ...document, endsAt: toIso(dayAfter(1)) });
  await cloud.settled();
}, 300_000);
afterAll(() => cloud?.stop());

const reportSchema = z.object({
  ...{ looked: z.number(), erased: z.number(), failures: z.number(), left: z.number() },
  wearers: z.array(z.looseObject({ standing: z.array(z.string()) })),
});
const erase = async (asked: object = {}) =>
  reportSchema.parse(await cloud.invoke('EraseFunction', { wearerId: 'w-1', ...asked }));

const jumpTo = async (days: number): Promise<void> => {
  cloud.clock.jumpTo(dayAfter(days));
  await cloud.settled();
};

const trailSchema = z.object({ events: z.array(z.unknown()) });
const trail = async () => {
  const [from, to] = [toIso(instant(START - 60_000)), toIso(instant(START + 60_000))];
  const path = `/v1/wearers/w-1/trail?from=${from}&to=${to}&${WHY}`;
  return trailSchema.parse(await office.get(path)).events;
};

const record = async (): Promise<string> => {
  const authorization = `Bearer ${cloud.secret('AdministratorToken')}`;
  const url = `${cloud.apiUrl}/v1/wearers/w-1/record?${WHY}`;
  return (await fetch(url, { headers: { authorization } })).text();
};

const TABLES = ['State', 'Trail', 'Monitoring', 'Allowance', 'Vigil'] as const;

const client = () => ({
  ...{ endpoint: cloud.endpointUrl, region: 'eu-west-2' },
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** Everything in a table that names or places the wearer. */
const naming = async (table: (typeof TABLES)[number] | 'Record') => {
  const TableName = cloud.tableName(`${table}Table`);
  const { Items = [] } = await new DynamoDBClient(client()).send(new ScanCommand({ TableName }));
  return Items.filter((item) => /w-1|a-1\b|T-1|Bloggs|900777|51\.5/.test(JSON.stringify(item)));
};

const objectsOf = async (bucket: string): Promise<(string | undefined)[]> => {
  const s3 = new S3Client({ ...client(), forcePathStyle: true });
  const Bucket = cloud.bucketName(bucket);
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: 'demo/w-1/' }),
  );
  return Contents.map(({ Key }) => Key);
};

/** As long as the stream takes to have everything sealed. */
const sealed = async (): Promise<void> => {
  await cloud.clock.advanceBy(10_000);
  await cloud.settled();
};

describe('given a wearer whose order has ended, on real engines and under its own rights', () => {
  it('keeps everything while a hold stands, and until the days are over', async () => {
    await jumpTo(20);
    expect(await erase()).toMatchObject({ looked: 1, erased: 0, failures: 0 });
    await office.put('/v1/wearers/w-1/holds/h-1', { reason: 'a claim', by: 'o-1' });
    await jumpTo(40);
    const { wearers, erased } = await erase({ dryRun: true });
    expect(wearers).toEqual([expect.objectContaining({ standing: ['under-hold'] })]);
    expect(erased).toBe(0);
    expect(await trail()).toHaveLength(1);
  });

  it('erases the trail when both are over, wherever it lies, and says so on record', async () => {
    const released = { by: 'o-1', reason: 'settled' };
    await office.put('/v1/wearers/w-1/holds/h-1', { reason: 'a claim', by: 'o-1', released });
    expect(await erase()).toMatchObject({ looked: 1, failures: 0, left: 0 });
    expect(await trail()).toEqual([]);
    expect(await record()).toMatch(/"type":"erased"/);
    expect(cloud.functionLogs('EraseFunction').join('\n')).not.toContain('"level":"ERROR"');
  });

  it('erases the rest in the end: nothing names or places them but what says so', async () => {
    await sealed();
    await jumpTo(450);
    expect(await erase()).toMatchObject({ failures: 0, left: 0 });
    expect(cloud.functionLogs('EraseFunction').join('\n')).toContain('"isForgotten":true');
    expect((await erase({ dryRun: true })).wearers).toEqual([]);
    for (const table of TABLES) expect([table, await naming(table)]).toEqual([table, []]);
    const record = await naming('Record');
    const isSeal = ({ pk }: (typeof record)[number]): boolean => /#SEALED#/.test(pk?.S ?? '');
    const entries = record.filter((item) => !isSeal(item));
    expect(new Set(entries.map(({ type }) => type?.S))).toEqual(new Set(['erased']));
    const salted = record.filter((item) => isSeal(item) && item.salt !== undefined);
    expect(salted.filter(({ sk }) => !/#ERASED#/.test(sk?.S ?? ''))).toEqual([]);
    expect(await objectsOf('TrailBucket')).toEqual([]);
    expect(await objectsOf('ReportBucket')).toEqual([]);
  }, 300_000);

  it('leaves chains that verify, and that say what is gone', async () => {
    await sealed();
    const { verdict, text } = await fetchAndVerify(cloud, 'record');
    expect(verdict).toMatchObject({ problems: 0, unsealed: 0, chain: 'demo#WEARER#w-1' });
    expect(verdict.erased).toBeGreaterThan(5);
    expect(text).not.toMatch(/Bloggs|900777|51\.5/);
    const readings = (await fetchAndVerify(cloud, 'readings')).verdict;
    expect(readings).toMatchObject({ problems: 0, chain: 'demo#READINGS#w-1' });
    expect(readings.erased).toBeGreaterThan(2);
  });
});
