import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import type { ConcurrencyPool } from './concurrency.ts';
import type { FunctionWatch } from './function-watch.ts';
import type { LogRing } from './log-ring.ts';
import { requestProblem } from './payload-limits.ts';
import type { InvocationResult } from './running-task.ts';
import {
  LONGEST_INIT_SECONDS,
  type Sandbox,
  type SandboxOptions,
  STOPPED,
  startSandbox,
} from './sandbox.ts';
import type { SandboxSettings } from './sandbox-messages.ts';

export type FunctionSettings = {
  logicalId: string;
  /** The logical id of its role. */
  roleId: string;
  sandbox: SandboxSettings;
  environment: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  /**
   * How many sandboxes this machine gives the function. Invocations beyond them wait for one;
   * beyond the places of its pool, they are throttled.
   */
  sandboxes: number;
  /** How long its bundle may take to load; Lambda's own limit when it says nothing. */
  initSeconds?: number;
};

/** A function of the template, with its warm sandboxes. */
export type LocalFunction = {
  readonly settings: FunctionSettings;
  readonly log: LogRing;
  /** Invokes it and waits for the result. Never rejects: a failure is a result. */
  invoke(event: unknown): Promise<InvocationResult>;
  stop(): Promise<void>;
};

export type LocalFunctionParts = {
  settings: FunctionSettings;
  log: LogRing;
  activity: Activity;
  pool: ConcurrencyPool;
  /** Told of each invocation that reached the function, and of what it wrote. */
  watch: FunctionWatch;
};

const THROTTLED = { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' };

/** The sandboxes of one function, and who waits for one. */
const createSandboxes = (options: SandboxOptions, most: number) => {
  const all = new Set<Sandbox>();
  const idle: Sandbox[] = [];
  const waiting: ((sandbox: Sandbox | undefined) => void)[] = [];
  let hasStopped = false;

  const start = (): Sandbox => {
    const sandbox = startSandbox(options);
    all.add(sandbox);
    return sandbox;
  };

  return {
    /**
     * The sandbox used last comes first: it is the warmest, and the others may stay asleep.
     * Undefined = the function has been stopped: what was started now, nobody would stop.
     */
    acquire: async (): Promise<Sandbox | undefined> => {
      if (hasStopped) return undefined;
      for (let sandbox = idle.pop(); sandbox !== undefined; sandbox = idle.pop()) {
        if (!sandbox.hasEnded()) return sandbox;
        all.delete(sandbox);
      }
      if (all.size < most) return start();
      return new Promise((resolve) => waiting.push(resolve));
    },
    release: (used: Sandbox): void => {
      if (used.hasEnded()) all.delete(used);
      if (hasStopped) return;
      const next = waiting.shift();
      const isUsable = !used.hasEnded();
      if (next !== undefined) next(isUsable ? used : start());
      else if (isUsable) idle.push(used);
    },
    stop: async (): Promise<void> => {
      hasStopped = true;
      for (const tell of waiting.splice(0)) tell(undefined);
      await Promise.all([...all].map((sandbox) => sandbox.stop()));
    },
  };
};

export const createLocalFunction = (parts: LocalFunctionParts): LocalFunction => {
  const { settings, log, activity, pool, watch } = parts;
  const write = (text: string): void => {
    log.write(text);
    watch.wrote(text);
  };
  const { sandbox, environment, initSeconds = LONGEST_INIT_SECONDS } = settings;
  const options = { settings: sandbox, environment, onOutput: write, initSeconds };
  const sandboxes = createSandboxes(options, settings.sandboxes);

  const run = async (text: string): Promise<InvocationResult> => {
    const used = await sandboxes.acquire();
    if (used === undefined) return { outcome: 'error', requestId: randomUUID(), error: STOPPED };
    const timed = await used.invoke(text, settings.timeoutSeconds);
    const { result, durationMilliseconds: milliseconds, initMilliseconds = 0 } = timed;
    if (result.outcome !== 'success') write(`${JSON.stringify(result.error)}\n`);
    sandboxes.release(used);
    watch.invoked({ event: text, milliseconds, initMilliseconds });
    return result;
  };

  const invoke: LocalFunction['invoke'] = async (event) => {
    const end = activity.begin(`invocation of ${settings.logicalId}`);
    try {
      const text = JSON.stringify(event) ?? 'null';
      const error = requestProblem(text);
      if (error !== undefined) return { outcome: 'error', requestId: randomUUID(), error };
      if (!pool.take()) {
        return { outcome: 'throttled', requestId: randomUUID(), error: THROTTLED };
      }
      try {
        return await run(text);
      } finally {
        pool.give();
      }
    } finally {
      end();
    }
  };

  const stop = async (): Promise<void> => {
    await sandboxes.stop();
    await log.flushed();
  };

  return { settings, log, invoke, stop };
};
