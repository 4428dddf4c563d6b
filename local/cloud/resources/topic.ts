import * as z from 'zod';
import { attributeFields } from '../gateway/sns-form.ts';
import { arnOf, physicalName } from '../place.ts';
import {
  placeOf,
  type ResourceKind,
  readProperties,
  switchProperty,
  withoutEffect,
} from './resource-kind.ts';

const topicSchema = z.strictObject({
  TopicName: z.string().optional(),
  FifoTopic: switchProperty.default(false),
  ContentBasedDeduplication: switchProperty.optional(),
  // Messages are kept on AWS for subscribers that ask for them again, which nobody does here.
  ArchivePolicy: withoutEffect,
  DisplayName: withoutEffect,
  KmsMasterKeyId: withoutEffect,
  SignatureVersion: withoutEffect,
  TracingConfig: withoutEffect,
  DeliveryStatusLogging: withoutEffect,
  Tags: withoutEffect,
});

/** AWS::SNS::Topic, in fauxqs. */
export const topic: ResourceKind = async (resource, { queues, place, registry }) => {
  const properties = readProperties(topicSchema, resource);
  const name = properties.TopicName ?? physicalName(place, resource.logicalId, 256);
  const { FifoTopic, ContentBasedDeduplication } = properties;
  await queues.sns({
    ...{ Action: 'CreateTopic', Name: name },
    ...attributeFields({
      ...(FifoTopic && { FifoTopic: 'true' }),
      ...(ContentBasedDeduplication && { ContentBasedDeduplication: 'true' }),
    }),
  });
  const arn = arnOf(place, 'sns', name);
  registry.topics.push({ logicalId: resource.logicalId, arn });
  return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
};

const policySchema = z.record(z.string(), z.unknown());

const subscriptionSchema = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.enum(['sqs', 'email', 'sms']),
  Endpoint: z.string(),
  FilterPolicy: policySchema.optional(),
  FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).optional(),
  RawMessageDelivery: switchProperty.optional(),
  // Local delivery to a queue cannot fail.
  RedrivePolicy: withoutEffect,
  Region: withoutEffect,
});

/** AWS::SNS::Subscription of a queue, an e-mail address or a mobile. */
export const subscription: ResourceKind = async (resource, bench) => {
  const { subscriptions, enforcement } = bench;
  const properties = readProperties(subscriptionSchema, resource);
  const { FilterPolicy, FilterPolicyScope, RawMessageDelivery } = properties;
  if (properties.Protocol !== 'sqs' && FilterPolicy !== undefined) {
    throw new Error(`${placeOf(resource)}: the local outbox does not filter e-mail or texts.`);
  }
  const attributes: Record<string, string> = {};
  if (FilterPolicy !== undefined) attributes.FilterPolicy = JSON.stringify(FilterPolicy);
  if (FilterPolicyScope !== undefined) attributes.FilterPolicyScope = FilterPolicyScope;
  if (RawMessageDelivery !== undefined) attributes.RawMessageDelivery = String(RawMessageDelivery);
  if (!enforcement.permits(resource.logicalId, 'deliver')) {
    const arn = `${properties.TopicArn}:not-permitted`;
    return { ref: arn, attributes: { Arn: arn } };
  }
  const arn = await subscriptions.add({
    topicArn: properties.TopicArn,
    protocol: properties.Protocol,
    endpoint: properties.Endpoint,
    attributes,
  });
  return { ref: arn, attributes: { Arn: arn } };
};
