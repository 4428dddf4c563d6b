import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import { printModelledTransit } from '#local/meter/aws-latency.ts';
import { printCost } from '#local/meter/print-cost.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { makeHeadEndToken, setUpOffice, setUpWearer } from './bench-office.ts';

/**
 * How long a page takes: from the moment a head-end begins to send the fix that opens a violation
 * to the moment SNS has accepted the text message. Everything on this machine: real DynamoDB Local,
 * queues, streams and bundles; nothing of AWS's own latency is in it.
 */
const ALERTS = 200;
const PAUSE_MILLISECONDS = 150;
const AT_ONCE = 8;
const FIXES_EACH = 2;

const wearerOf = (n: number): string => `bench-${String(n).padStart(3, '0')}`;

const setUp = async (cloud: Cloud): Promise<ApiClient> => {
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  await setUpOffice(api, { lat: 51.5, lon: -0.1 });
  for (let n = 0; n < ALERTS; n += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, ALERTS - n) }, (_, i) => n + i);
    await Promise.all(some.map((one) => setUpWearer(api, wearerOf(one))));
  }
  const token = await makeHeadEndToken(api);
  await cloud.settled();
  return createApiClient(cloud.apiUrl, token);
};

/** Sends two fixes a minute apart, well inside the zone; returns when sending began. */
const enter = async (headEnd: ApiClient, cloud: Cloud, n: number): Promise<number> => {
  const now = cloud.clock.now();
  const fixAt = (at: number, nudge: number) => ({
    kind: 'fix',
    activationId: wearerOf(n),
    recordedAt: new Date(at).toISOString(),
    lat: 51.5 + nudge,
    lon: -0.1,
    accuracyMetres: 8,
  });
  const began = Date.now();
  await headEnd.post('/v1/events', [fixAt(now - 60_000, 0), fixAt(now, 1e-4)]);
  return began;
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

const measure = async (cloud: Cloud): Promise<void> => {
  console.log(`Setting up ${ALERTS} wearers ...`);
  const headEnd = await setUp(cloud);
  console.log(`Sending ${ALERTS} entries, one each ${PAUSE_MILLISECONDS} ms ...`);
  const began = new Map<string, number>();
  const before = cloud.meter.snapshot();
  for (let n = 0; n < ALERTS; n += 1) {
    began.set(wearerOf(n), await enter(headEnd, cloud, n));
    await pause(PAUSE_MILLISECONDS);
  }
  await cloud.settled();
  const usage = cloud.meter.since(before);
  const latencies = cloud.outbox.entries().flatMap(({ channel, text, acceptedRealAt }) => {
    const [, wearerId = ''] = /\((bench-\d+)\)/.exec(text) ?? [];
    const from = began.get(wearerId);
    return channel === 'sms' && from !== undefined ? [acceptedRealAt - from] : [];
  });
  const sorted = latencies.sort((a, b) => a - b);
  console.log(`alerts expected ${ALERTS}, text messages accepted ${sorted.length}`);
  for (const [name, share] of [
    ['p50', 0.5],
    ['p90', 0.9],
    ['p99', 0.99],
    ['max', 1],
  ] as const) {
    console.log(`${name.padEnd(4)} ${quantile(sorted, share)} ms`);
  }
  printModelledTransit(console.log);
  const { standing } = cloud;
  const sent = { uploads: ALERTS, fixes: ALERTS * FIXES_EACH, alerts: sorted.length };
  console.log(
    'Every upload of this bench opens a violation, so telemetry looks dearer than it is:',
  );
  printCost(console.log, { usage, standing, ...sent });
  if (sorted.length !== ALERTS) process.exitCode = 1;
};

const cloud = await startCloud({
  appDirectory: new URL('../..', import.meta.url).pathname,
  clock: createClock({ mode: 'real' }),
});
try {
  await measure(cloud);
} finally {
  await cloud.stop();
}
