import type { Activity } from '../activity.ts';
import type { LogRing } from './log-ring.ts';
import type { InvocationResult } from './running-task.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';
import type { SandboxSettings } from './sandbox-messages.ts';

export type FunctionSettings = {
  logicalId: string;
  sandbox: SandboxSettings;
  environment: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  /** How many sandboxes may run at once; further invocations wait. */
  concurrency: number;
};

/** A function of the template, with its warm sandboxes. */
export type LocalFunction = {
  readonly settings: FunctionSettings;
  readonly log: LogRing;
  invoke(event: unknown): Promise<InvocationResult>;
  stop(): Promise<void>;
};

export type LocalFunctionParts = { settings: FunctionSettings; log: LogRing; activity: Activity };

export const createLocalFunction = ({ settings, log, activity }: LocalFunctionParts) => {
  const all = new Set<Sandbox>();
  const idle: Sandbox[] = [];
  const waiting: ((sandbox: Sandbox) => void)[] = [];
  const options: SandboxOptions = {
    settings: settings.sandbox,
    environment: settings.environment,
    onOutput: log.write,
  };

  const start = (): Sandbox => {
    const sandbox = startSandbox(options);
    all.add(sandbox);
    return sandbox;
  };

  /** The sandbox used last comes first: it is the warmest, and the others may stay asleep. */
  const acquire = async (): Promise<Sandbox> => {
    for (let sandbox = idle.pop(); sandbox !== undefined; sandbox = idle.pop()) {
      if (!sandbox.hasEnded()) return sandbox;
      all.delete(sandbox);
    }
    if (all.size < settings.concurrency) return start();
    return new Promise((resolve) => waiting.push(resolve));
  };

  const release = (used: Sandbox): void => {
    if (used.hasEnded()) all.delete(used);
    const next = waiting.shift();
    const isUsable = !used.hasEnded();
    if (next !== undefined) next(isUsable ? used : start());
    else if (isUsable) idle.push(used);
  };

  const invoke: LocalFunction['invoke'] = async (event) => {
    const end = activity.begin(`invocation of ${settings.logicalId}`);
    try {
      const sandbox = await acquire();
      const result = await sandbox.invoke(event, settings.timeoutSeconds);
      if (result.outcome === 'error') log.write(`${JSON.stringify(result.error)}\n`);
      release(sandbox);
      return result;
    } finally {
      end();
    }
  };

  const stop = async (): Promise<void> => {
    await Promise.all([...all].map((sandbox) => sandbox.stop()));
    await log.flushed();
  };

  const localFunction: LocalFunction = { settings, log, invoke, stop };
  return localFunction;
};
