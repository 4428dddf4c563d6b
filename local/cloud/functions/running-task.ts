import type { FunctionError, SandboxMessage } from './sandbox-messages.ts';

/**
 * How an invocation ended. `throttled` means that it never reached the function: no place was free.
 */
export type InvocationResult =
  | { outcome: 'success'; requestId: string; payload: unknown }
  | { outcome: 'error'; requestId: string; error: FunctionError }
  | { outcome: 'throttled'; requestId: string; error: FunctionError };

/** The one invocation that a sandbox is busy with, if any. */
export type RunningTask = {
  begin(requestId: string, onEnd: (result: InvocationResult) => void): void;
  isStill(requestId: string): boolean;
  /** Ends it with an error; nothing happens when the sandbox is idle. */
  fail(error: FunctionError): void;
  /** Ends it by what the sandbox said; what belongs to an earlier invocation is ignored. */
  hear(message: Extract<SandboxMessage, { requestId: string }>): void;
};

export const createRunningTask = (): RunningTask => {
  let current: { requestId: string; onEnd: (result: InvocationResult) => void } | undefined;

  const end = (result: InvocationResult): void => {
    const ended = current;
    current = undefined;
    ended?.onEnd(result);
  };

  const fail = (error: FunctionError): void => {
    if (current) end({ outcome: 'error', requestId: current.requestId, error });
  };

  return {
    begin: (requestId, onEnd) => {
      current = { requestId, onEnd };
    },
    isStill: (requestId) => current?.requestId === requestId,
    fail,
    hear: (message) => {
      const { requestId } = message;
      if (current?.requestId !== requestId) return;
      if (message.kind === 'failed') fail(message.error);
      else end({ outcome: 'success', requestId, payload: JSON.parse(message.payload) });
    },
  };
};
