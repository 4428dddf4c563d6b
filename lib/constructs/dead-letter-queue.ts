import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { deliveries } from '../thresholds.ts';
import { acknowledge } from './acknowledge.ts';
import { allow, allowKeyUse } from './allow.ts';

export type DeadLetterQueueProps = {
  readonly key: Key;
  /** As that before it is. */
  readonly isFifo?: boolean;
};

/** Where messages wait for a person: a message in it raises an alarm. */
export class DeadLetterQueue extends Queue {
  readonly #key: Key;

  constructor(scope: Construct, id: string, { key, isFifo = false }: DeadLetterQueueProps) {
    super(scope, id, {
      ...(isFifo && { fifo: true }),
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(deliveries.deadLetterRetentionDays),
    });
    this.#key = key;
    const reason = 'This queue is the end of the line: it holds what others gave up, and alarms.';
    acknowledge(this, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
  }

  allowSending(grantee: IGrantable): void {
    allow(grantee, { actions: ['sqs:SendMessage'], resources: [this.queueArn] });
    allowKeyUse(grantee, { key: this.#key, through: 'sqs', to: 'write' });
  }
}
