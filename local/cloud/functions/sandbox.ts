import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { createRunningTask, type InvocationResult, type RunningTask } from './running-task.ts';
import type { FunctionError, SandboxMessage, SandboxSettings } from './sandbox-messages.ts';

/** One execution environment: one invocation at a time, with its memory kept between them. */
export type Sandbox = {
  invoke(event: unknown, timeoutSeconds: number): Promise<InvocationResult>;
  /** True once it has ended, and cannot be used again. */
  hasEnded(): boolean;
  stop(): Promise<void>;
};

export type SandboxOptions = {
  settings: SandboxSettings;
  environment: Readonly<Record<string, string>>;
  onOutput: (text: string) => void;
};

type StartedWorker = { worker: Worker; ready: Promise<void>; hasExited: () => boolean };

const INIT_SECONDS = 20;
const WORKER = new URL('./sandbox-worker.ts', import.meta.url);
const STOPPED = { errorType: 'Sandbox.Stopped', errorMessage: 'The local cloud stopped.' };

const overrun = (requestId: string, seconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

/** Starts the thread; what it says, and its end, go to the task that runs at that moment. */
const startWorker = (options: SandboxOptions, task: RunningTask): StartedWorker => {
  const { settings, environment, onOutput } = options;
  const env = { ...environment };
  const worker = new Worker(WORKER, { workerData: settings, env, execArgv: [] });
  let hasExited = false;
  worker.on('error', (error) => {
    hasExited = true;
    const {
      name,
      message,
      stack = message,
    } = error instanceof Error ? error : new Error(`${error}`);
    onOutput(`${stack}\n`);
    task.fail({ errorType: name, errorMessage: message, trace: stack.split('\n') });
  });
  worker.on('exit', (code) => {
    hasExited = true;
    const errorMessage = `Runtime exited with error: exit status ${code}`;
    task.fail({ errorType: 'Runtime.ExitError', errorMessage });
  });
  const ready = new Promise<void>((resolve) => {
    worker.on('message', (message: SandboxMessage) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'log') onOutput(message.text);
      else task.hear(message);
    });
  });
  return { worker, ready, hasExited: () => hasExited };
};

/** Starts a sandbox. Its bundle loads while the first invocation already waits. */
export const startSandbox = (options: SandboxOptions): Sandbox => {
  const task = createRunningTask();
  const { worker, ready, hasExited } = startWorker(options, task);
  let hasEnded = false;

  const end = async (error: FunctionError): Promise<void> => {
    hasEnded = true;
    task.fail(error);
    await worker.terminate();
  };

  const endAfter = (seconds: number, requestId: string): NodeJS.Timeout =>
    setTimeout(() => {
      const error = overrun(requestId, seconds);
      options.onOutput(`${error.errorMessage}\n`);
      void end(error);
    }, seconds * 1000);

  const invoke: Sandbox['invoke'] = (event, timeoutSeconds) =>
    new Promise((resolve) => {
      const requestId = randomUUID();
      let timer = endAfter(INIT_SECONDS, requestId);
      task.begin(requestId, (result) => {
        clearTimeout(timer);
        resolve(result);
      });
      void ready.then(() => {
        if (!task.isStill(requestId)) return;
        clearTimeout(timer);
        timer = endAfter(timeoutSeconds, requestId);
        const timeoutMilliseconds = timeoutSeconds * 1000;
        worker.postMessage({ requestId, event: JSON.stringify(event), timeoutMilliseconds });
      });
    });

  return { invoke, hasEnded: () => hasEnded || hasExited(), stop: () => end(STOPPED) };
};
