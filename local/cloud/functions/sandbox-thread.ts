import { Worker } from 'node:worker_threads';
import type { FunctionError, SandboxMessage, SandboxSettings } from './sandbox-messages.ts';

/** How the loading of a bundle went. `milliseconds` are the machine's. */
export type InitOutcome =
  | { outcome: 'ready'; milliseconds: number }
  | { outcome: 'error' | 'timeout'; milliseconds: number; error: FunctionError };

/** A thread with one bundle in it: what a sandbox is made of. */
export type SandboxThread = {
  readonly init: Promise<InitOutcome>;
  post(message: unknown): void;
  hasExited(): boolean;
  terminate(): Promise<unknown>;
};

export type SandboxThreadOptions = {
  settings: SandboxSettings;
  environment: Readonly<Record<string, string>>;
  onOutput: (text: string) => void;
  /** What the thread says of its invocations, and its end when that was not asked for. */
  onMessage: (message: Extract<SandboxMessage, { requestId: string }>) => void;
  onDeath: (error: FunctionError) => void;
  /** The longest that loading may take, in seconds. */
  initSeconds: number;
};

const WORKER = new URL('./sandbox-worker.ts', import.meta.url);

/**
 * The share of a function's memory that its heap may take. What buffers hold outside the heap is
 * not bounded here.
 */
const HEAP_SHARE = 0.9;

const exitError = (reason: string): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `Runtime exited with error: ${reason}`,
});

const errorOf = (thrown: unknown): FunctionError => {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: `${thrown}` };
  const { name, message, stack = message } = thrown;
  if ('code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return exitError('signal: killed');
  }
  return { errorType: name, errorMessage: message, trace: stack.split('\n') };
};

/** Starts a thread and loads the bundle in it. */
export const startThread = (options: SandboxThreadOptions): SandboxThread => {
  const { settings, onOutput, onDeath, initSeconds } = options;
  // Threads share the process's time zone; in Lambda it is UTC.
  process.env.TZ = 'UTC';
  const startedAt = performance.now();
  const worker = new Worker(WORKER, {
    workerData: settings,
    env: { ...options.environment },
    execArgv: [],
    // Shown by the system's own tools beside the CPU that the thread takes.
    name: settings.functionName.replace(/^.*-/, ''),
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMegabytes * HEAP_SHARE },
  });
  let hasExited = false;
  let finishInit: (outcome: InitOutcome) => void = () => undefined;
  const init = new Promise<InitOutcome>((resolve) => {
    finishInit = resolve;
  });
  const elapsed = (): number => performance.now() - startedAt;
  const timer = setTimeout(() => {
    const error = { errorType: 'Sandbox.Timedout', errorMessage: 'Init timed out.' };
    hasExited = true;
    finishInit({ outcome: 'timeout', milliseconds: elapsed(), error });
    void worker.terminate();
  }, initSeconds * 1000);

  /** A thread ends once: what follows its first error says no more. */
  const die = (error: FunctionError): void => {
    if (hasExited) return;
    clearTimeout(timer);
    hasExited = true;
    finishInit({ outcome: 'error', milliseconds: elapsed(), error });
    onDeath(error);
  };
  let failure: FunctionError | undefined;
  worker.on('error', (thrown) => {
    failure = errorOf(thrown);
  });
  // Only at its exit has everything arrived that the thread had said before.
  worker.on('exit', (code) => {
    if (failure !== undefined) {
      onOutput(`${failure.trace?.join('\n') ?? failure.errorMessage}\n`);
    }
    die(failure ?? exitError(`exit status ${code}`));
  });
  worker.on('message', (message: SandboxMessage) => {
    if (message.kind === 'log') onOutput(message.text);
    else if (message.kind !== 'ready') options.onMessage(message);
    else {
      clearTimeout(timer);
      finishInit({ outcome: 'ready', milliseconds: elapsed() });
    }
  });
  return {
    init,
    post: (message) => worker.postMessage(message),
    hasExited: () => hasExited,
    terminate: () => {
      clearTimeout(timer);
      return worker.terminate();
    },
  };
};
