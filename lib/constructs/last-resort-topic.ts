import { Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { EncryptionKeys } from './encryption-keys.ts';
import { SecureTopic } from './secure-topic.ts';

/**
 * Where the agency's duty manager listens: the very last of the last resort, and whoever is told
 * that the system is blind. It never lacks a subscriber: no stack is made without an address.
 */
export const createDutyManagerTopic = (
  scope: Construct,
  config: Config,
  keys: EncryptionKeys,
): SecureTopic => {
  const topic = new SecureTopic(scope, 'DutyManagerTopic', {
    key: keys.messages,
    displayName: `Homeward ${config.agency} duty manager`,
  });
  const deadLetterQueue = new DeadLetterQueue(scope, 'DutyManagerDlq', { key: keys.messages });
  new Subscription(scope, 'DutyManagerEmail', {
    topic,
    protocol: SubscriptionProtocol.EMAIL,
    endpoint: config.dutyManagerEmail,
    deadLetterQueue,
  });
  if (config.dutyManagerMobile) {
    new Subscription(scope, 'DutyManagerMobile', {
      topic,
      protocol: SubscriptionProtocol.SMS,
      endpoint: config.dutyManagerMobile,
      deadLetterQueue,
    });
  }
  return topic;
};
