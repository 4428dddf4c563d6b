import {
  isToLearn,
  LEARNED_FROM_DAYS,
  learnFromTrail,
} from '#domain/evaluate/position/learn-from-trail.ts';
import type { ClosedSlice } from '#domain/evaluate/slice.ts';
import { newestSupervision } from '#domain/evaluate/timeline.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { DAY_SECONDS, secondsAfter } from '#domain/model/instant.ts';
import { isPair } from '#domain/model/pair.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { LearnedPlacesStore } from '../adapters/dynamodb/learned-places.ts';
import type { LoadTimeline } from '../adapters/dynamodb/supervisions.ts';
import { isFirstOfDay, type Trail } from '../adapters/dynamodb/trail.ts';
import { utcDay } from '../adapters/dynamodb/trail-day.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import type { EvaluateMessage } from '../adapters/sqs/messages.ts';
import type { Queue } from '../adapters/sqs/queue.ts';

export type LearnDeps = Readonly<{
  now: Clock;
  loadTimeline: LoadTimeline;
  trail: Pick<Trail, 'load'>;
  learned: LearnedPlacesStore;
  telemetry: Telemetry;
}>;

/**
 * Learns how fixes scatter at a wearer's curfew addresses from the last two weeks, where that is
 * due, and puts it on record as the next version: it counts from then on, like any other change.
 */
export const learn = async (deps: LearnDeps, wearer: WearerRef): Promise<void> => {
  const { agencyId, wearerId } = wearer;
  const now = deps.now();
  try {
    const known = await deps.learned.load(wearer);
    const before = known && { learnedAt: known.changedAt, places: known.value.places };
    if (!isToLearn(before, now)) return;
    const supervision = newestSupervision(await deps.loadTimeline(wearer, { sinceAt: now }));
    const since = secondsAfter(now, -LEARNED_FROM_DAYS * DAY_SECONDS);
    const events = await deps.trail.load(wearer, since, now);
    const fixes = events.filter((event) => event.kind === 'fix');
    const places = learnFromTrail(supervision, fixes, utcDay(now));
    if (places.length === 0) return;
    const readVersion = known?.version ?? 0;
    await deps.learned.save(wearer, { places, learnedAt: now, readVersion });
    deps.telemetry.log.info('places learned', { agencyId, wearerId, places: places.length });
  } catch (error) {
    // Record: what was known before goes on to hold, and the next day asks again.
    const fields = { agencyId, wearerId, error: errorName(error) };
    deps.telemetry.log.warn('places not learned', fields);
    deps.telemetry.measure('placesNotLearned', 1);
  }
};

export type AskToLearn = (wearer: WearerRef, closed: readonly ClosedSlice[]) => Promise<void>;

/** Once a day, when the first slice of a new one is closed, a wearer's places may be learned. */
export const askToLearn =
  ({ sendAll }: Pick<Queue, 'sendAll'>, telemetry: Telemetry): AskToLearn =>
  async (wearer, closed) => {
    const first = closed.findLast(isFirstOfDay);
    const lastAt = first?.inputs.at(-1)?.recordedAt;
    if (lastAt === undefined || isPair(wearer)) return;
    const message: EvaluateMessage = { kind: 'learn', ...wearer, day: utcDay(lastAt) };
    try {
      await sendAll([message]);
    } catch (error) {
      // Record: all is saved, and the next day asks again.
      telemetry.log.warn('learning not asked for', { ...wearer, error: errorName(error) });
    }
  };
