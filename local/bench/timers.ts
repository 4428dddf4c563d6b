import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instant } from '#domain/model/instant.ts';
import { synthesize } from '#local/cloud/assembly/synthesize.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import type { CutCall, CutKind } from '#local/cloud/gateway/cuts.ts';
import { type Spread, spreadOf } from './load/measures/quantile.ts';
import { type Ladder, openStrap, setUpLadders, toldOf } from './timers/ladder.ts';

/**
 * How late the steps of alerts are that nobody takes, when timers are cut: on a clock that is
 * moved. Then 500 alerts in one minute, on the machine's own clock.
 */
const APP = fileURLToPath(new URL('../..', import.meta.url));
const START = instant(Date.parse('2026-03-02T09:00:30Z'));
const MINUTE = 60_000;

/** At once, by a delay, and by a schedule, which is for what is more than 15 minutes away. */
const CLIMB: Ladder = { dueSeconds: [0, 120, 1_320], wearers: 20 };
/** They begin so far apart: some just before a sweep, some just after. */
const APART_MILLISECONDS = 7_000;
const CUT_MINUTES = 30;
const MENDED_MINUTES = 6;

const RUSH: Ladder = { dueSeconds: [0, 60], wearers: 500 };

const isDelay = ({ operation, body }: CutCall): boolean =>
  operation === 'SendMessage' && body.includes('alert-due');
const isDeadline = ({ service, body }: CutCall): boolean =>
  service === 'sqs' && body.includes('alert-due');
const isSchedule = ({ operation }: CutCall): boolean => operation === 'CreateSchedule';

type Case = Readonly<{ name: string; cuts: readonly [CutKind, (call: CutCall) => boolean][] }>;

const CASES: readonly Case[] = [
  { name: 'nothing', cuts: [] },
  { name: 'delays lost', cuts: [['lost', isDelay]] },
  { name: 'schedules lost', cuts: [['lost', isSchedule]] },
  {
    name: 'delays and schedules lost',
    cuts: [
      ['lost', isDelay],
      ['lost', isSchedule],
    ],
  },
  { name: 'scheduler down', cuts: [['unavailable', isSchedule]] },
  { name: 'deadlines queue down', cuts: [['unavailable', isDeadline]] },
  {
    name: 'queue and scheduler down',
    cuts: [
      ['unavailable', isDeadline],
      ['unavailable', isSchedule],
    ],
  },
];

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const seconds = (value: number): string =>
  Number.isNaN(value) ? '-' : value < 10 ? value.toFixed(1) : value.toFixed(0);

type Row = Readonly<{ name: string; step: number; spread: Spread; wearers: number }>;

const row = ({ name, step, spread, wearers }: Row): string =>
  [
    name.padEnd(26),
    String(step + 1).padStart(4),
    `${spread.count}/${wearers}`.padStart(9),
    ...[spread.p50, spread.p99, spread.worst].map((value) => seconds(value).padStart(8)),
  ].join('');

type Climbed = Readonly<{ cloud: Cloud; began: readonly number[]; ladder: Ladder }>;

/** How late each step was against its due instant, in seconds; steps that never ran are missing. */
const latenessOf = ({ cloud, began, ladder }: Climbed): number[][] =>
  ladder.dueSeconds.map((dueSeconds, step) =>
    began.flatMap((beganAt, wearer) => {
      const told = toldOf(cloud.outbox.entries(), wearer, step);
      return told === undefined ? [] : [(told.acceptedAt - beganAt) / 1000 - dueSeconds];
    }),
  );

/** Prints a row for each step; false where one has not been told to everybody. */
const print = (name: string, climbed: Climbed): boolean => {
  const { wearers } = climbed.ladder;
  const late = latenessOf(climbed);
  for (const [step, values] of late.entries()) {
    say(row({ name, step, spread: spreadOf(values), wearers }));
  }
  return late.every((values) => values.length === wearers);
};

const toldDutyManager = (cloud: Cloud, cutAt: number): void => {
  for (const { to, subject = '', acceptedAt } of cloud.outbox.entries()) {
    if (!to.startsWith('duty-manager@')) continue;
    const after = ((acceptedAt - cutAt) / MINUTE).toFixed(1);
    say(`  duty manager, after ${after} min: ${subject}`);
  }
};

const runCase = async (cloudAssembly: string, { name, cuts }: Case): Promise<void> => {
  const clock = createClock({ mode: 'stopped', startAt: START });
  const cloud = await startCloud({ appDirectory: APP, cloudAssembly, clock });
  try {
    const headEnd = await setUpLadders(cloud, CLIMB);
    await clock.advanceBy(3 * MINUTE);
    const cutAt = clock.now();
    const mends = cuts.map(([kind, matches]) => cloud.cut(kind, matches));
    const began: number[] = [];
    for (let wearer = 0; wearer < CLIMB.wearers; wearer += 1) {
      began.push(clock.now());
      await openStrap(headEnd, cloud, wearer);
      await cloud.settled();
      await clock.advanceBy(APART_MILLISECONDS);
    }
    for (let n = 0; n < CUT_MINUTES; n += 1) await clock.advanceBy(MINUTE);
    const climbed = { cloud, began, ladder: CLIMB };
    const isWhole = print(name, climbed);
    for (const mend of mends) mend();
    for (let n = 0; n < MENDED_MINUTES; n += 1) await clock.advanceBy(MINUTE);
    if (!isWhole) print('  and once it is mended', climbed);
    toldDutyManager(cloud, cutAt);
  } finally {
    await cloud.stop();
  }
};

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

const runRush = async (cloudAssembly: string): Promise<void> => {
  const cloud = await startCloud({
    ...{ appDirectory: APP, cloudAssembly, clock: createClock({ mode: 'real' }) },
  });
  try {
    const headEnd = await setUpLadders(cloud, RUSH);
    await cloud.settled();
    const startedAt = Date.now();
    const began: number[] = [];
    for (let wearer = 0; wearer < RUSH.wearers; wearer += 1) {
      began.push(cloud.clock.now());
      await openStrap(headEnd, cloud, wearer);
      await pause(Math.max(0, startedAt + ((wearer + 1) * MINUTE) / RUSH.wearers - Date.now()));
    }
    say(`${RUSH.wearers} alerts in ${seconds((Date.now() - startedAt) / 1000)} s`);
    await pause(2 * MINUTE);
    print('500 in one minute', { cloud, began, ladder: RUSH });
  } finally {
    await cloud.stop();
  }
};

const main = async (): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'homeward-timers-'));
  const only = process.argv[2];
  try {
    await synthesize({ appDirectory: APP, outDirectory: directory, context: {} });
    say(`${CLIMB.wearers} alerts a case, lateness of their steps in seconds`);
    say(`${'cut'.padEnd(26)}step     told     p50     p99   worst`);
    for (const one of CASES) {
      if (only === undefined || one.name === only) await runCase(directory, one);
    }
    if (only === undefined || only === 'rush') await runRush(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

main().catch((error: unknown) => {
  // Record: whoever started this reads it, and the exit code says the same.
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
