import { isDeepStrictEqual } from 'node:util';
import { instant, toIso } from '#domain/model/instant.ts';
import { livedOf } from './cut-world.ts';
import { type Killing, type RunEnd, runOnce, type Victim } from './one-run.ts';
import type { Verdict } from './verdict.ts';

export type KillDay = Readonly<{
  worldName: string;
  cloudAssembly: string;
  /** A folder for the data directories of the run in peace and of the run that is killed. */
  directory: string;
  /** Whom to kill, one after the other. */
  victims: readonly Victim[];
  seed: number;
  line: (text: string) => void;
}>;

const MOST_DELAY_MILLISECONDS = 400;

/**
 * Small and repeatable: mulberry32.
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** The victims in turn: one in each equal stretch of the world, at a random moment of it. */
const planKillings = (victims: readonly Victim[], events: number, seed: number): Killing[] => {
  const random = randomFrom(seed);
  return victims.map((victim, index) => ({
    victim,
    afterEvents: Math.floor(((index + random()) / victims.length) * events * 0.98),
    delayMilliseconds: Math.floor(random() * MOST_DELAY_MILLISECONDS),
  }));
};

const howItEnded = ({ exitCode, signal, saidLast, orphans, isOverrun }: RunEnd): string => {
  const byItself = signal === null ? `exit code ${exitCode}` : `ended by ${signal}`;
  const end = isOverrun ? 'did not end by itself in time' : byItself;
  const said = saidLast === '' ? '' : `: ${saidLast}`;
  return `${end}${said}${orphans === 0 ? '' : `; ORPHANS: ${orphans}`}`;
};

const told = ({ eventsSent, eventsEvaluated, alertIds, pageIds, sentAgain }: Verdict): string =>
  `${eventsSent} events sent and accepted, ${eventsEvaluated} evaluated; ${alertIds.length} alerts, ` +
  `${pageIds.length} pages; sent again under the same id: ${sentAgain}`;

const sameIds = (one: Verdict, other: Verdict): string[] => {
  const areSame =
    isDeepStrictEqual(one.alertIds, other.alertIds) &&
    isDeepStrictEqual(one.pageIds, other.pageIds);
  return areSame ? [] : ['the ids of alerts or pages are others than those of the run in peace'];
};

/** Lives a world once in peace, and once killed again and again; returns what is wrong. */
export const killDay = async (parts: KillDay): Promise<string[]> => {
  const { worldName, cloudAssembly, directory, victims, seed, line } = parts;
  const { world } = livedOf(worldName);
  const events = world.wearers.reduce((sum, wearer) => sum + wearer.events.length, 0);
  const run = (name: string, killing?: Killing) =>
    runOnce({ worldName, cloudAssembly, dataDirectory: `${directory}/${name}`, killing });

  const peaceful = await run('in-peace');
  if (peaceful.verdict === null || peaceful.exitCode !== 0) {
    return [`the run in peace: ${howItEnded(peaceful)}`];
  }
  line(`in peace: ${told(peaceful.verdict)}`);

  const problems: string[] = [];
  for (const killing of planKillings(victims, events, seed)) {
    const ended = await run('killed', killing);
    const at = ended.resumedAt === null ? '' : `from ${toIso(instant(ended.resumedAt))} `;
    line(`${at}kill -9 ${killing.victim} at ${ended.eventsSent} events -> ${howItEnded(ended)}`);
    if (ended.orphans > 0) problems.push(`${ended.orphans} processes outlived kill -9`);
    if (ended.isOverrun) return [...problems, `kill -9 ${killing.victim}: ${howItEnded(ended)}`];
    if (ended.exitCode === 0) problems.push('a run that was killed ended with exit code 0');
  }
  const last = await run('killed');
  if (last.verdict === null || last.exitCode !== 0) {
    return [...problems, `the last run: ${howItEnded(last)}`];
  }
  line(`to the end: ${told(last.verdict)}`);
  return [
    ...problems,
    ...peaceful.verdict.problems.map((problem) => `in peace: ${problem}`),
    ...last.verdict.problems,
    ...sameIds(peaceful.verdict, last.verdict),
  ];
};
