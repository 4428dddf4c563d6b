// Runs in a worker thread: loads one bundle and invokes its handler for each task, as Lambda's Node
// runtime does. The bundle finds the movable clock where it looks for the machine's.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { readClock } from '../clock/clock-memory.ts';
import { createClockDate } from './clock-date.ts';
import { isLonger, LONGEST_PAYLOAD_BYTES } from './payload-limits.ts';
import type { FunctionError, SandboxMessage, SandboxTask } from './sandbox-messages.ts';

const settings = z
  .object({
    bundlePath: z.string(),
    handlerName: z.string(),
    clockMemory: z.instanceof(SharedArrayBuffer),
    functionName: z.string(),
    functionArn: z.string(),
    memoryMegabytes: z.number(),
  })
  .parse(workerData);

const taskSchema: z.ZodType<SandboxTask> = z.object({
  requestId: z.string(),
  event: z.string(),
  timeoutMilliseconds: z.number(),
});

class ResponseSizeTooLarge extends Error {
  override name = 'Function.ResponseSizeTooLarge';
  constructor() {
    super(
      `Response payload size exceeded maximum allowed payload size (${LONGEST_PAYLOAD_BYTES} bytes).`,
    );
  }
}

class HandlerNotFound extends Error {
  override name = 'Runtime.HandlerNotFound';
}

const say = (message: SandboxMessage): void => parentPort?.postMessage(message);

/** Lines go the same way as results, so that an invocation's lines are there before its result. */
const sendOutput = (stream: NodeJS.WriteStream): void => {
  stream.write = (chunk: Uint8Array | string): boolean => {
    say({ kind: 'log', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
    return true;
  };
};

const errorOf = (thrown: unknown): FunctionError => {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown) };
  const trace = (thrown.stack ?? '').split('\n');
  return { errorType: thrown.name, errorMessage: thrown.message, trace };
};

const contextFor = (task: SandboxTask) => {
  const endAt = performance.now() + task.timeoutMilliseconds;
  return {
    awsRequestId: task.requestId,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMegabytes),
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(endAt - performance.now())),
  };
};

const loadHandler = () => {
  const exported: unknown = createRequire(settings.bundlePath)(settings.bundlePath);
  const module = z.looseObject({}).parse(exported);
  const handler = module[settings.handlerName];
  if (typeof handler === 'function') return handler;
  throw new HandlerNotFound(`index.${settings.handlerName} is undefined or not exported`);
};

const start = (): void => {
  const RealDate = Date;
  globalThis.Date = createClockDate(RealDate, () =>
    readClock(settings.clockMemory, RealDate.now()),
  );
  sendOutput(process.stdout);
  sendOutput(process.stderr);
  const handler = loadHandler();
  parentPort?.on('message', async (message: unknown) => {
    const task = taskSchema.parse(message);
    const { requestId } = task;
    try {
      const result: unknown = await handler(JSON.parse(task.event), contextFor(task));
      const payload = JSON.stringify(result) ?? 'null';
      if (isLonger(payload, LONGEST_PAYLOAD_BYTES)) throw new ResponseSizeTooLarge();
      say({ kind: 'done', requestId, payload });
    } catch (thrown) {
      // Record: a failed invocation is an answer; its event source decides what follows.
      say({ kind: 'failed', requestId, error: errorOf(thrown) });
    }
  });
  say({ kind: 'ready' });
};

start();
