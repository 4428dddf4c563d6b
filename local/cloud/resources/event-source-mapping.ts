import * as z from 'zod';
import { startQueueMapping } from './queue-mapping.ts';
import { type ResourceKind, readProperties } from './resource-kind.ts';
import { startStreamMapping } from './stream-mapping.ts';

const sourceArnSchema = z.looseObject({ EventSourceArn: z.string(), FunctionName: z.string() });

/**
 * AWS::Lambda::EventSourceMapping of a queue or a table's stream. One that may not poll, because
 * the function's role lacks a right, stays idle; what it lacks is in the log.
 */
export const eventSourceMapping: ResourceKind = (resource, bench) => {
  const { EventSourceArn } = readProperties(sourceArnSchema, resource);
  const begin = EventSourceArn.startsWith('arn:aws:sqs:') ? startQueueMapping : startStreamMapping;
  const start = (): void => {
    if (bench.enforcement.permits(resource.logicalId, 'poll')) begin(resource, bench);
  };
  return { ref: resource.logicalId, attributes: {}, start };
};
