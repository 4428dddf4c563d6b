import type { Cloud } from '#local/cloud/cloud.ts';
import type { Usage } from '#local/meter/usage.ts';
import type { HeadEnd } from './head-end/start-head-end.ts';
import type { Tally } from './head-end/tally.ts';
import { coresBetween, usesNow } from './measures/components.ts';
import type { LagWatch } from './measures/lags.ts';
import type { DepthWatch } from './measures/queue-depth.ts';

/** What a stretch of a run came to. */
export type Stretch = Readonly<{
  startsAt: number;
  /** When its last request was answered. */
  sentAt: number;
  /** When nothing was left on the events queue; null where that was not waited for. */
  drainedAt: number | null;
  endedAt: number;
  tally: Tally;
  lags: readonly number[];
  depths: readonly number[];
  components: ReturnType<typeof coresBetween>;
  usage: Usage;
}>;

export type Bench = Readonly<{
  cloud: Cloud;
  headEnd: HeadEnd;
  depths: DepthWatch;
  lags: LagWatch;
}>;

export type StretchPlan = Readonly<{
  /** When its first request is due, epoch milliseconds. */
  startsAt: number;
  /** When its last one is due; null: as fast as it goes. */
  endsAt: number | null;
  drains: boolean;
}>;

const until = (at: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));

/** Runs the stretch that the head-end prepared next, and measures from its start to its end. */
export const runStretch = async (bench: Bench, plan: StretchPlan): Promise<Stretch> => {
  const { cloud, headEnd, depths, lags } = bench;
  const sending = headEnd.send();
  await until(plan.startsAt);
  const startedAt = Date.now();
  const before = usesNow(headEnd.processId);
  const metered = cloud.meter.snapshot();
  const tally = await sending;
  const sentAt = Date.now();
  if (plan.endsAt !== null) await until(plan.endsAt);
  const drainedAt = plan.drains ? await depths.untilEmpty() : null;
  const endedAt = Date.now();
  return {
    ...{ startsAt: startedAt, sentAt, drainedAt, endedAt, tally },
    lags: lags.between(startedAt, endedAt),
    depths: depths.between(startedAt, endedAt).map(({ depth }) => depth),
    components: coresBetween(before, usesNow(headEnd.processId), (endedAt - startedAt) / 1_000),
    usage: cloud.meter.since(metered),
  };
};
