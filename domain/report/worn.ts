import { earlierOf, type Instant, laterOf } from '../model/instant.ts';
import type { Activation } from '../model/wearer.ts';
import type { ReportPeriod } from './asked-report.ts';

/** A stretch in which some device was on the wearer. */
export type Worn = Readonly<{ fromAt: Instant; toAt: Instant }>;

type Assigned = Pick<Activation, 'startsAt' | 'endsAt'>;

/** When a device was on the wearer within a period: in order, and what overlaps or touches once. */
export const wornIn = (
  activations: readonly Assigned[],
  { fromAt, untilAt }: ReportPeriod,
): Worn[] => {
  const within = activations
    .map(({ startsAt, endsAt }) => ({
      fromAt: laterOf(startsAt, fromAt),
      toAt: endsAt === null ? untilAt : earlierOf(endsAt, untilAt),
    }))
    .filter((one) => one.fromAt < one.toAt)
    .sort((a, b) => a.fromAt - b.fromAt);
  const worn: Worn[] = [];
  for (const next of within) {
    const last = worn.at(-1);
    if (last === undefined || next.fromAt > last.toAt) worn.push(next);
    else if (next.toAt > last.toAt) worn[worn.length - 1] = { ...last, toAt: next.toAt };
  }
  return worn;
};

/** The rest of the period, in which none was. */
export const unwornIn = (worn: readonly Worn[], { fromAt, untilAt }: ReportPeriod): Worn[] => {
  const edges = [fromAt, ...worn.flatMap((one) => [one.fromAt, one.toAt]), untilAt];
  const between: Worn[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const [from, to] = [edges[i], edges[i + 1]];
    if (from !== undefined && to !== undefined && from < to) {
      between.push({ fromAt: from, toAt: to });
    }
  }
  return between;
};
