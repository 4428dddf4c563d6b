import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { EncryptionKeys } from './encryption-keys.ts';
import { SecureTopic } from './secure-topic.ts';

/** Where every alarm of the stack goes, and the engineers on duty listen. */
export const createOperationsTopic = (
  scope: Construct,
  config: Config,
  keys: EncryptionKeys,
): SecureTopic => {
  const stack = Stack.of(scope);
  const topic = new SecureTopic(scope, 'OperationsTopic', {
    key: keys.messages,
    displayName: `Homeward ${config.agency} operations`,
  });
  // A topic with a policy of its own has lost the default one, by which alarms could publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsMayPublish',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({
            service: 'cloudwatch',
            resource: `alarm:${stack.stackName}-*`,
          }),
        },
      },
    }),
  );
  if (config.operationsEmail) {
    new Subscription(scope, 'OperationsEmail', {
      topic,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint: config.operationsEmail,
      deadLetterQueue: new DeadLetterQueue(scope, 'OperationsEmailDlq', { key: keys.messages }),
    });
  }
  return topic;
};
