import * as z from 'zod';
import { arnOf, physicalName } from '../place.ts';
import {
  countProperty,
  type ResourceKind,
  readProperties,
  withoutEffect,
} from './resource-kind.ts';

const redriveSchema = z.looseObject({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: countProperty,
});

const queueSchema = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: countProperty.default(30),
  ReceiveMessageWaitTimeSeconds: countProperty.default(0),
  MaximumMessageSize: countProperty.optional(),
  RedrivePolicy: redriveSchema.optional(),
  RedriveAllowPolicy: withoutEffect,
  MessageRetentionPeriod: countProperty.default(345_600),
  KmsMasterKeyId: withoutEffect,
  KmsDataKeyReusePeriodSeconds: withoutEffect,
  SqsManagedSseEnabled: withoutEffect,
  Tags: withoutEffect,
});

/** AWS::SQS::Queue (standard), in fauxqs. */
export const queue: ResourceKind = async (resource, bench) => {
  const { queues, messages, place, registry, endpointUrl } = bench;
  const properties = readProperties(queueSchema, resource);
  const { logicalId } = resource;
  const name = properties.QueueName ?? physicalName(place, logicalId, 80);
  const { VisibilityTimeout, ReceiveMessageWaitTimeSeconds, MaximumMessageSize } = properties;
  const settings = {
    VisibilityTimeout,
    ReceiveMessageWaitTimeSeconds,
    MaximumMessageSize,
    RedrivePolicy: properties.RedrivePolicy && JSON.stringify(properties.RedrivePolicy),
  };
  const Attributes = Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, String(value)]),
  );
  await queues.sqs('CreateQueue', { QueueName: name, Attributes });
  messages.addQueue(name, properties.MessageRetentionPeriod);
  const url = `${endpointUrl}/${place.account}/${name}`;
  const arn = arnOf(place, 'sqs', name);
  registry.queues.push({ logicalId, name, url, arn, visibilitySeconds: VisibilityTimeout });
  return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
};
