import type { Cloud } from '#local/cloud/cloud.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { startHeadEnd } from './head-end/start-head-end.ts';
import { UPLOAD_EVERY_MILLISECONDS } from './head-end/upload.ts';
import type { DepthWatch } from './measures/queue-depth.ts';
import type { LoadOptions } from './options.ts';
import { chooseHidden, timeHidden } from './population/choose-hidden.ts';
import { type Wearer, wearerOf } from './population/wearer.ts';
import { setUp } from './set-up.ts';
import { type Bench, runStretch, type Stretch } from './stretch.ts';

const MINUTE = 60_000;
/** Fixes that the head-end makes ready in a second, by far not its fastest. */
const PREPARED_FIXES_A_SECOND = 15_000;
const LEAST_PREPARATION_MILLISECONDS = 4_000;

const secondsSince = (startedAt: number): number => (Date.now() - startedAt) / 1_000;

/** Tells how far the run is, with the time of day in UTC. */
export const say = (text: string): void =>
  console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Everybody of a run, and what is hidden among them. */
export type Caseload = Readonly<{
  options: LoadOptions;
  api: ApiClient;
  wearers: readonly Wearer[];
  backlog: readonly number[];
  hiddenKinds: ReturnType<typeof chooseHidden>;
}>;

/** The caseload that the options ask for. Throws where it is too small for what is hidden in it. */
export const caseloadOf = (cloud: Cloud, options: LoadOptions): Caseload => {
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
export const warmUp = async (cloud: Cloud, depths: DepthWatch, caseload: Caseload) => {
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

/** After a warm-up of so long the first fixes are too old to go on from. */
const OLD_SECONDS = 120;

/** The instants of the steady stretch, in which nothing is planned before the head-end is ready. */
const planSteady = ({ wearers, minutes, burst }: LoadOptions, leadInMilliseconds: number) => {
  const fixes = wearers * (minutes + (burst ? 4 : 0) + leadInMilliseconds / MINUTE);
  const preparation = LEAST_PREPARATION_MILLISECONDS + (1_000 * fixes) / PREPARED_FIXES_A_SECOND;
  const startsAt = Math.ceil(Date.now() + preparation) + leadInMilliseconds;
  const leadIn = { wearers, startsAt: startsAt - leadInMilliseconds, endsAt: startsAt };
  return { leadIn, rota: { wearers, startsAt, endsAt: startsAt + minutes * MINUTE } };
};

/**
 * The steady stretch with all that is hidden in it, and right after it the burst. After a long
 * warm-up everybody uploads once more before it is measured, so that no device was silent for long.
 */
export const runSteadyAndBurst = async (
  bench: Bench,
  caseload: Caseload,
  warmUpSeconds: number,
) => {
  const { options, hiddenKinds } = caseload;
  const { minutes, burst: hasBurst } = options;
  const hasLeadIn = warmUpSeconds > OLD_SECONDS;
  const { leadIn, rota } = planSteady(options, hasLeadIn ? UPLOAD_EVERY_MILLISECONDS : 0);
  const { startsAt, endsAt } = rota;
  // In a short run a device in alarm takes its fixes faster, so that all is decided within it.
  const alarmEveryMilliseconds = Math.min(MINUTE, (minutes * MINUTE) / 5);
  const hidden = timeHidden(hiddenKinds, { startsAt, endsAt, alarmEveryMilliseconds });
  const steadyPhase = { phase: 'steady', hidden, alarmEveryMilliseconds } as const;
  if (hasLeadIn) await bench.headEnd.prepare({ ...steadyPhase, rota: leadIn });
  await bench.headEnd.prepare({ ...steadyPhase, rota });
  if (hasBurst) await bench.headEnd.prepare({ phase: 'burst', rota });
  if (Date.now() > leadIn.startsAt) throw new Error('The head-end was not ready in time.');
  if (hasLeadIn) {
    say('Everybody once more, before it is measured ...');
    await bench.headEnd.send();
  }
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

/** Twelve hours of devices that were silent; null where nobody is to replay any. */
export const runBacklog = async (bench: Bench, { options }: Caseload): Promise<Stretch | null> => {
  if (options.backlogWearers === 0) return null;
  say(`Twelve hours of ${options.backlogWearers} devices at once ...`);
  const now = Date.now();
  await bench.headEnd.prepare({ phase: 'backlog', now });
  return runStretch(bench, { startsAt: now, endsAt: null, drains: true });
};
