import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { DAY_MILLISECONDS, instant } from '#domain/model/instant.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { makeHeadEndToken, setUpOffice, setUpWearer } from './bench-office.ts';

/**
 * How long a breach pack of one wearer takes whose device said where it is each minute for so many
 * days, and how much memory: sent through the whole stack, ten days at a time as by a device that
 * was out of reach meanwhile, archived as it would be, and asked for as somebody would. Twelve
 * times a year they walk through their zone.
 *
 *   node local/bench/report.ts [--days 365] [--data DIR]
 *
 * With --data what was sent is kept in DIR, and goes on from there when DIR has some of it.
 */
const FIXES_A_DAY = 1440;
const A_POST = 960;
const DAYS_AT_ONCE = 10;
const DAYS_BETWEEN_VISITS = 30;
const VISIT_MINUTES = 15;
const STARTS_AT = Date.parse('2026-01-05T00:00:00Z');
const WEARER = 'w-1';
const ZONE = { lat: 51.6, lon: -0.3 };

const optionsSchema = z.object({
  days: z.coerce.number().int().min(1).max(365).default(365),
  data: z.string().optional(),
});
type Options = z.infer<typeof optionsSchema>;

const optionsGiven = (): Options => {
  const options = { days: { type: 'string' }, data: { type: 'string' } } as const;
  return optionsSchema.parse(parseArgs({ options }).values);
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

type Stretch = Readonly<{ from: number; until: number }>;

/** Sends the fixes of some days, the last not included. */
const sendDays = async (cloud: Cloud, headEnd: ApiClient, { from, until }: Stretch) => {
  const last = until * FIXES_A_DAY;
  for (let n = from * FIXES_A_DAY; n < last; n += A_POST) {
    const fixes = Array.from({ length: Math.min(A_POST, last - n) }, (_, i) =>
      fixAt(Math.floor((n + i) / FIXES_A_DAY), (n + i) % FIXES_A_DAY),
    );
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

/** From here on days may not have been sent whole: what was is known, and sent again no news. */
const firstDay = (cloud: Cloud): number =>
  Math.max(0, Math.floor((cloud.clock.now() - STARTS_AT) / DAY_MILLISECONDS) - DAYS_AT_ONCE);

const live = async (cloud: Cloud, api: ApiClient, days: number): Promise<void> => {
  const headEnd = createApiClient(cloud.apiUrl, await makeHeadEndToken(api));
  const began = performance.now();
  for (let from = firstDay(cloud); from < days; from += DAYS_AT_ONCE) {
    const until = Math.min(days, from + DAYS_AT_ONCE);
    // What is in the streams is worked off first: days later it would be too old to be given.
    await cloud.settled();
    const endsAt = instant(STARTS_AT + until * DAY_MILLISECONDS);
    if (cloud.clock.now() < endsAt) cloud.clock.jumpTo(endsAt);
    await sendDays(cloud, headEnd, { from, until });
    await closeAll(api);
    await cloud.invoke('ArchiveFunction', {});
    console.log(`${until} days sent, after ${Math.round((performance.now() - began) / 1000)} s`);
  }
};

const jobSchema = z.object({
  status: z.string(),
  files: z.array(z.object({ format: z.string(), bytes: z.number() })).optional(),
});

/** A report that is not ready after five minutes never will be. */
const MOST_TRIES = 3_000;

const MEGABYTE = 1024 * 1024;

/** What this process, in which the functions run, took from now on. */
const watchProcess = () => {
  const before = process.memoryUsage.rss();
  const [began, usedBefore] = [performance.now(), process.cpuUsage()];
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  return (): string => {
    clearInterval(timer);
    const { user, system } = process.cpuUsage(usedBefore);
    const [seconds, processor] = [(performance.now() - began) / 1000, (user + system) / 1e6];
    const more = Math.round((most - before) / MEGABYTE);
    const memory = `${more} MB beyond ${Math.round(before / MEGABYTE)} MB`;
    return `${seconds.toFixed(1)} s (${processor.toFixed(1)} s of processor), ${memory}`;
  };
};

const readJob = async (api: ApiClient, path: string) =>
  jobSchema.parse(await api.get(asReader('officer', path)));

/** Each run asks anew, also of a year that was kept. */
const RUN = Math.round(performance.timeOrigin);

type Wanted = Readonly<{ kind: string; days: number }>;

const makeReport = async (cloud: Cloud, api: ApiClient, { kind, days }: Wanted) => {
  const path = `/v1/wearers/${WEARER}/reports/${kind}-${RUN}`;
  const [from, until] = [STARTS_AT, STARTS_AT + days * DAY_MILLISECONDS];
  const body = {
    ...{ kind, by: 'officer', why: 'bench' },
    ...{ from: new Date(from).toISOString(), until: new Date(until).toISOString() },
  };
  const stopWatching = watchProcess();
  await api.put(path, body);
  await cloud.settled();
  let job = await readJob(api, path);
  for (let tries = 0; tries < MOST_TRIES && job.status !== 'ready'; tries += 1) {
    await pause(100);
    job = await readJob(api, path);
  }
  const took = stopWatching();
  const sizes = (job.files ?? []).map(
    ({ format, bytes }) => `${format} ${Math.round(bytes / 1024)} KB`,
  );
  console.log(`${kind.padEnd(18)} ${job.status}, ${took}; ${sizes.join(', ')}`);
};

const printMachine = (): void => {
  const [{ model } = { model: 'unknown' }, ...others] = cpus();
  const load = loadavg()[0]?.toFixed(1);
  const when = new Date().toISOString().slice(0, 10);
  console.log(`${when}, ${others.length + 1} x ${model}, load ${load}, Node ${process.version}`);
};

const measure = async (cloud: Cloud, days: number): Promise<void> => {
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  if (cloud.clock.now() === STARTS_AT) {
    await setUpOffice(api, ZONE);
    await setUpWearer(api, WEARER);
  }
  await live(cloud, api, days);
  printMachine();
  console.log(`${days} days, ${days * FIXES_A_DAY} fixes:`);
  for (const kind of ['breach-pack', 'weekly-log', 'progress-report']) {
    await makeReport(cloud, api, { kind, days });
  }
};

const { days, data } = optionsGiven();
const cloud = await startCloud({
  appDirectory: new URL('../..', import.meta.url).pathname,
  clock: createClock({ mode: 'stopped', startAt: instant(STARTS_AT) }),
  log: (line) => console.log(line),
  dataDirectory: data,
});
try {
  await measure(cloud, days);
} finally {
  await cloud.stop();
}
