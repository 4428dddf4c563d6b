import * as z from 'zod';
import {
  CLOUD_EVENT_MEDIA_TYPE,
  cloudEventOf,
  cloudEventSchema,
} from '#domain/liaison/cloud-event.ts';
import type { Direction } from './compatibility.ts';
import { closedExample, raisedExample } from './example-events.ts';

/** One kind of message between us and a recipient. What it means stands in its schema's meta. */
export type ContractMessage = Readonly<{
  /** Of its file, and of the message in AsyncAPI. */
  name: string;
  direction: Direction;
  contentType: string;
  schema: z.ZodType;
}>;

/** Everything that is agreed with recipients, message by message. */
export const MESSAGES = {
  cloudEvent: {
    name: 'cloud-event',
    direction: 'sent',
    contentType: CLOUD_EVENT_MEDIA_TYPE,
    schema: cloudEventSchema.meta({
      title: 'Cloud event',
      description:
        'One event of one incident, for one recipient. What its policy withholds is absent.',
      examples: [cloudEventOf(raisedExample), cloudEventOf(closedExample)],
    }),
  },
} as const satisfies Readonly<Record<string, ContractMessage>>;

/** The examples that a schema brings along. */
export const examplesOf = (schema: z.ZodType): readonly unknown[] =>
  z.array(z.unknown()).parse(schema.meta()?.examples ?? []);
