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

/** Which of the two feeds: what is real, or everything else. Each has positions of its own. */
export const trafficSchema = z.enum(['actual', 'exercise']);
export type Traffic = z.infer<typeof trafficSchema>;

/** The feed that an event stands in. */
export const trafficOf = ({ data }: CloudEvent): Traffic =>
  data.properties.status === 'Actual' ? 'actual' : 'exercise';

export const sequenceOf = (event: CloudEvent): number => Number(event.sequence);

/**
 * What `GET /v1/feeds/{liaisonId}/events` answers. Events are read one by one, so that one which is
 * of a later version than this program stops none of those behind it.
 */
export const pageSchema = z.object({
  events: z.array(z.object({ position: z.number().int().min(1), event: z.unknown() })),
  /** Up to here, events are kept no longer: whoever was away for months has lost them. */
  goneTo: z.number().int().min(1).optional(),
  next: z.number().int().min(0),
  more: z.boolean(),
});
export type Page = z.infer<typeof pageSchema>;

/** What `POST /v1/feeds/{liaisonId}/messages` answers: how it stands with each incident now. */
export const heardSchema = z.object({
  changes: z
    .array(z.object({ stands: z.string().nullish(), peopleCalled: z.boolean().default(false) }))
    .default([]),
});
export type Heard = z.infer<typeof heardSchema>;

/** Names of fields and what was expected of them: no value, which may be somebody's name. */
const MOST_WORDS = 300;

/** An event as this program knows it, or why it does not know it. */
export const readEvent = (
  value: unknown,
): Readonly<{ event: CloudEvent } | { event: null; why: string }> => {
  const { data: event, error } = cloudEventSchema.safeParse(value);
  if (event !== undefined) return { event };
  const why = error.issues.map(({ path, code }) => `${path.join('.') || 'event'}: ${code}`);
  return { event: null, why: why.join(', ').slice(0, MOST_WORDS) };
};

const namedSchema = z.looseObject({ id: z.string().min(1) });

/** The id of something that may be no event that we know; null: it has none. */
export const idIn = (value: unknown): string | null =>
  namedSchema.safeParse(value).data?.id ?? null;

/** Incident and number, which an event's id is made of; null: it is made of something else. */
export const partsOfId = (id: string): Readonly<{ incident: string; sequence: number }> | null => {
  const [, incident, digits] = /^(\S{1,128})\.([1-9]\d{0,5})$/.exec(id) ?? [];
  return incident === undefined ? null : { incident, sequence: Number(digits) };
};
