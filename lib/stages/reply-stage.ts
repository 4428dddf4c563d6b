import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { feedFromQueue } from '../constructs/queue-feed.ts';
import { QueueWithDlq } from '../constructs/queue-with-dlq.ts';
import { SecureTopic } from '../constructs/secure-topic.ts';
import { feedFromTopic } from '../constructs/topic-feed.ts';
import type { Part } from '../foundation.ts';
import { deliveries, thresholds } from '../thresholds.ts';
import { visibilitySeconds } from '../verbs.ts';

type Needed = Part<'tables' | 'queues' | 'schedules'>;

/** Works off what people text to our number, and what became of the messages sent to them. */
export class ReplyStage extends Construct {
  readonly function: PipelineFunction;
  /** Where the number hands texts over, and a configuration set its events. */
  readonly texts: SecureTopic;

  constructor(scope: Construct, id: string, part: Needed) {
    super(scope, id);
    const { config, keys, tables, queues, schedules } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'reply',
      description: 'Acknowledges by text message, and notes what became of messages',
      environment: {
        AGENCY: config.agency,
        MONITORING_TABLE: tables.monitoring.tableName,
        RECORD_TABLE: tables.record.tableName,
        ALLOWANCE_TABLE: tables.allowance.tableName,
        DEADLINES_QUEUE_URL: queues.deadlines.queue.queueUrl,
        DEADLINES_QUEUE_ARN: queues.deadlines.queue.queueArn,
        ...schedules.environmentFor(queues.deadlines),
      },
    });
    this.texts = new SecureTopic(this, 'Texts', {
      key: keys.messages,
      displayName: `Homeward ${config.agency} texts in`,
    });
    this.#letTextsIn();
    feedFromQueue(this.function, this.#inbox(part));

    tables.monitoring.allowReading(this.function, 'BatchGetItem', 'GetItem', 'Query');
    tables.monitoring.allowWriting(this.function, 'PutItem', 'UpdateItem');
    tables.record.allowWriting(this.function, 'PutItem');
    tables.allowance.allowWriting(this.function, 'UpdateItem');
    queues.deadlines.allowSending(this.function);
    schedules.allowCreating(this.function, queues.deadlines);
  }

  /**
   * Only numbers and configuration sets of this account may publish.
   * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-iam-policy-auto.html
   */
  #letTextsIn(): void {
    const { partition, region, account } = Stack.of(this);
    this.texts.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NumbersMayPublish',
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.texts.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:sms-voice:${region}:${account}:*` },
        },
      }),
    );
  }

  #inbox({ keys }: Needed): QueueWithDlq {
    const inbox = new QueueWithDlq(this, 'Inbox', {
      key: keys.messages,
      visibilitySeconds: visibilitySeconds('reply'),
      retentionDays: deliveries.queueRetentionDays,
      alarmAgeSeconds: thresholds.pipelineQueueAgeSeconds,
    });
    feedFromTopic(this, { topic: this.texts, to: inbox, key: keys.messages });
    return inbox;
  }
}
