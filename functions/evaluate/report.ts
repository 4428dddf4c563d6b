import type { Evaluation } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { newestSupervision, type Timeline } from '#domain/evaluate/timeline.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { DAY_SECONDS, secondsAfter } from '#domain/model/instant.ts';
import type { Telemetry } from '../adapters/log/log.ts';

/** Says what an evaluation came to: counts as metrics, changes as log lines of ids and reasons. */
export const report = (
  telemetry: Telemetry,
  { agencyId, wearerId }: WearerRef,
  { timeline, result }: Readonly<{ timeline: Timeline | null; result: Evaluation }>,
): void => {
  const supervision = timeline && newestSupervision(timeline);
  telemetry.measure('eventsFolded', result.fresh.length);
  telemetry.measure('fixesFolded', result.fixes);
  telemetry.measure('fixesInSafeRegion', result.safeFixes);
  if (result.setAside.length > 0) {
    telemetry.measure('eventsSetAside', result.setAside.length);
    telemetry.log.warn('events of a device not on this wearer', { agencyId, wearerId });
  }
  for (const { kind, mark } of result.changes) {
    const { violationId, watchId, reason } = mark;
    telemetry.log.info(`violation ${kind}`, {
      agencyId,
      wearerId,
      violationId,
      watchId,
      reason,
    });
  }
  reportHours(telemetry, supervision, result);
  const failing = (supervision?.watches ?? []).filter(
    ({ watchId }) => result.state.core.watches[watchId]?.reason === 'rule-failed',
  );
  if (failing.length > 0) telemetry.measure('rulesFailed', failing.length);
};

/** Timetables are compiled for three years on: half a year before that ends somebody must hear. */
const HOURS_END_SOON_SECONDS = 180 * DAY_SECONDS;

const reportHours = (
  telemetry: Telemetry,
  supervision: Supervision | null,
  { state }: Evaluation,
): void => {
  const soon = secondsAfter(state.core.foldedUntil, HOURS_END_SOON_SECONDS);
  const ending = (supervision?.watches ?? []).filter(({ active }) => active.untilAt < soon);
  const conditions = new Set(ending.map(({ condition }) => condition.conditionId));
  if (conditions.size > 0) telemetry.measure('hoursEndSoon', conditions.size);
};
