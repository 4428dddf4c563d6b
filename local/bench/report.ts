import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { DAY_MILLISECONDS, instant } from '#domain/model/instant.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { makeHeadEndToken, setUpOffice, setUpWearer } from './bench-office.ts';

/**
 * How long a breach pack of one wearer takes whose device said where it is each minute for so many
 * days, and how much memory: sent through the whole stack day by day, archived as it would be, and
 * asked for as somebody would. Twelve times a year they walk through their zone.
 *
 *   node local/bench/report.ts [--days 365]
 */
const FIXES_A_DAY = 1440;
const A_POST = 240;
const DAYS_BETWEEN_VISITS = 30;
const VISIT_MINUTES = 15;
const STARTS_AT = Date.parse('2026-01-05T00:00:00Z');
const WEARER = 'w-1';
const ZONE = { lat: 51.6, lon: -0.3 };

const daysAsked = (): number => {
  const i = process.argv.indexOf('--days');
  return z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .parse(i < 0 ? 365 : process.argv[i + 1]);
};

const isVisit = (day: number, minute: number): boolean =>
  day % DAYS_BETWEEN_VISITS === 10 && minute >= 900 && minute < 900 + VISIT_MINUTES;

/** A walk that is never twice the same, so that nothing packs better than a real day does. */
const fixAt = (day: number, minute: number) => {
  const n = day * FIXES_A_DAY + minute;
  const at = isVisit(day, minute)
    ? { lat: ZONE.lat + 2e-5 * (minute % 7), lon: ZONE.lon }
    : {
        lat: 51.5 + 0.02 * Math.sin(n / 90) + 1e-4 * Math.sin(n * 7.3),
        lon: -0.1 + 0.03 * Math.cos(n / 70) + 1e-4 * Math.cos(n * 5.1),
      };
  return {
    ...{ kind: 'fix', activationId: WEARER, sequence: minute, ...at },
    recordedAt: new Date(STARTS_AT + day * DAY_MILLISECONDS + minute * 60_000).toISOString(),
    ...{ accuracyMetres: 4 + (n % 17), speedMps: (n % 23) / 10, headingDegrees: (n * 37) % 360 },
    ...{ satellites: 5 + (n % 9), hdop: 0.8 + (n % 12) / 10 },
  };
};

const sendDay = async (cloud: Cloud, headEnd: ApiClient, day: number): Promise<void> => {
  for (let minute = 0; minute < FIXES_A_DAY; minute += A_POST) {
    const fixes = Array.from({ length: A_POST }, (_, i) => fixAt(day, minute + i));
    await headEnd.post('/v1/events', fixes);
    await cloud.settled();
  }
};

const alertsSchema = z.object({
  alerts: z.array(z.object({ alertId: z.string(), epoch: z.number() })),
});

const closeAll = async (api: ApiClient): Promise<void> => {
  const { alerts } = alertsSchema.parse(await api.get('/v1/alerts?status=open'));
  for (const { alertId, epoch } of alerts) {
    const body = { personId: 'officer', disposition: 'first-warning', reason: 'bench', epoch };
    await api.post(`/v1/alerts/${encodeURIComponent(alertId)}/close`, body);
  }
};

const live = async (cloud: Cloud, api: ApiClient, days: number): Promise<void> => {
  const headEnd = createApiClient(cloud.apiUrl, await makeHeadEndToken(api));
  const began = performance.now();
  for (let day = 0; day < days; day += 1) {
    // What is in the streams is worked off first: a day later it would be too old to be given.
    await cloud.settled();
    cloud.clock.jumpTo(instant(STARTS_AT + (day + 1) * DAY_MILLISECONDS));
    await sendDay(cloud, headEnd, day);
    if (day % DAYS_BETWEEN_VISITS === 10) await closeAll(api);
    if (day % 10 === 9) await cloud.invoke('ArchiveFunction', {});
    if (day % 30 === 29) {
      console.log(
        `${day + 1} days sent, after ${Math.round((performance.now() - began) / 1000)} s`,
      );
    }
  }
};

const jobSchema = z.object({
  status: z.string(),
  files: z.array(z.object({ format: z.string(), bytes: z.number() })).optional(),
});

/** A report that is not ready after five minutes never will be. */
const MOST_TRIES = 3_000;

const MEGABYTE = 1024 * 1024;

/** The most memory of this process, in which the functions run, beyond what it had before. */
const watchMemory = () => {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  return () => {
    clearInterval(timer);
    return { before: before / MEGABYTE, more: (most - before) / MEGABYTE };
  };
};

const readJob = async (api: ApiClient, path: string) =>
  jobSchema.parse(await api.get(asReader('officer', path)));

type Wanted = Readonly<{ kind: string; days: number }>;

const makeReport = async (cloud: Cloud, api: ApiClient, { kind, days }: Wanted) => {
  const path = `/v1/wearers/${WEARER}/reports/${kind}`;
  const [from, until] = [STARTS_AT, STARTS_AT + days * DAY_MILLISECONDS];
  const body = {
    ...{ kind, by: 'officer', why: 'bench' },
    ...{ from: new Date(from).toISOString(), until: new Date(until).toISOString() },
  };
  const stopWatching = watchMemory();
  const began = performance.now();
  await api.put(path, body);
  await cloud.settled();
  let job = await readJob(api, path);
  for (let tries = 0; tries < MOST_TRIES && job.status !== 'ready'; tries += 1) {
    await pause(100);
    job = await readJob(api, path);
  }
  const seconds = (performance.now() - began) / 1000;
  const { before, more } = stopWatching();
  const sizes = (job.files ?? []).map(
    ({ format, bytes }) => `${format} ${Math.round(bytes / 1024)} KB`,
  );
  const memory = `${Math.round(more)} MB beyond ${Math.round(before)} MB`;
  console.log(`${kind.padEnd(18)} ${job.status}, ${seconds.toFixed(1)} s, ${memory}; ${sizes}`);
};

const measure = async (cloud: Cloud, days: number): Promise<void> => {
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  await setUpOffice(api, ZONE);
  await setUpWearer(api, WEARER);
  await live(cloud, api, days);
  for (let i = 0; i < 4; i += 1) await cloud.invoke('ArchiveFunction', {});
  console.log(`${days} days, ${days * FIXES_A_DAY} fixes:`);
  for (const kind of ['breach-pack', 'weekly-log', 'progress-report']) {
    await makeReport(cloud, api, { kind, days });
  }
};

const cloud = await startCloud({
  appDirectory: new URL('../..', import.meta.url).pathname,
  clock: createClock({ mode: 'stopped', startAt: instant(STARTS_AT) }),
  log: (line) => console.log(line),
});
try {
  await measure(cloud, daysAsked());
} finally {
  await cloud.stop();
}
