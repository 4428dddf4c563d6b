import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { createActivity } from '#local/cloud/activity.ts';
import { createAgenda } from '#local/cloud/agenda.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { createAsyncInvoker, DEFAULT_EVENT_INVOKE } from '#local/cloud/functions/async-invoker.ts';
import type { LocalFunction } from '#local/cloud/functions/local-function.ts';
import type { InvocationResult } from '#local/cloud/functions/running-task.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html

const START = instant(Date.parse('2026-03-01T00:00:00Z'));
const fail = (line: string): never => expect.fail(line);
const error = { errorType: 'Error', errorMessage: 'failed' };

const resultOf = (outcome: InvocationResult['outcome']): InvocationResult =>
  outcome === 'success'
    ? { outcome, requestId: 'r', payload: null }
    : { outcome, requestId: 'r', error };

/** Sends one event to a function that ends so, one attempt after the other; gives the seconds. */
const attemptsOf = async (
  outcomes: readonly InvocationResult['outcome'][],
  settings = DEFAULT_EVENT_INVOKE,
  event: unknown = {},
) => {
  const clock = createClock({ mode: 'stopped', startAt: START });
  const activity = createActivity(fail);
  const agenda = createAgenda({ clock, activity, log: fail });
  clock.follow({ nextDueAt: agenda.nextDueAt, settled: activity.settled });
  const seconds: number[] = [];
  const said: string[] = [];
  const target: LocalFunction = {
    settings: {
      ...{ logicalId: 'Fn', roleId: 'Role', environment: {}, timeoutSeconds: 3, sandboxes: 1 },
      sandbox: {
        ...{ bundlePath: '', handlerName: '', clockMemory: clock.memory, functionName: 'fn' },
        ...{ functionArn: '', memoryMegabytes: 128 },
      },
    },
    log: { write: () => undefined, lines: () => [], flushed: async () => undefined },
    invoke: async () => {
      const outcome = outcomes[seconds.length] ?? outcomes.at(-1) ?? 'success';
      seconds.push((clock.now() - START) / 1000);
      return resultOf(outcome);
    },
    stop: async () => undefined,
  };
  const log = (line: string): void => void said.push(line);
  const invokeLater = createAsyncInvoker({ agenda, clock, log, settingsOf: () => settings });
  await invokeLater(target, event);
  await clock.advanceBy(24 * 3_600_000);
  return { seconds, said };
};

describe('given an event that nobody waits for', () => {
  it('is tried once when it succeeds', async () => {
    expect(await attemptsOf(['success'])).toEqual({ seconds: [0], said: [] });
  });

  it('is tried again after one minute and after two more, and then given up', async () => {
    const { seconds, said } = await attemptsOf(['error']);
    expect(seconds).toEqual([0, 60, 180]);
    expect(said).toEqual(['Fn: an event was given up after 3 failures']);
  });

  it('is not tried again after it has succeeded', async () => {
    expect((await attemptsOf(['error', 'success'])).seconds).toEqual([0, 60]);
  });

  it('is tried again for as long as it is throttled, up to six hours', async () => {
    const { seconds, said } = await attemptsOf(['throttled']);
    expect(seconds.slice(0, 6)).toEqual([0, 1, 3, 7, 15, 31]);
    const gaps = seconds.slice(1).map((at, index) => at - (seconds[index] ?? 0));
    expect(Math.max(...gaps)).toBe(300);
    expect(seconds.at(-1)).toBeLessThanOrEqual(6 * 3600);
    expect(seconds.at(-1)).toBeGreaterThan(6 * 3600 - 300);
    expect(said).toHaveLength(1);
  });

  it('uses up no retries while it is throttled', async () => {
    const { seconds } = await attemptsOf(['throttled', 'throttled', 'error']);
    expect(seconds).toEqual([0, 1, 3, 63, 183]);
  });

  it('is refused above 1 MB', async () => {
    const whole = 'x'.repeat(1024 * 1024 - 2);
    expect((await attemptsOf(['success'], DEFAULT_EVENT_INVOKE, whole)).seconds).toEqual([0]);
    const refused = attemptsOf(['success'], DEFAULT_EVENT_INVOKE, `${whole}x`);
    await expect(refused).rejects.toThrow('Fn: Request must be smaller than 1048576 bytes');
  });

  it('is tried as often and as long as its function says', async () => {
    const none = await attemptsOf(['error'], { maximumRetries: 0, maximumAgeSeconds: 3600 });
    expect(none.seconds).toEqual([0]);
    const brief = await attemptsOf(['throttled'], { maximumRetries: 2, maximumAgeSeconds: 60 });
    expect(brief.seconds).toEqual([0, 1, 3, 7, 15, 31]);
  });
});
