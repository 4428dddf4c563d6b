import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { at } from '#test/support/supervisions.ts';
import { fetchAndVerify } from './fetch-and-verify.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const START = at('2026-03-02T12:00:00Z');
const CHAIN = 'demo#WEARER#w-1';
const ZONE = 'demo#ZONE#z-1';
/** The one version of the zone, with its text, under an anchor. */
const SHOWN = { name: 'CURRENT', version: 1, isShown: true, anchoredBy: expect.anything() };

let cloud: Cloud;
let office: ApiClient;

beforeAll(async () => {
  ({ cloud, office } = await startStack(START));
}, 300_000);
afterAll(() => cloud?.stop());

const exported = (chain: 'record' | 'readings') => fetchAndVerify(cloud, chain);

const tables = () => {
  const client = new DynamoDBClient({
    ...{ endpoint: cloud.endpointUrl, region: 'eu-west-2' },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return { client, record: cloud.tableName('RecordTable') };
};

/** Somebody with rights over the table writes another text into its first entry. */
const alter = async (): Promise<string> => {
  const { client, record } = tables();
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: record,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: CHAIN } },
    }),
  );
  const [first] = Items;
  const Item = { ...first, body: { S: '{"type":"alert-opened","reason":"nothing"}' } };
  await client.send(new PutItemCommand({ TableName: record, Item }));
  return first?.sk?.S ?? '';
};

describe('given a wearer who was in a closed zone, on the whole stack', () => {
  it('has a record that is intact, until somebody alters an entry of it', async () => {
    const shape = { type: 'Circle', centre: { lat: 51.5, lon: -0.1 }, radiusMetres: 300 };
    await office.put('/v1/zones/z-1', { name: 'Zone', kind: 'exclusion', shape });
    const conditions = [{ conditionId: 'zone', kind: 'exclusion-zone', zoneId: 'z-1' }];
    const headEnd = await superviseOne(cloud, office, { conditions });
    for (let n = 1; n <= 6; n += 1) {
      await cloud.clock.advanceBy(60_000);
      const fix = { kind: 'fix', activationId: 'a-1', lat: 51.5, lon: -0.1, accuracyMetres: 6 };
      const recordedAt = new Date(cloud.clock.now()).toISOString();
      await headEnd.post('/v1/events', [{ ...fix, recordedAt, sequence: n }]);
      await cloud.settled();
    }
    await office.get(asReader('o-1', '/v1/wearers/w-1'));
    await cloud.clock.advanceBy(120_000);
    await cloud.settled();
    await cloud.invoke('SealFunction', { kind: 'anchor' });
    const { verdict } = await exported('record');
    expect(verdict).toMatchObject({ problems: 0, chain: CHAIN, unsealed: 0 });
    expect(verdict.entries).toBeGreaterThan(1);
    expect(verdict.held?.position).toBe(verdict.entries);
    const readings = await exported('readings');
    expect(readings.verdict).toMatchObject({ problems: 0, chain: 'demo#READINGS#w-1' });
    expect(readings.text).toContain('"route":"GET /v1/wearers/{wearerId}"');
    const zone = { chain: ZONE, problems: 0, documents: [expect.objectContaining(SHOWN)] };
    const ofAgency = await fetchAndVerify(cloud, ZONE, { wearerId: null });
    expect(ofAgency.verdict).toMatchObject(zone);
    const { verdicts } = await fetchAndVerify(cloud, 'record', { withDocuments: true });
    expect(verdicts.find((one) => one.chain === ZONE)).toMatchObject(zone);
    expect(verdicts.map(({ problems }) => problems)).toEqual(verdicts.map(() => 0));
    const name = await alter();
    const { first } = (await exported('record')).verdict;
    expect(first).toMatchObject({ position: 1, name, code: 'commitment' });
  }, 120_000);
});
