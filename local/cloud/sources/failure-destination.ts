import { randomUUID } from 'node:crypto';
import { type Instant, toIso } from '#domain/model/instant.ts';
import {
  publishToTopic,
  putIntoBucket,
  type RoleCaller,
  sendToQueue,
} from '../gateway/call-as-role.ts';
import { failureDocument } from './failure-document.ts';
import { streamEvent } from './stream-batch.ts';
import type { Discarded } from './stream-lane.ts';

/** Where records go that a mapping gives up: a queue, a topic or a bucket, by ARN. */
export type FailureDestination = (discarded: Discarded, at: Instant) => Promise<void>;

export type FailureDestinationParts = {
  arn: string;
  caller: RoleCaller;
  streamArn: string;
  functionArn: string;
  region: string;
  mappingId: string;
  /** The address of a queue of this stack. Throws when there is none with this ARN. */
  queueUrlOf: (queueArn: string) => string;
};

/** `aws/lambda/<ESM-UUID>/<shardID>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<Random UUID>` */
const failureObjectKey = (mappingId: string, shardId: string, at: Instant): string => {
  const [day = '', time = ''] = toIso(at).slice(0, 19).split('T');
  const name = `${day}T${time.replaceAll(':', '.')}-${randomUUID()}`;
  return `aws/lambda/${mappingId}/${shardId}/${day.replaceAll('-', '/')}/${name}`;
};

/**
 * Queues and topics get what is known of the failure, a bucket the whole event as well.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export const createFailureDestination = (parts: FailureDestinationParts): FailureDestination => {
  const { arn, caller, mappingId } = parts;
  const [, , service, , , ...names] = arn.split(':');
  const name = names.join(':');
  switch (service) {
    case 'sqs': {
      const queueUrl = parts.queueUrlOf(arn);
      return (discarded, at) =>
        sendToQueue(caller, queueUrl, JSON.stringify(failureDocument(discarded, { ...parts, at })));
    }
    case 'sns':
      return (discarded, at) =>
        publishToTopic(caller, arn, JSON.stringify(failureDocument(discarded, { ...parts, at })));
    case 's3':
      return (discarded, at) => {
        const payload = JSON.stringify(streamEvent(discarded.records, parts));
        const document = { ...failureDocument(discarded, { ...parts, at }), payload };
        const shardId = discarded.records[0]?.shardId ?? '';
        const key = failureObjectKey(mappingId, shardId, at);
        return putIntoBucket(caller, { bucket: name, key }, JSON.stringify(document));
      };
    default:
      throw new Error(`An on-failure destination is a queue, a topic or a bucket, not ${arn}.`);
  }
};
