import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';

export type Watch = {
  readonly metric: IMetric;
  /** The alarm speaks when the metric exceeds this. */
  readonly above: number;
  /** How many of how many periods; one of one unless told. */
  readonly periods?: { readonly above: number; readonly of: number };
  readonly missingData?: TreatMissingData;
  /** For whoever is woken by it: what happened, and where to look. */
  readonly says: string;
};

export type Alarms = { readonly scope: Construct; readonly tells: SnsAction };

/** One alarm, named after what it watches, which is below the stack or the scope itself. */
export const raiseAlarm = (
  { scope, tells }: Alarms,
  name: readonly [watched: Construct, what: string],
  watch: Watch,
): void => {
  const [watched, what] = name;
  const path = watched === scope ? '' : watched.node.path.split('/').slice(1).join('');
  const alarm = new Alarm(scope, `${path}${what}`, {
    alarmDescription: watch.says,
    metric: watch.metric,
    threshold: watch.above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: watch.periods?.of ?? 1,
    datapointsToAlarm: watch.periods?.above ?? 1,
    treatMissingData: watch.missingData ?? TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(tells);
};
