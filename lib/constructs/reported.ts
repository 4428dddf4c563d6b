import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Verb } from '../verbs.ts';

/** A metric that a function writes into its log, minute by minute. */
export const reported = (verb: Verb, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: 'Homeward',
    metricName,
    dimensionsMap: { service: verb },
    period: Duration.minutes(1),
    statistic,
  });
