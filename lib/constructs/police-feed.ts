import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LoggingProtocol, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { deliveries, thresholds } from '../thresholds.ts';
import { allow } from './allow.ts';
import type { EncryptionKeys, Owner } from './encryption-keys.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import { removalPolicy } from './removal.ts';
import { SecureTopic } from './secure-topic.ts';
import { feedFromTopic } from './topic-feed.ts';

/** A control room's system takes a message and confirms it within this time, or sees it again. */
const collectionSeconds = 120;

/** The police topic, and behind it one queue per force that carries only that force's messages. */
export class PoliceFeed extends Construct {
  readonly topic: SecureTopic;
  /** By force id. */
  readonly queues: ReadonlyMap<string, QueueWithDlq>;
  readonly #keys: EncryptionKeys;

  constructor(scope: Construct, id: string, { config, keys }: Owner) {
    super(scope, id);
    this.#keys = keys;
    this.topic = new SecureTopic(this, 'Topic', {
      key: keys.messages,
      displayName: `Homeward ${config.agency} police feed`,
    });
    this.#logFailedDeliveries(config);
    this.queues = new Map(config.forces.map((force) => [force, this.#subscribe(force)]));
  }

  #subscribe(force: string): QueueWithDlq {
    const name = pascalCase(force);
    const feed = new QueueWithDlq(this, name, {
      key: this.#keys.messages,
      visibilitySeconds: collectionSeconds,
      retentionDays: deliveries.policeRetentionDays,
      alarmAgeSeconds: thresholds.policeQueueAgeSeconds,
    });
    feedFromTopic(feed, {
      ...{ topic: this.topic, to: feed, key: this.#keys.messages },
      filterPolicy: { force: SubscriptionFilter.stringFilter({ allowlist: [force] }) },
    });
    return feed;
  }

  /** SNS says why a delivery failed only in a log, under a name that it chooses. */
  #logFailedDeliveries(config: Config): void {
    const { region, account } = Stack.of(this);
    const failures = new LogGroup(this, 'Failures', {
      logGroupName: `sns/${region}/${account}/${this.topic.topicName}/Failure`,
      encryptionKey: this.#keys.messages,
      retention: config.logRetentionDays,
      removalPolicy: removalPolicy(config),
    });
    const feedbackRole = new Role(this, 'FeedbackRole', {
      description: 'Lets SNS log the deliveries of the police feed that failed',
      // Without a source condition: SNS does not say that it sends one, and a failure to log is
      // silent. Only a principal of this account can give the role to a topic.
      assumedBy: new ServicePrincipal('sns.amazonaws.com'),
    });
    const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
    allow(feedbackRole, { actions, resources: [failures.logGroupArn] });
    this.topic.addLoggingConfig({
      protocol: LoggingProtocol.SQS,
      failureFeedbackRole: feedbackRole,
    });
  }
}

/** The path, below the stack, of a force's queues. */
export const policeFeedId = (force: string): string => `Police/${pascalCase(force)}`;

/** `west-midlands` becomes `WestMidlands`. */
export const pascalCase = (slug: string): string =>
  slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
