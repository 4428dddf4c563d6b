import * as z from 'zod';
import { attributeFields } from '../gateway/sns-form.ts';
import { arnOf, physicalName } from '../place.ts';
import { deliveryPolicySchema } from '../posting/delivery-policy.ts';
import type { Workbench } from '../workbench.ts';
import {
  placeOf,
  type ResolvedResource,
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
  SignatureVersion: z.coerce
    .string()
    .pipe(z.enum(['1', '2']))
    .default('1'),
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
  const { SignatureVersion: signatureVersion } = properties;
  registry.topics.push({ logicalId: resource.logicalId, arn, signatureVersion });
  return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
};

const policySchema = z.record(z.string(), z.unknown());

const subscriptionSchema = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.enum(['sqs', 'email', 'sms', 'https']),
  Endpoint: z.string(),
  FilterPolicy: policySchema.optional(),
  FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).optional(),
  RawMessageDelivery: switchProperty.optional(),
  DeliveryPolicy: deliveryPolicySchema.optional(),
  // Only a post can fail here.
  RedrivePolicy: z.looseObject({ deadLetterTargetArn: z.string() }).optional(),
  Region: withoutEffect,
});

/** What SNS does with an address to which the template says no policy. */
const DEFAULT_POLICY = deliveryPolicySchema.parse({});

/** Refuses what the local cloud would not do. */
const checkProtocol = (
  resource: ResolvedResource,
  { Protocol, FilterPolicy, RawMessageDelivery }: z.infer<typeof subscriptionSchema>,
): void => {
  if ((Protocol === 'email' || Protocol === 'sms') && FilterPolicy !== undefined) {
    throw new Error(`${placeOf(resource)}: the local outbox does not filter e-mail or texts.`);
  }
  if (Protocol === 'https' && RawMessageDelivery === true) {
    throw new Error(`${placeOf(resource)}: the local cloud posts in the signed envelope only.`);
  }
};

type Posted = Readonly<{
  resource: ResolvedResource;
  properties: z.infer<typeof subscriptionSchema>;
  bench: Pick<Workbench, 'registry' | 'enforcement' | 'posts'>;
}>;

/** From now on the address is asked, and posted to once it has confirmed. */
const askAddress = (arn: string, { resource, properties, bench }: Posted): void => {
  const { TopicArn: topicArn, Endpoint: endpoint, DeliveryPolicy, RedrivePolicy } = properties;
  const found = bench.registry.topics.find((one) => one.arn === topicArn);
  const maySetAside = bench.enforcement.permits(resource.logicalId, 'dead-letter');
  bench.posts.subscribe({
    ...{ arn, topicArn, endpoint, policy: DeliveryPolicy ?? DEFAULT_POLICY },
    signatureVersion: found?.signatureVersion ?? '1',
    deadLetterArn: maySetAside ? RedrivePolicy?.deadLetterTargetArn : undefined,
  });
};

/** AWS::SNS::Subscription of a queue, an e-mail address, a mobile or an address. */
export const subscription: ResourceKind = async (resource, bench) => {
  const { subscriptions, enforcement } = bench;
  const properties = readProperties(subscriptionSchema, resource);
  const { FilterPolicy, FilterPolicyScope, RawMessageDelivery } = properties;
  checkProtocol(resource, properties);
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
  if (properties.Protocol === 'https') askAddress(arn, { resource, properties, bench });
  return { ref: arn, attributes: { Arn: arn } };
};
