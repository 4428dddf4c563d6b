import * as z from 'zod';
import { type Instant, toIso } from '#domain/model/instant.ts';

/** Only fauxqs signs so; a message that somebody sent to the queue does not look like this. */
const envelopeSchema = z.looseObject({
  Type: z.literal('Notification'),
  Signature: z.literal('EXAMPLE'),
  Timestamp: z.string(),
});

/** A topic's envelope with this `Timestamp`; any other body as it is. */
export const envelopeAt = (body: string, at: Instant): string => {
  if (!body.startsWith('{"Type":"Notification"')) return body;
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(body));
    return parsed.success ? JSON.stringify({ ...parsed.data, Timestamp: toIso(at) }) : body;
  } catch {
    // Record: what is no JSON is no envelope.
    return body;
  }
};
