import * as z from 'zod';
import type { Instant } from '#domain/model/instant.ts';

const alarmSchema = z.looseObject({
  MetricName: z.string(),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number(),
  Threshold: z.number(),
  ComparisonOperator: z.literal('GreaterThanThreshold'),
  Statistic: z.literal('Maximum'),
  TreatMissingData: z.enum(['breaching', 'notBreaching']),
});

const lineSchema = z.looseObject({ _aws: z.looseObject({ Timestamp: z.number() }) });

/** The values of a metric in the lines that a function has logged, as CloudWatch reads them. */
const pointsIn = (lines: readonly string[], metric: string) =>
  lines.flatMap((line) => {
    if (!line.includes(`"${metric}"`) || !line.includes('"_aws"')) return [];
    const read = lineSchema.parse(JSON.parse(line));
    return [{ at: read._aws.Timestamp, value: z.number().parse(read[metric]) }];
  });

/** Whether an alarm of the template speaks at an instant, by the last periods before it. */
export const alarmSpeaks = (alarm: unknown, lines: readonly string[], now: Instant): boolean => {
  const watch = alarmSchema.parse(alarm);
  const points = pointsIn(lines, watch.MetricName);
  const periods = Array.from({ length: watch.EvaluationPeriods }, (_, i) => {
    const until = now - i * watch.Period * 1000;
    const values = points
      .filter(({ at }) => at > until - watch.Period * 1000 && at <= until)
      .map(({ value }) => value);
    return values.length === 0
      ? watch.TreatMissingData === 'breaching'
      : Math.max(...values) > watch.Threshold;
  });
  return periods.filter((isBreaching) => isBreaching).length >= watch.DatapointsToAlarm;
};
