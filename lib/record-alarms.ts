import { Duration } from 'aws-cdk-lib';
import { Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { raiseAlarm, type Watch } from './constructs/raise-alarm.ts';
import type { SecureTopic } from './constructs/secure-topic.ts';
import { sealing, thresholds } from './thresholds.ts';

const reported = (metricName: string, period: Duration): Metric =>
  new Metric({
    namespace: 'Homeward',
    metricName,
    dimensionsMap: { service: 'seal' },
    statistic: Stats.MAXIMUM,
    period,
  });

/**
 * Alarms for the chains of the record. That the function fails, or falls behind its stream, has
 * alarms with those of all functions. What to do: docs/runbooks/record.md.
 */
export class RecordAlarms extends Construct {
  constructor(scope: Construct, id: string, operations: SecureTopic) {
    super(scope, id);
    const tells = new SnsAction(operations);
    const raise = (what: string, watch: Watch): void =>
      raiseAlarm({ scope: this, tells }, [this, what], watch);
    raise('SealedLate', {
      metric: reported('sealedAfterMaxSeconds', Duration.minutes(1)),
      above: sealing.sealedAfterSeconds,
      periods: { above: 2, of: 3 },
      says: 'Entries of the record are sealed more than a minute after they were put on it.',
    });
    raise('EntriesFoundUnsealed', {
      metric: reported('entriesFoundUnsealed', Duration.hours(1)),
      above: sealing.entriesFoundUnsealed,
      says: 'Entries had not been sealed by the stream; the net has done it, or could not: see the log.',
    });
    raise('ChainsNotArchived', {
      metric: reported('chainsNotArchived', Duration.days(1)),
      above: 0,
      periods: { above: 2, of: 2 },
      missingData: TreatMissingData.BREACHING,
      says: 'Chains of the record have not gone to the archive for two days: see the log of seal.',
    });
    raise('AnchorMissing', {
      metric: reported('anchorsMade', Duration.hours(1)),
      above: thresholds.heartbeat,
      periods: { above: 3, of: 3 },
      missingData: TreatMissingData.BREACHING,
      says: 'No anchor of the record has been made for three hours: see the log of seal.',
    });
  }
}
