import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import type { LocalFunction } from './local-function.ts';
import { LONGEST_EVENT_BYTES, requestProblem } from './payload-limits.ts';

/** What AWS::Lambda::EventInvokeConfig sets. */
export type EventInvokeSettings = { maximumRetries: number; maximumAgeSeconds: number };

export type AsyncInvokerParts = {
  agenda: Agenda;
  clock: MovableClock;
  log: Log;
  settingsOf: (functionLogicalId: string) => EventInvokeSettings;
};

/** Invokes a function as a service does that does not wait for its result. */
export type InvokeLater = (target: LocalFunction, event: unknown) => Promise<void>;

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const DEFAULT_EVENT_INVOKE: EventInvokeSettings = {
  maximumRetries: 2,
  maximumAgeSeconds: 6 * 3600,
};

const FAILURE_PAUSES_SECONDS = [60, 120];
const LONGEST_THROTTLE_PAUSE_SECONDS = 300;

type Attempt = { since: Instant; failures: number; throttles: number };

const pauseSeconds = ({ failures, throttles }: Attempt): number =>
  throttles > 0
    ? Math.min(2 ** (throttles - 1), LONGEST_THROTTLE_PAUSE_SECONDS)
    : (FAILURE_PAUSES_SECONDS[failures - 1] ?? 120);

/**
 * An event that fails is tried again after one minute, and then after two; one that is throttled
 * after 1 s, 2 s and so on up to 5 min, until it is too old. What is given up is told.
 */
export const createAsyncInvoker = (parts: AsyncInvokerParts): InvokeLater => {
  const { agenda, clock, log } = parts;

  const attempt = async (target: LocalFunction, event: unknown, now: Attempt): Promise<void> => {
    const { logicalId } = target.settings;
    const result = await target.invoke(event);
    if (result.outcome === 'success') return;
    const { maximumRetries, maximumAgeSeconds } = parts.settingsOf(logicalId);
    const isThrottled = result.outcome === 'throttled';
    const next = isThrottled
      ? { ...now, throttles: now.throttles + 1 }
      : { ...now, failures: now.failures + 1, throttles: 0 };
    const dueAt = secondsAfter(clock.now(), pauseSeconds(next));
    const isTooOld = dueAt > secondsAfter(now.since, maximumAgeSeconds);
    if (isTooOld || next.failures > maximumRetries) {
      log(`${logicalId}: an event was given up after ${next.failures} failures`);
      return;
    }
    const run = (): Promise<void> => attempt(target, event, next);
    agenda.add({ dueAt, kind: 'retry', label: `event for ${logicalId}`, run });
  };

  return async (target, event) => {
    const problem = requestProblem(JSON.stringify(event) ?? 'null', LONGEST_EVENT_BYTES);
    if (problem !== undefined) {
      throw new Error(`${target.settings.logicalId}: ${problem.errorMessage}.`);
    }
    await attempt(target, event, { since: clock.now(), failures: 0, throttles: 0 });
  };
};
