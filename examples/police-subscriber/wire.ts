import * as z from 'zod';

/**
 * What of a cloud event this subscriber goes by. Everything else is kept as it came: the whole is
 * in the contract (contracts/schemas/sent/cloud-event.json), and may have more fields tomorrow.
 */
export const cloudEventSchema = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().regex(/^homeward\.alert\.[a-z]+\.v1$/),
  /** The incident. */
  subject: z.string().min(1),
  /** The event's number in its incident, six digits. */
  sequence: z.string().regex(/^\d+$/),
  data: z.looseObject({
    properties: z.looseObject({
      status: z.enum(['Actual', 'Exercise', 'Test']),
      recipient: z.string(),
      headline: z.string(),
    }),
  }),
});
export type CloudEvent = z.infer<typeof cloudEventSchema>;

export const sequenceOf = (event: CloudEvent): number => Number(event.sequence);

/** What `GET /v1/feeds/{liaisonId}/events` answers. */
export const pageSchema = z.object({
  events: z.array(z.object({ position: z.number().int().min(1), event: cloudEventSchema })),
  next: z.number().int().min(0),
  more: z.boolean(),
});
export type Page = z.infer<typeof pageSchema>;
