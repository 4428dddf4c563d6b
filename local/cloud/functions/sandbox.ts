import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { FunctionError, SandboxMessage, SandboxSettings } from './sandbox-messages.ts';

/** How an invocation ended. */
export type InvocationResult =
  | { outcome: 'success'; requestId: string; payload: unknown }
  | { outcome: 'error'; requestId: string; error: FunctionError };

/**
 * One execution environment: it runs one invocation at a time and keeps its memory between them.
 */
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

type Running = { requestId: string; finish: (result: InvocationResult) => void };

const INIT_MILLISECONDS = 20_000;
const WORKER = new URL('./sandbox-worker.ts', import.meta.url);

const startWorker = ({ settings, environment }: SandboxOptions): Worker =>
  new Worker(WORKER, { workerData: settings, env: { ...environment }, execArgv: [] });

/** Starts a sandbox. Its bundle loads while the first invocation already waits. */
export const startSandbox = (options: SandboxOptions): Sandbox => {
  const worker = startWorker(options);
  let running: Running | undefined;
  let ended = false;
  let tellReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve;
  });

  const finish = (result: InvocationResult): void => {
    const current = running;
    running = undefined;
    current?.finish(result);
  };

  const fail = (error: FunctionError): void => {
    if (running) finish({ outcome: 'error', requestId: running.requestId, error });
  };

  worker.on('message', (message: SandboxMessage) => {
    if (message.kind === 'ready') return tellReady();
    if (message.kind === 'log') return options.onOutput(message.text);
    const { requestId } = message;
    if (running?.requestId !== requestId) return undefined;
    if (message.kind === 'failed') return fail(message.error);
    return finish({ outcome: 'success', requestId, payload: JSON.parse(message.payload) });
  });
  worker.on('error', (error) => {
    ended = true;
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    options.onOutput(`${stack ?? message}\n`);
    fail({ errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') });
  });
  worker.on('exit', (code) => {
    ended = true;
    fail({
      errorType: 'Runtime.ExitError',
      errorMessage: `Runtime exited with error: exit status ${code}`,
    });
  });

  const end = async (error: FunctionError): Promise<void> => {
    ended = true;
    fail(error);
    await worker.terminate();
  };

  const overrun = (requestId: string, seconds: number): FunctionError => ({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
  });

  const invoke: Sandbox['invoke'] = (event, timeoutSeconds) => {
    const requestId = randomUUID();
    return new Promise((resolve) => {
      const limit = (seconds: number) =>
        setTimeout(() => {
          const error = overrun(requestId, seconds);
          options.onOutput(`${error.errorMessage}\n`);
          void end(error);
        }, seconds * 1000);
      let timer = limit(INIT_MILLISECONDS / 1000);
      running = {
        requestId,
        finish: (result) => {
          clearTimeout(timer);
          resolve(result);
        },
      };
      void ready.then(() => {
        if (running?.requestId !== requestId) return;
        clearTimeout(timer);
        timer = limit(timeoutSeconds);
        const task = { requestId, event: JSON.stringify(event) };
        worker.postMessage({ ...task, timeoutMilliseconds: timeoutSeconds * 1000 });
      });
    });
  };

  return {
    invoke,
    hasEnded: () => ended,
    stop: () => end({ errorType: 'Sandbox.Stopped', errorMessage: 'The local cloud stopped.' }),
  };
};
