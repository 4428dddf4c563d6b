import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { asAtSchema } from '#domain/model/as-at.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const DAY = 86_400_000;
/** Half an hour before midnight, so that slices reach from one day into the next. */
const START = instant(Date.parse('2026-03-02T23:30:00Z'));
const FIXES = 100;

let cloud: Cloud;
let office: ApiClient;

beforeAll(async () => {
  ({ cloud, office } = await startStack(instant(START + FIXES * 60_000)));
});
afterAll(() => cloud?.stop());

const setUp = async (): Promise<ApiClient> => {
  const shape = { type: 'Circle', centre: { lat: 51.6, lon: -0.3 }, radiusMetres: 300 };
  await office.put('/v1/zones/z-1', { name: 'Zone', kind: 'exclusion', shape });
  return superviseOne(cloud, office, {
    inForceAt: toIso(START),
    conditions: [{ conditionId: 'zone', kind: 'exclusion-zone', zoneId: 'z-1' }],
  });
};

const sendAll = async (headEnd: ApiClient): Promise<void> => {
  for (let first = 0; first < FIXES; first += 20) {
    const fixes = Array.from({ length: 20 }, (_, i) => ({
      ...{ kind: 'fix', activationId: 'a-1', lat: 51.5, lon: -0.1, accuracyMetres: 8 },
      recordedAt: toIso(instant(START + (first + i) * 60_000)),
      sequence: first + i,
    }));
    await headEnd.post('/v1/events', fixes);
    await cloud.settled();
  }
};

const trailSchema = z.object({ events: z.array(z.object({ sequence: z.number() })) });
const shown = async (from: Instant, to: Instant): Promise<number[]> => {
  const path = `/v1/wearers/w-1/trail?from=${toIso(from)}&to=${toIso(to)}`;
  return trailSchema
    .parse(await office.get(asReader('o-1', path)))
    .events.map(({ sequence }) => sequence);
};
const all = () => shown(START, instant(START + FIXES * 60_000));

/** All that was known of the wearer at an instant; when it is asked for apart. */
const asAt = async (time: Instant) => {
  const found = await office.get(asReader('o-1', `/v1/wearers/w-1/as-at?time=${toIso(time)}`));
  const { knownAt: _, ...told } = asAtSchema.parse(found);
  return told;
};

const inTable = async (): Promise<string[]> => {
  const client = new DynamoDBClient({
    endpoint: cloud.endpointUrl,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const found = await client.send(new ScanCommand({ TableName: cloud.tableName('TrailTable') }));
  return (found.Items ?? []).map(({ sk }) => sk?.S ?? '');
};

/** The clock jumps; what falls due on the way happens at once, the archive's own rule included. */
const jumpToDay = async (days: number): Promise<void> => {
  cloud.clock.jumpTo(instant(Math.floor(START / DAY) * DAY + days * DAY + 3_600_000));
  await cloud.settled();
  await cloud.invoke('ArchiveFunction', {});
};

describe('given a wearer whose slices reach over midnight', () => {
  const numbers = Array.from({ length: FIXES }, (_, i) => i);
  const askedAt = instant(START + 50 * 60_000);
  let told: Awaited<ReturnType<typeof asAt>>;

  it('has them in the table while late events may reach them', async () => {
    await sendAll(await setUp());
    expect(new Set((await inTable()).map((sk) => sk.split('#')[0]))).toEqual(new Set(['SLICE']));
    expect((await inTable()).length).toBeGreaterThan(1);
    expect(await all()).toEqual(numbers);
    told = await asAt(askedAt);
    expect(told.watches).toMatchObject([{ watchId: 'zone', verdict: 'satisfied' }, {}]);
  });

  it('shows all of it when its first day is due and the next is kept', async () => {
    const before = await inTable();
    await jumpToDay(33);
    const kept = await inTable();
    expect(kept.length).toBeGreaterThan(0);
    expect(before).toEqual(expect.arrayContaining(kept));
    expect(await all()).toEqual(numbers);
    expect(await shown(START, instant(START + 10 * 60_000))).toEqual(numbers.slice(0, 11));
  });

  it('has both days in the archive when both are due, and the table is empty', async () => {
    await jumpToDay(34);
    expect(await inTable()).toEqual([]);
    expect(await all()).toEqual(numbers);
    expect(await asAt(askedAt)).toEqual(told);
    expect(cloud.functionLogs('ArchiveFunction').join('\n')).not.toContain('"level":"ERROR"');
  });
});
