import * as z from 'zod';
import {
  alertIdSchema,
  conditionIdSchema,
  forceIdSchema,
  headEndIdSchema,
  orderIdSchema,
  pageIdSchema,
  personIdSchema,
  policyIdSchema,
  violationIdSchema,
  wearerIdSchema,
} from './ids.ts';
import { instantSchema } from './instant.ts';
import { conditionKindSchema } from './order.ts';
import { policySchema } from './person.ts';
import { violationSchema } from './violation.ts';

/** CAP's words, so that no feed has to translate them. */
const severitySchema = z.enum(['moderate', 'severe', 'extreme']);
export type Severity = z.infer<typeof severitySchema>;

/**
 * How a human closed it. Ours alone are `withdrawn`, where later evidence or an excuse took the
 * violation back, and `became-graver`, where another alert goes on from it.
 */
export const dispositionSchema = z.enum([
  'no-action-equipment',
  'no-action-explained',
  'no-action-authorised-absence',
  'first-warning',
  'second-warning',
  'referral',
  'supervision-change',
  'breach-initiated',
  'recall-requested',
]);
export type Disposition = z.infer<typeof dispositionSchema>;

/**
 * `review`: old news, and what an officer should only know of, told quietly by e-mail; `page`:
 * somebody must act now.
 */
export const trackSchema = z.enum(['page', 'review']);
export type Track = z.infer<typeof trackSchema>;

/**
 * A feed, everything that one head-end sends, of which nothing had come since as long as of the
 * wearer. `late`: this alert speaks for all of them; the others were held, and are told because the
 * feed was heard again and the device was not, or because they had been held for long enough.
 */
const feedLateSchema = z.object({
  headEndId: headEndIdSchema,
  heardAt: instantSchema,
  told: z.enum(['late', 'after-feed-back', 'after-limit']),
});

/** An alert that waits for its feed, and is told of at the latest at an instant. */
export const heldSchema = z.object({
  why: z.literal('feed-late'),
  headEndId: headEndIdSchema,
  /** When anything was last received of the feed. */
  heardAt: instantSchema,
  untilAt: instantSchema,
  /** It is looked at again after so long; a feed that is back has so long to bring what it kept. */
  everySeconds: z.number().int().min(60),
  /** When the feed was found to be back; null while it is late. */
  backAt: instantSchema.nullable(),
});
export type Held = z.infer<typeof heldSchema>;

/** Everything a page may say. Read once when the alert opens, so that a repeat says the same. */
export const alertFactsSchema = z.object({
  wearerName: z.string(),
  zoneName: z.string().nullable(),
  placeLabel: z.string().nullable(),
  timeZone: z.string(),
  legalBasis: z.string(),
  powerOfArrest: z.boolean(),
  violation: violationSchema,
  feed: feedLateSchema.optional(),
});
export type AlertFacts = z.infer<typeof alertFactsSchema>;

/** Who can be told: a person on a channel, or a police force on its feed. */
export const recipientSchema = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('sms'), personId: personIdSchema, mobile: z.string() }),
  z.object({ channel: z.literal('email'), personId: personIdSchema, topicArn: z.string() }),
  z.object({ channel: z.literal('police'), forceId: forceIdSchema }),
]);
export type Recipient = z.infer<typeof recipientSchema>;

export const alertSchema = z.object({
  alertId: alertIdSchema,
  wearerId: wearerIdSchema,
  violationId: violationIdSchema,
  orderId: orderIdSchema,
  conditionId: conditionIdSchema,
  conditionKind: conditionKindSchema,
  severity: severitySchema,
  track: trackSchema,
  status: z.enum(['open', 'acknowledged', 'closed']),
  openedAt: instantSchema,
  /** Goes up by one at each transition: a command carries the one that the person saw. */
  epoch: z.number().int().min(1),
  /** The last number given to a page or feed message of this alert. */
  sequence: z.number().int().min(0),
  policyId: policyIdSchema,
  policyVersion: z.number().int().min(1),
  /** The policy as it was when the alert opened: an edit affects new alerts only. */
  policy: policySchema,
  /** The step to run next: an index into the policy's steps; their number for the last resort. */
  step: z.number().int().min(0),
  loop: z.number().int().min(0),
  /** The loop that it began with: repeats are counted from there. 0 unless it opened again. */
  firstLoop: z.number().int().min(0),
  /** When the next step runs, or the acknowledgement ends; null only when closed. */
  nextDueAt: instantSchema.nullable(),
  acknowledged: z.object({ by: personIdSchema, at: instantSchema }).nullable(),
  closed: z
    .object({
      by: personIdSchema.nullable(),
      at: instantSchema,
      disposition: z.union([dispositionSchema, z.enum(['withdrawn', 'became-graver'])]),
      reason: z.string(),
    })
    .nullable(),
  told: z.array(recipientSchema),
  /** Why nobody is told yet, or never had to be; absent where nothing is or was waited for. */
  held: heldSchema.optional(),
  facts: alertFactsSchema,
});
export type Alert = z.infer<typeof alertSchema>;

export const pagePurposeSchema = z.enum(['alert', 'review', 'stand-down', 'closed']);

/** One message to one recipient about one alert, under an id that a repeat carries again. */
export const pageSchema = z.object({
  pageId: pageIdSchema,
  alertId: alertIdSchema,
  wearerId: wearerIdSchema,
  sequence: z.number().int().min(1),
  /** The epoch that the alert had when this was written. */
  epoch: z.number().int().min(1),
  purpose: pagePurposeSchema,
  recipient: recipientSchema,
  step: z.number().int().min(0),
  loop: z.number().int().min(0),
  severity: severitySchema,
  conditionKind: conditionKindSchema,
  createdAt: instantSchema,
  facts: alertFactsSchema,
});
export type Page = z.infer<typeof pageSchema>;
