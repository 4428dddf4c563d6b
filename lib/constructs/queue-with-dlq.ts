import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deliveries } from '../thresholds.ts';
import { allow, allowKeyUse } from './allow.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export type QueueWithDlqProps = {
  readonly key: Key;
  readonly visibilitySeconds: number;
  readonly retentionDays: number;
  /** A message that waits longer raises an alarm. */
  readonly alarmAgeSeconds: number;
  /** Gives the messages of a group one after the other; standard unless told. */
  readonly isFifo?: boolean;
};

/** An encrypted, TLS-only queue and its dead letter queue. */
export class QueueWithDlq extends Construct {
  readonly queue: Queue;
  readonly dlq: DeadLetterQueue;
  readonly alarmAgeSeconds: number;
  readonly #key: Key;

  constructor(scope: Construct, id: string, props: QueueWithDlqProps) {
    super(scope, id);
    const { isFifo = false } = props;
    this.alarmAgeSeconds = props.alarmAgeSeconds;
    this.#key = props.key;
    this.dlq = new DeadLetterQueue(this, 'Dlq', { key: props.key, isFifo });
    this.queue = new Queue(this, 'Queue', {
      ...(isFifo && { fifo: true }),
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(props.visibilitySeconds),
      retentionPeriod: Duration.days(props.retentionDays),
      deadLetterQueue: { queue: this.dlq, maxReceiveCount: deliveries.receivesBeforeDeadLetter },
    });
  }

  allowSending(grantee: IGrantable): void {
    allow(grantee, { actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
    allowKeyUse(grantee, { key: this.#key, through: 'sqs', to: 'write' });
  }

  /** Lets the consumer put what nobody can read where it would end up after all tries. */
  allowParking(grantee: IGrantable): void {
    allow(grantee, { actions: ['sqs:SendMessage'], resources: [this.dlq.queueArn] });
    allowKeyUse(grantee, { key: this.#key, through: 'sqs', to: 'write' });
  }

  allowConsuming(grantee: IGrantable): void {
    const actions = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
    allow(grantee, { actions, resources: [this.queue.queueArn] });
    allowKeyUse(grantee, { key: this.#key, through: 'sqs', to: 'read' });
  }
}
