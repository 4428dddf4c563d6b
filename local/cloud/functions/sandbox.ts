import { randomUUID } from 'node:crypto';
import { createRunningTask, type InvocationResult } from './running-task.ts';
import type { FunctionError, SandboxSettings } from './sandbox-messages.ts';
import { type InitOutcome, type SandboxThread, startThread } from './sandbox-thread.ts';

/** An invocation's result and how long it took; both times are the machine's. */
export type TimedResult = {
  result: InvocationResult;
  durationMilliseconds: number;
  /** How long the bundle took to load; undefined when the sandbox was warm. */
  initMilliseconds?: number;
};

/** One execution environment: one invocation at a time, with its memory kept between them. */
export type Sandbox = {
  /** `event` is JSON text, as on Lambda's runtime interface. */
  invoke(event: string, timeoutSeconds: number): Promise<TimedResult>;
  /** True once it has ended, and cannot be used again. */
  hasEnded(): boolean;
  stop(): Promise<void>;
};

export type SandboxOptions = {
  settings: SandboxSettings;
  environment: Readonly<Record<string, string>>;
  onOutput: (text: string) => void;
  /** How long the bundle may take to load, in seconds. */
  initSeconds: number;
};

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (Init phase) */
export const LONGEST_INIT_SECONDS = 10;

/** Longer than any function may run, so that only the function's own timeout ends a second init. */
const UNLIMITED_SECONDS = 3600;

/** How an invocation ends that the local cloud's own end cuts short. */
export const STOPPED: FunctionError = {
  errorType: 'Sandbox.Stopped',
  errorMessage: 'The local cloud stopped.',
};

const overrun = (seconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `Task timed out after ${seconds.toFixed(2)} seconds`,
});

/** Errors of the runtime, not of the code, name the invocation that they ended. */
const isOfRuntime = ({ errorType }: FunctionError): boolean =>
  errorType === 'Sandbox.Timedout' || errorType === 'Runtime.ExitError';

const named = (error: FunctionError, requestId: string): FunctionError =>
  isOfRuntime(error)
    ? { ...error, errorMessage: `RequestId: ${requestId} Error: ${error.errorMessage}` }
    : error;

/** Starts a sandbox. Its bundle loads while the first invocation already waits. */
export const startSandbox = (options: SandboxOptions): Sandbox => {
  const task = createRunningTask();
  const begin = (initSeconds: number): SandboxThread =>
    startThread({
      ...options,
      initSeconds,
      onMessage: task.hear,
      onDeath: (error) => onDeath(error),
    });
  let isRetryingInit = false;
  let hasEnded = false;
  let isWarm = false;

  const onDeath = (error: FunctionError): void => {
    // While the bundle first loads, its failure is not yet the invocation's.
    if (isWarm || isRetryingInit) {
      hasEnded = true;
      task.fail(error);
    }
  };
  let thread = begin(options.initSeconds);

  const end = async (error: FunctionError): Promise<void> => {
    hasEnded = true;
    task.fail(error);
    await thread.terminate();
  };

  const endAfter = (seconds: number, requestId: string): NodeJS.Timeout =>
    setTimeout(() => {
      options.onOutput(`${requestId} ${overrun(seconds).errorMessage}\n`);
      void end(overrun(seconds));
    }, seconds * 1000);

  /** A bundle that did not load is loaded again, now within the function's own timeout. */
  const retryInit = (failed: InitOutcome): Promise<InitOutcome> => {
    const duration = failed.milliseconds.toFixed(2);
    options.onOutput(
      `INIT_REPORT Init Duration: ${duration} ms Phase: init Status: ${failed.outcome}\n`,
    );
    isRetryingInit = true;
    thread = begin(UNLIMITED_SECONDS);
    return thread.init;
  };

  const invoke: Sandbox['invoke'] = async (event, timeoutSeconds) => {
    const requestId = randomUUID();
    const wasWarm = isWarm;
    const ended = new Promise<InvocationResult>((resolve) => task.begin(requestId, resolve));
    // Stopped since it was handed out: its thread would never answer.
    if (hasEnded) task.fail(STOPPED);
    const first = await thread.init;
    const beganAt = performance.now();
    const timer = endAfter(timeoutSeconds, requestId);
    const init = first.outcome === 'ready' || hasEnded ? first : await retryInit(first);
    isWarm = init.outcome === 'ready';
    if (isWarm && task.isStill(requestId)) {
      const timeoutMilliseconds = timeoutSeconds * 1000;
      thread.post({ requestId, event, timeoutMilliseconds });
    }
    const result = await ended;
    clearTimeout(timer);
    const durationMilliseconds = performance.now() - beganAt;
    const timed =
      result.outcome === 'error'
        ? { result: { ...result, error: named(result.error, requestId) }, durationMilliseconds }
        : { result, durationMilliseconds };
    return wasWarm ? timed : { ...timed, initMilliseconds: first.milliseconds };
  };

  return {
    invoke,
    hasEnded: () => hasEnded || (isWarm && thread.hasExited()),
    stop: () => end(STOPPED),
  };
};
