import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createActivity } from '#local/cloud/activity.ts';
import { createPool } from '#local/cloud/functions/concurrency.ts';
import type { InvocationReport } from '#local/cloud/functions/function-watch.ts';
import { createLocalFunction, type LocalFunction } from '#local/cloud/functions/local-function.ts';
import { createLogRing } from '#local/cloud/functions/log-ring.ts';
import { stoppedClock } from '../../stack/fixture-cloud.ts';

export type TinyFunctionSettings = {
  timeoutSeconds?: number;
  memoryMegabytes?: number;
  sandboxes?: number;
  reserved?: number;
  initSeconds?: number;
};

/** A function by itself, with what it reported of its invocations. */
export type LoneFunction = LocalFunction & { reports: InvocationReport[]; lines(): string[] };

const fail = (line: string): never => expect.fail(line);

/** Runs code, given as CommonJS, in real sandboxes. */
export const startTinyFunction = async (
  code: string,
  settings: TinyFunctionSettings = {},
): Promise<LoneFunction> => {
  const directory = await mkdtemp(join(tmpdir(), 'tiny-function-'));
  const bundlePath = join(directory, 'index.js');
  await writeFile(bundlePath, code);
  const log = createLogRing();
  const reports: InvocationReport[] = [];
  const started = createLocalFunction({
    log,
    activity: createActivity(fail),
    pool: createPool(() => settings.reserved ?? 1000),
    watch: { invoked: (report) => reports.push(report), wrote: () => undefined },
    settings: {
      logicalId: 'Tiny',
      roleId: 'Role',
      environment: { AWS_LAMBDA_FUNCTION_NAME: 'tiny', TZ: 'UTC' },
      timeoutSeconds: settings.timeoutSeconds ?? 3,
      sandboxes: settings.sandboxes ?? 4,
      ...(settings.initSeconds === undefined ? {} : { initSeconds: settings.initSeconds }),
      sandbox: {
        bundlePath,
        handlerName: 'handler',
        clockMemory: stoppedClock().memory,
        functionName: 'tiny',
        functionArn: 'arn:aws:lambda:eu-west-2:000000000000:function:tiny',
        memoryMegabytes: settings.memoryMegabytes ?? 128,
      },
    },
  });
  const stop = async (): Promise<void> => {
    await started.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { ...started, reports, lines: log.lines, stop };
};
