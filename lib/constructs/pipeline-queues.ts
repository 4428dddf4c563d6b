import type { Construct } from 'constructs';
import { deliveries, thresholds } from '../thresholds.ts';
import { type Verb, visibilitySeconds } from '../verbs.ts';
import type { EncryptionKeys } from './encryption-keys.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';

export type PipelineQueues = {
  /** Device events, ticks and order changes, for `evaluate`. */
  readonly events: QueueWithDlq;
  /** Escalation steps and acknowledgements that fall due, for `escalate`. */
  readonly deadlines: QueueWithDlq;
  /** Feeds in which something waits for its delivery, for `deliver`. */
  readonly deliveries: QueueWithDlq;
  /** Reports that were asked for, for `report`. */
  readonly reports: QueueWithDlq;
};

export const createQueues = (scope: Construct, keys: EncryptionKeys): PipelineQueues => {
  const queueFor = (
    verb: Verb,
    id: string,
    alarmAgeSeconds: number = thresholds.pipelineQueueAgeSeconds,
  ) =>
    new QueueWithDlq(scope, id, {
      key: keys.messages,
      visibilitySeconds: visibilitySeconds(verb),
      retentionDays: deliveries.queueRetentionDays,
      alarmAgeSeconds,
    });
  return {
    events: queueFor('evaluate', 'Events'),
    deadlines: queueFor('escalate', 'Deadlines'),
    deliveries: queueFor('deliver', 'Deliveries'),
    reports: queueFor('report', 'Reports', thresholds.reportQueueAgeSeconds),
  };
};
