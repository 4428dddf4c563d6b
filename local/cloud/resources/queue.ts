import * as z from 'zod';
import { arnOf, type Place, physicalName } from '../place.ts';
import {
  countProperty,
  type ResourceKind,
  readProperties,
  switchProperty,
  withoutEffect,
} from './resource-kind.ts';

const redriveSchema = z.looseObject({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: countProperty,
});

const queueSchema = z.strictObject({
  QueueName: z.string().optional(),
  FifoQueue: switchProperty.default(false),
  ContentBasedDeduplication: switchProperty.optional(),
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

const FIFO = '.fifo';
const LONGEST_NAME_CHARACTERS = 80;

/** CloudFormation ends the name of a FIFO queue as SQS wants it. */
const madeName = (place: Place, logicalId: string, isFifo: boolean): string =>
  isFifo
    ? `${physicalName(place, logicalId, LONGEST_NAME_CHARACTERS - FIFO.length)}${FIFO}`
    : physicalName(place, logicalId, LONGEST_NAME_CHARACTERS);

/** AWS::SQS::Queue, in fauxqs. */
export const queue: ResourceKind = async (resource, bench) => {
  const { queues, messages, place, registry, endpointUrl } = bench;
  const properties = readProperties(queueSchema, resource);
  const { logicalId } = resource;
  const isFifo = properties.FifoQueue;
  const name = properties.QueueName ?? madeName(place, logicalId, isFifo);
  const { VisibilityTimeout, ReceiveMessageWaitTimeSeconds, MaximumMessageSize } = properties;
  const settings = {
    VisibilityTimeout,
    ReceiveMessageWaitTimeSeconds,
    MaximumMessageSize,
    FifoQueue: isFifo ? true : undefined,
    ContentBasedDeduplication: properties.ContentBasedDeduplication,
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
  registry.queues.push({ logicalId, name, url, arn, visibilitySeconds: VisibilityTimeout, isFifo });
  return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
};
