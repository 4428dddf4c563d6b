import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../../cloud/durable/lock-file.ts';
import { type Said, saidSchema } from './said.ts';
import type { Verdict } from './verdict.ts';

/** Whom to kill: all that runs, the Node process, Java, or the process that watches over Java. */
export const VICTIMS = ['all', 'node', 'java', 'keeper'] as const;
export type Victim = (typeof VICTIMS)[number];

export type Killing = Readonly<{ victim: Victim; afterEvents: number; delayMilliseconds: number }>;

export type RunParts = Readonly<{
  worldName: string;
  cloudAssembly: string;
  dataDirectory: string;
  /** Undefined = to be left in peace. */
  killing: Killing | undefined;
}>;

/** How one process ended, and what it said last. */
export type RunEnd = Readonly<{
  exitCode: number | null;
  signal: string | null;
  saidLast: string;
  eventsSent: number;
  resumedAt: number | null;
  verdict: Verdict | null;
  /** Processes that outlived it by two seconds: there must be none. */
  orphans: number;
  /** It had to be killed, long after its world should have been over. */
  isOverrun: boolean;
}>;

const CHILD = fileURLToPath(new URL('./live-until-killed.ts', import.meta.url));
const ORPHAN_MILLISECONDS = 2000;

/** Half a minute where nothing else runs. */
const LONGEST_RUN_MILLISECONDS = 120_000;

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

const kill = (pid: number | undefined): void => {
  try {
    if (pid !== undefined && pid > 0) process.kill(pid, 'SIGKILL');
  } catch {
    // Record: it has ended just now by itself.
  }
};

const countOrphans = async (pids: readonly number[]): Promise<number> => {
  const deadline = performance.now() + ORPHAN_MILLISECONDS;
  while (pids.some(isAlive) && performance.now() < deadline) await pause(20);
  const orphans = pids.filter(isAlive);
  for (const pid of orphans) kill(pid);
  return orphans.length;
};

/** Follows what the process says, and kills when it has come far enough. */
const follow = (child: ChildProcess, killing: Killing | undefined) => {
  const heard = { eventsSent: 0, pids: [0, 0], resumedAt: null, verdict: null } satisfies object;
  const state: {
    eventsSent: number;
    java: number;
    keeper: number;
    resumedAt: number | null;
    verdict: Verdict | null;
    hasKilled: boolean;
  } = { ...heard, java: 0, keeper: 0, hasKilled: false };

  const strike = async ({ victim, delayMilliseconds }: Killing): Promise<void> => {
    await pause(delayMilliseconds);
    const byVictim = {
      all: [child.pid, state.keeper, state.java],
      node: [child.pid],
      java: [state.java],
      keeper: [state.keeper],
    };
    for (const pid of byVictim[victim]) kill(pid);
  };

  const hear = (said: Said): void => {
    if (said.kind === 'started') {
      Object.assign(state, said.processes, { resumedAt: said.clockAt });
    } else if (said.kind === 'done') state.verdict = said.verdict;
    else state.eventsSent = said.eventsSent;
    const isTime = killing !== undefined && state.eventsSent >= killing.afterEvents;
    if (!isTime || state.hasKilled || said.kind === 'done') return;
    state.hasKilled = true;
    void strike(killing);
  };
  return { state, hear };
};

/** Starts a process over the data directory, kills it in its time, and waits for its end. */
export const runOnce = async (parts: RunParts): Promise<RunEnd> => {
  const { worldName, cloudAssembly, dataDirectory, killing } = parts;
  const args = [CHILD, worldName, cloudAssembly, dataDirectory];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const { state, hear } = follow(child, killing);
  let saidLast = '';
  child.stderr.on('data', (chunk) => {
    saidLast = (saidLast + chunk).slice(-2000);
  });
  createInterface(child.stdout).on('line', (line) => hear(saidSchema.parse(JSON.parse(line))));
  let isOverrun = false;
  const timer = setTimeout(() => {
    isOverrun = true;
    kill(child.pid);
  }, LONGEST_RUN_MILLISECONDS);
  await once(child, 'close');
  clearTimeout(timer);
  const { eventsSent, resumedAt, verdict, java, keeper } = state;
  const { exitCode, signalCode: signal } = child;
  const ended = { exitCode, signal, saidLast: saidLast.trim(), isOverrun };
  const orphans = await countOrphans([java, keeper].filter((pid) => pid > 0));
  return { ...ended, eventsSent, resumedAt, verdict, orphans };
};
