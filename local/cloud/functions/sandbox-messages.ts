/** What a sandbox is started with. */
export type SandboxSettings = {
  bundlePath: string;
  /** The name behind the dot of the template's Handler. */
  handlerName: string;
  clockMemory: SharedArrayBuffer;
  functionName: string;
  functionArn: string;
  memoryMegabytes: number;
};

/** One invocation, sent to a sandbox. The event is JSON text, as on Lambda's runtime interface. */
export type SandboxTask = { requestId: string; event: string; timeoutMilliseconds: number };

export type FunctionError = { errorType: string; errorMessage: string; trace?: string[] };

/** What a sandbox says. */
export type SandboxMessage =
  | { kind: 'ready' }
  | { kind: 'log'; text: string }
  | { kind: 'done'; requestId: string; payload: string }
  | { kind: 'failed'; requestId: string; error: FunctionError };
