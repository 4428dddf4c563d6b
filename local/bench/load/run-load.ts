import type { Cloud } from '#local/cloud/cloud.ts';
import type { StandingStack } from '#local/meter/standing-stack.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { startHeadEnd } from './head-end/start-head-end.ts';
import type { Tally } from './head-end/tally.ts';
import { BACKLOG_FIXES } from './head-end/upload.ts';
import { countKept, type KeptFixes, spreadNumbers } from './measures/kept-fixes.ts';
import { watchLags } from './measures/lags.ts';
import {
  detections,
  judgePages,
  type PageTime,
  pagesOf,
  pageTimes,
  type Verdict,
} from './measures/pages.ts';
import { type DepthWatch, watchDepth } from './measures/queue-depth.ts';
import type { LoadOptions } from './options.ts';
import { chooseHidden, timeHidden } from './population/choose-hidden.ts';
import { type Wearer, wearerOf } from './population/wearer.ts';
import { setUp } from './set-up.ts';
import { type Bench, runStretch, type Stretch } from './stretch.ts';

const MINUTE = 60_000;
/** Fixes that the head-end makes ready in a second, by far not its fastest. */
const PREPARED_FIXES_A_SECOND = 15_000;
const LEAST_PREPARATION_MILLISECONDS = 4_000;

export type LoadRun = Readonly<{
  options: LoadOptions;
  setUpSeconds: number;
  warmUpSeconds: number;
  warmUp: Tally;
  steady: Stretch;
  burst: Stretch | null;
  backlog: Stretch | null;
  backlogFixes: number;
  verdict: Verdict;
  pageTimes: readonly PageTime[];
  kept: KeptFixes;
  /** Of the function evaluate, the last of the steady stretch. */
  evaluateLines: readonly string[];
  standing: StandingStack;
}>;

const secondsSince = (startedAt: number): number => (Date.now() - startedAt) / 1_000;

const say = (text: string): void =>
  console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);

type Caseload = Readonly<{
  options: LoadOptions;
  api: ApiClient;
  wearers: readonly Wearer[];
  backlog: readonly number[];
  hiddenKinds: ReturnType<typeof chooseHidden>;
}>;

const caseloadOf = (cloud: Cloud, options: LoadOptions): Caseload => {
  const { wearers, backlogWearers, seed, hidden, minutes } = options;
  const everybody = Array.from({ length: wearers + backlogWearers }, (_, n) => wearerOf(seed, n));
  const hiding = { count: hidden, minutes, now: Date.now() };
  return {
    options,
    api: createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken')),
    wearers: everybody,
    backlog: everybody.slice(wearers).map(({ number }) => number),
    hiddenKinds: chooseHidden(everybody.slice(0, wearers), hiding),
  };
};

/** Puts the caseload on record and gives every wearer a running state; none of it is measured. */
const warmUp = async (cloud: Cloud, depths: DepthWatch, caseload: Caseload) => {
  const { options, api, wearers, backlog, hiddenKinds } = caseload;
  const startedAt = Date.now();
  say(`Putting ${wearers.length} wearers on record ...`);
  const onProgress = (text: string): void => say(`  ${text}`);
  const token = await setUp(cloud, api, { wearers, hiddenKinds, onProgress });
  await cloud.settled();
  const setUpSeconds = secondsSince(startedAt);
  say(`On record after ${setUpSeconds.toFixed(0)} s. Sending everybody's first fixes ...`);
  const warmingAt = Date.now();
  const { wearers: count, seed } = options;
  const headEnd = startHeadEnd({
    ...{ apiUrl: cloud.apiUrl, token, seed, wearers: count },
    backlog: [...backlog],
  });
  await headEnd.prepare({ phase: 'history', now: Date.now() });
  const tally = await headEnd.send();
  await depths.untilEmpty();
  await cloud.settled();
  const warmUpSeconds = secondsSince(warmingAt);
  say(`${tally.fixes} fixes evaluated after ${warmUpSeconds.toFixed(0)} s.`);
  return { headEnd, setUpSeconds, warmUpSeconds, tally };
};

/** The steady stretch with all that is hidden in it, and right after it the burst. */
const runSteadyAndBurst = async (bench: Bench, { options, hiddenKinds }: Caseload) => {
  const { wearers, minutes, burst: hasBurst } = options;
  const fixes = wearers * (minutes + (hasBurst ? 4 : 0));
  const startsAt = Math.ceil(
    Date.now() + LEAST_PREPARATION_MILLISECONDS + (1_000 * fixes) / PREPARED_FIXES_A_SECOND,
  );
  const endsAt = startsAt + minutes * MINUTE;
  const rota = { wearers, startsAt, endsAt };
  // In a short run a device in alarm takes its fixes faster, so that all is decided within it.
  const alarmEveryMilliseconds = Math.min(MINUTE, (minutes * MINUTE) / 5);
  const hidden = timeHidden(hiddenKinds, { startsAt, endsAt, alarmEveryMilliseconds });
  await bench.headEnd.prepare({ phase: 'steady', rota, hidden, alarmEveryMilliseconds });
  if (hasBurst) await bench.headEnd.prepare({ phase: 'burst', rota });
  if (Date.now() > startsAt) throw new Error('The head-end was not ready in time: run it again.');
  say(`Steady for ${minutes} minutes ...`);
  const steady = await runStretch(bench, { startsAt, endsAt, drains: !hasBurst });
  const evaluateLines = bench.cloud.functionLogs('Evaluate');
  if (!hasBurst) return { steady, burst: null, hidden, evaluateLines };
  say('A minute at four times that ...');
  const burst = await runStretch(bench, {
    startsAt: endsAt,
    endsAt: endsAt + MINUTE,
    drains: true,
  });
  return { steady, burst, hidden, evaluateLines };
};

const runBacklog = async (bench: Bench, { options }: Caseload): Promise<Stretch | null> => {
  if (options.backlogWearers === 0) return null;
  say(`Twelve hours of ${options.backlogWearers} devices at once ...`);
  const now = Date.now();
  await bench.headEnd.prepare({ phase: 'backlog', now });
  return runStretch(bench, { startsAt: now, endsAt: null, drains: true });
};

/** Runs everything in a started cloud. */
export const runLoad = async (cloud: Cloud, options: LoadOptions): Promise<LoadRun> => {
  const caseload = caseloadOf(cloud, options);
  const { api, wearers } = caseload;
  const depths = watchDepth(cloud);
  const { headEnd, setUpSeconds, warmUpSeconds, tally } = await warmUp(cloud, depths, caseload);
  const bench = { cloud, headEnd, depths, lags: watchLags(cloud) };
  try {
    const { steady, burst, hidden, evaluateLines } = await runSteadyAndBurst(bench, caseload);
    const backlog = await runBacklog(bench, caseload);
    await cloud.settled();
    say('Reading back ...');
    const taken = await headEnd.countTaken();
    const besides = hidden.map(({ number }) => number);
    const numbers = spreadNumbers(wearers.length, options.verify, besides);
    const wearerIdOf = (number: number): string => wearers[number]?.wearerId ?? '';
    const pages = pagesOf(cloud.outbox.entries());
    const sends = steady.tally.urgent;
    return {
      ...{ options, setUpSeconds, warmUpSeconds, warmUp: tally, steady, burst, backlog },
      backlogFixes: options.backlogWearers * BACKLOG_FIXES,
      verdict: judgePages(hidden, pages),
      pageTimes: pageTimes({ hidden, pages, detectedAt: await detections(api), sends }),
      kept: await countKept({ api, numbers, wearerIdOf, taken }),
      evaluateLines,
      standing: cloud.standing,
    };
  } finally {
    bench.depths.end();
    headEnd.stop();
  }
};
