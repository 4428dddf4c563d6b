import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { DAY_MILLISECONDS, instant } from '#domain/model/instant.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import { printCost } from '#local/meter/print-cost.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { makeHeadEndToken, setUpOffice, setUpWearer } from './bench-office.ts';

/**
 * How long it takes to read one wearer's day of 1,440 fixes through the API: from the table while
 * it is new, and from the archive when it is a month old. Everything on this machine; the clock
 * jumps a month in between.
 */
const FIXES = 1440;
const A_POST = 60;
const READS = 30;
const STARTS_AT = Date.parse('2026-03-02T00:00:00Z');

const WEARER = 'w-1';

const setUp = async (api: ApiClient): Promise<string> => {
  await setUpOffice(api, { lat: 51.6, lon: -0.3 });
  await setUpWearer(api, WEARER);
  return makeHeadEndToken(api);
};

/** A walk that is never twice the same, so that nothing packs better than a real day does. */
const fixAt = (minute: number) => ({
  kind: 'fix',
  activationId: WEARER,
  recordedAt: new Date(STARTS_AT + minute * 60_000).toISOString(),
  sequence: minute,
  lat: 51.5 + 0.02 * Math.sin(minute / 90) + 1e-4 * Math.sin(minute * 7.3),
  lon: -0.1 + 0.03 * Math.cos(minute / 70) + 1e-4 * Math.cos(minute * 5.1),
  accuracyMetres: 4 + (minute % 17),
  speedMps: (minute % 23) / 10,
  headingDegrees: (minute * 37) % 360,
  satellites: 5 + (minute % 9),
  hdop: 0.8 + (minute % 12) / 10,
});

const sendDay = async (cloud: Cloud, headEnd: ApiClient): Promise<void> => {
  for (let minute = 0; minute < FIXES; minute += A_POST) {
    const fixes = Array.from({ length: A_POST }, (_, i) => fixAt(minute + i));
    await headEnd.post('/v1/events', fixes);
    await cloud.settled();
  }
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

const trailSchema = z.object({ events: z.array(z.object({ sequence: z.number() })) });

/** Reads the day again and again; says how long it took, and throws unless all of it comes. */
const timeReads = async (api: ApiClient, from: string): Promise<void> => {
  const last = new Date(STARTS_AT + DAY_MILLISECONDS - 1).toISOString();
  const path = `/v1/wearers/${WEARER}/trail?from=${new Date(STARTS_AT).toISOString()}&to=${last}`;
  const took: number[] = [];
  for (let i = 0; i < READS; i += 1) {
    const began = performance.now();
    const { events } = trailSchema.parse(await api.get(asReader('officer', path)));
    took.push(performance.now() - began);
    const isWhole = events.length === FIXES && events.every((one, at) => one.sequence === at);
    if (!isWhole) throw new Error(`${events.length} of ${FIXES} fixes came from ${from}.`);
  }
  const [first = Number.NaN] = took;
  const sorted = took.sort((a, b) => a - b);
  const shown = [first, quantile(sorted, 0.5), quantile(sorted, 0.95), quantile(sorted, 1)];
  const [one, p50, p95, most] = shown.map((ms) => `${ms.toFixed(0)} ms`);
  console.log(`from ${from.padEnd(11)} first ${one}, p50 ${p50}, p95 ${p95}, max ${most}`);
};

const clientSettings = (cloud: Cloud) => ({
  endpoint: cloud.endpointUrl,
  region: 'eu-west-2',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
});

const inTable = async (cloud: Cloud): Promise<number> => {
  const client = new DynamoDBClient(clientSettings(cloud));
  const TableName = cloud.tableName('TrailTable');
  return (await client.send(new ScanCommand({ TableName, Select: 'COUNT' }))).Count ?? 0;
};

const measure = async (cloud: Cloud): Promise<void> => {
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  const headEnd = createApiClient(cloud.apiUrl, await setUp(api));
  const metered = cloud.meter.snapshot();
  await sendDay(cloud, headEnd);
  const usage = cloud.meter.since(metered);
  console.log(`A day of ${FIXES} fixes, read ${READS} times through the API:`);
  await timeReads(api, 'the table');
  const before = await inTable(cloud);
  cloud.clock.jumpTo(instant(cloud.clock.now() + 34 * DAY_MILLISECONDS));
  await cloud.settled();
  await cloud.invoke('ArchiveFunction', {});
  await timeReads(api, 'the archive');
  console.log(`items in the table: ${before} before, ${await inTable(cloud)} after archiving`);
  console.log('One wearer alone makes dear batches, and an hour an upload cheap ones:');
  const { standing } = cloud;
  const sent = { uploads: FIXES / A_POST, fixes: FIXES, alerts: 0 };
  printCost(console.log, { usage, standing, ...sent });
};

const cloud = await startCloud({
  appDirectory: new URL('../..', import.meta.url).pathname,
  clock: createClock({ mode: 'stopped', startAt: instant(STARTS_AT + DAY_MILLISECONDS) }),
  log: (line) => console.log(line),
});
try {
  await measure(cloud);
} finally {
  await cloud.stop();
}
