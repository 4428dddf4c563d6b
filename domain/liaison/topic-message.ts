import * as z from 'zod';
import { contractClassSchema } from '../model/alert-class.ts';
import { liaisonIdSchema } from '../model/ids.ts';
import type { FeedFormat } from '../model/liaison.ts';
import type { LiaisonKind } from '../model/liaison-kind.ts';
import { severitySchema } from '../model/severity.ts';
import { CAP_MEDIA_TYPE } from './cap.ts';
import { CLOUD_EVENT_MEDIA_TYPE, sequenceText } from './cloud-event.ts';
import { eventTypeSchema, type LiaisonEvent, trafficSchema } from './event.ts';

/** A message with more is discarded on its way into a queue that takes it raw: SNS's limit. */
export const MOST_ATTRIBUTES = 10;

/** What the body of a message is, by the recipient's format. */
export const MEDIA_TYPES = {
  cloudevents: CLOUD_EVENT_MEDIA_TYPE,
  cap: CAP_MEDIA_TYPE,
  incident: 'application/jose',
} as const satisfies Readonly<Record<FeedFormat, string>>;

/** All of them are text to SNS. */
export const topicAttributesSchema = z.object({
  'content-type': z.enum(Object.values(MEDIA_TYPES)),
  recipient: liaisonIdSchema,
  /** Of police forces alone: the same as the recipient. */
  force: liaisonIdSchema.optional(),
  class: contractClassSchema,
  severity: severitySchema,
  status: trafficSchema,
  type: eventTypeSchema,
  sequence: z.string().regex(/^\d{6}$/),
});

/**
 * What subscriptions filter a topic's messages by, all of it text. It names no part that a policy
 * can withhold.
 */
export const topicAttributesOf = (
  event: LiaisonEvent,
  liaison: Readonly<{ kind: LiaisonKind; format: FeedFormat }>,
): Readonly<Record<string, string>> => ({
  'content-type': MEDIA_TYPES[liaison.format],
  recipient: event.recipient,
  ...(liaison.kind === 'police' ? { force: event.recipient } : {}),
  class: event.class,
  severity: event.severity,
  status: event.status,
  type: event.type,
  sequence: sequenceText(event.sequence),
});
