import * as z from 'zod';
import { closingSchema } from './closing.ts';
import { alertIdSchema, liaisonIdSchema, personIdSchema, wearerIdSchema } from './ids.ts';
import { instantSchema } from './instant.ts';
import { personChannelSchema, personRecipientSchema } from './recipient.ts';

const contact = { personId: personIdSchema, channel: personChannelSchema };

/** What of a wearer waits: a message that nobody has read, or that no text asks for checks. */
const ofWearer = {
  wearerId: wearerIdSchema,
  what: z.enum(['message', 'checks-unasked']).default('message'),
};

/**
 * What is no page, and calls nobody to an alert: to a contact about itself, or to the duty manager
 * about a contact, a liaison, or a breach that turned.
 */
export const memoSchema = z.discriminatedUnion('about', [
  /** The code that this nonce stands for, to be given back by whoever reads it. */
  z.object({
    about: z.literal('code'),
    ...{ recipient: personRecipientSchema, createdAt: instantSchema },
    nonce: z.string(),
    expiresAt: instantSchema,
  }),
  /** It is to be verified again before an instant. */
  z.object({
    about: z.literal('lapses-soon'),
    ...{ recipient: personRecipientSchema, createdAt: instantSchema },
    lapsesAt: instantSchema,
  }),
  /** To their officer: something of a wearer waits; what messages say is in none. */
  z.object({
    about: z.literal('message-waits'),
    ...{ recipient: personRecipientSchema, createdAt: instantSchema },
    ...ofWearer,
  }),
  /** To the duty manager: such a thing waits, and no officer can be told of it. */
  z.object({ about: z.literal('message-untold'), ...ofWearer, createdAt: instantSchema }),
  /** To the duty manager: it was not verified again, and is used all the same. */
  z.object({ about: z.literal('lapsed'), ...contact, createdAt: instantSchema }),
  /** To the duty manager: the person wants no more messages there. */
  z.object({
    about: z.literal('stopped'),
    ...{ ...contact, createdAt: instantSchema },
    /** Whether nothing is left that was shown to reach them. */
    isTheLast: z.boolean(),
  }),
  /** To the duty manager: a liaison does not come any more. */
  z.object({
    about: z.literal('response-withdrawn'),
    liaisonId: liaisonIdSchema,
    name: z.string(),
    since: instantSchema,
    reason: z.string(),
    createdAt: instantSchema,
  }),
  /** To the duty manager: a liaison takes nothing, does so again, or cannot use an event. */
  z.object({
    about: z.literal('liaison-delivery'),
    liaisonId: liaisonIdSchema,
    name: z.string(),
    trouble: z.enum(['unreachable', 'reachable-again', 'refused', 'unusable']),
    /** Since when; of an event when it was refused. */
    since: instantSchema,
    /** What was refused, by its id in the feed; null: it is about all of them. */
    eventId: z.string().nullable(),
    createdAt: instantSchema,
  }),
  /** To the duty manager: a force was called about a wearer for nothing as often as it bears. */
  z.object({
    about: z.literal('false-calls-used-up'),
    liaisonId: liaisonIdSchema,
    name: z.string(),
    wearerId: wearerIdSchema,
    budget: z.number().int().min(0),
    createdAt: instantSchema,
  }),
  /** To the duty manager: what a person had closed as a breach was none, or was one after all. */
  z.object({
    about: z.literal('breach-turned'),
    turn: z.enum(['was-not-so', 'is-so-after-all']),
    alertId: alertIdSchema,
    wearerId: wearerIdSchema,
    disposition: closingSchema.shape.disposition,
    closedBy: personIdSchema,
    createdAt: instantSchema,
  }),
]);
export type Memo = z.infer<typeof memoSchema>;
