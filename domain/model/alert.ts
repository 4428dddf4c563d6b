import * as z from 'zod';
import { alertClassSchema } from './alert-class.ts';
import { closingSchema } from './closing.ts';
import {
  alertIdSchema,
  conditionIdSchema,
  headEndIdSchema,
  liaisonIdSchema,
  orderIdSchema,
  pageIdSchema,
  pauseIdSchema,
  personIdSchema,
  policyIdSchema,
  violationIdSchema,
  wearerIdSchema,
} from './ids.ts';
import { inFeedSchema, toldLiaisonSchema } from './in-feed.ts';
import { instantSchema } from './instant.ts';
import { oneLineSchema } from './one-line.ts';
import { policySchema } from './person.ts';
import { violationReasonSchema } from './reasons.ts';
import { recipientSchema } from './recipient.ts';
import { severitySchema } from './severity.ts';
import { violationSchema } from './violation.ts';
import { zoneAreaSchema } from './zone-area.ts';

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

const look = {
  /** It is told of at the latest then. */
  untilAt: instantSchema,
  /** It is looked at again after so long. */
  everySeconds: z.number().int().min(60),
  /** When what it waits for was found to be over; null while it stands. */
  backAt: instantSchema.nullable(),
};

/** An alert that is told to nobody yet, and what it waits for. Nothing is dropped. */
export const heldSchema = z.discriminatedUnion('why', [
  z.object({
    why: z.literal('feed-late'),
    headEndId: headEndIdSchema,
    /** When anything was last received of the feed. */
    heardAt: instantSchema,
    /** A feed that is back has `everySeconds` to bring what it kept. */
    ...look,
  }),
  /** Another alert says why this one had to come, such as a strap that was cut. */
  z.object({ why: z.literal('inhibited'), byAlertId: alertIdSchema, ...look }),
  /** Another alert of the same wearer, at least as grave, is being told. */
  z.object({ why: z.literal('grouped'), underAlertId: alertIdSchema, ...look }),
  /** Somebody has paused alerts of this kind for a stretch of time. */
  z.object({ why: z.literal('paused'), pauseId: pauseIdSchema, ...look }),
]);
export type Held = z.infer<typeof heldSchema>;

/** Everything a page may say. Read once when the alert opens, so that a repeat says the same. */
export const alertFactsSchema = z.object({
  wearerName: oneLineSchema,
  zoneName: oneLineSchema.nullable(),
  placeLabel: oneLineSchema.nullable(),
  /** Where the zone lies; absent where it is about none, or about more than can be shown. */
  zoneArea: zoneAreaSchema.optional(),
  timeZone: z.string(),
  legalBasis: oneLineSchema,
  /** Of a wearer who was made up to practise on; absent of everybody else. */
  isExercise: z.boolean().optional(),
  violation: violationSchema,
  feed: feedLateSchema.optional(),
});
export type AlertFacts = z.infer<typeof alertFactsSchema>;

/** A further channel of somebody whom a step has told. */
export const laterPageSchema = z.object({
  recipient: recipientSchema,
  step: z.number().int().min(0),
  loop: z.number().int().min(0),
  /** When it is tried; null: only where an earlier channel of theirs has failed. */
  dueAt: instantSchema.nullable(),
});
export type LaterPage = z.infer<typeof laterPageSchema>;

/** An alert of the same wearer that is held under the one that is told. */
export const alsoOpenSchema = z.object({
  alertId: alertIdSchema,
  reason: violationReasonSchema,
  since: instantSchema,
});
export type AlsoOpen = z.infer<typeof alsoOpenSchema>;

/** With whoever has been told that there is this one, too. */
const countedSchema = alsoOpenSchema.extend({ personIds: z.array(personIdSchema) });
export type Counted = z.infer<typeof countedSchema>;

const acknowledgementSchema = z.object({ by: personIdSchema, at: instantSchema });
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/** The last thing that happened to an alert: what a command that came too late is told. */
const changedSchema = z.object({
  at: instantSchema,
  by: personIdSchema.nullable(),
  what: z.string(),
});

/** Everything about one wearer and one condition until it has ended. */
const episodeSchema = z.object({
  /** Named after its first alert. */
  episodeId: alertIdSchema,
  /** The alert before this one; null for the first. */
  follows: alertIdSchema.nullable(),
  /** Liaisons who still count on the one before, and so are to hear of this one at once. */
  countsFor: z.array(liaisonIdSchema).default([]),
});
export type Episode = z.infer<typeof episodeSchema>;

export const alertSchema = z.object({
  alertId: alertIdSchema,
  episode: episodeSchema,
  /** Raised to see whether alerts come through: in no list, and told to no person. */
  isTest: z.boolean(),
  wearerId: wearerIdSchema,
  violationId: violationIdSchema,
  orderId: orderIdSchema,
  conditionId: conditionIdSchema,
  conditionKind: alertClassSchema,
  severity: severitySchema,
  track: trackSchema,
  status: z.enum(['open', 'acknowledged', 'closed']),
  openedAt: instantSchema,
  /** Goes up by one at each transition: a command carries the one that the person saw. */
  epoch: z.number().int().min(1),
  changed: changedSchema,
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
  /** When it has to be looked at next, whatever for; null only when closed. */
  nextDueAt: instantSchema.nullable(),
  /** When the next step runs, the acknowledgement ends, or a hold is looked at. */
  nextStepAt: instantSchema.nullable(),
  /** The step that was run last. */
  ran: z.object({ step: z.number().int(), loop: z.number().int() }).nullable(),
  /** Recipients of the step that was run last whose page has not failed, by their keys. */
  waiting: z.array(z.string()),
  /** Channels that are tried later, by their people's own rules or where another fails. */
  later: z.array(laterPageSchema),
  /** Who has it in hand. While there are fewer than needed it is open, and paging goes on. */
  acknowledgements: z.array(acknowledgementSchema),
  acknowledgementsNeeded: z.number().int().min(1).max(2),
  /** Whether it stays open, for a person to say why, where it would have closed by itself. */
  isReviewed: z.boolean(),
  /** What would have closed it by itself; told daily until a person has closed it. */
  cleared: closingSchema.nullable(),
  closed: closingSchema.nullable(),
  /** Who was told of it and not yet that it is over. */
  told: z.array(recipientSchema),
  /** What each liaison was told of it, in all its lives. */
  feeds: z.array(toldLiaisonSchema).default([]),
  /** What is held under it, as its pages have said so far. */
  counted: z.array(countedSchema).default([]),
  /** Why nobody is told yet, or never had to be; absent where nothing is or was waited for. */
  held: heldSchema.optional(),
  facts: alertFactsSchema,
  /** Whom the order named when it opened; absent of alerts of before that was kept. */
  responsibleOfficer: personIdSchema.optional(),
  /** When a step last told somebody, in whichever of its lives. */
  lastToldAt: instantSchema.optional(),
  /** When it was last opened again after it had been taken back, up to twice. */
  reopenedAt: z.array(instantSchema).optional(),
  /** When enough people first had it in hand since it opened, also where that has ended since. */
  firstAcknowledgedAt: instantSchema.optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** `update`: to liaisons alone, who are to know of what has changed of what they were told. */
export const pagePurposeSchema = z.enum(['alert', 'review', 'update', 'stand-down', 'closed']);

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
  conditionKind: alertClassSchema,
  isTest: z.boolean(),
  createdAt: instantSchema,
  facts: alertFactsSchema,
  /** What else of the wearer waits under this alert: told by number, and in an e-mail by name. */
  also: z.array(alsoOpenSchema).default([]),
  /** Whether it may wait where its contact is sent more text messages than anybody reads. */
  mayWait: z.boolean().default(false),
  /** The wearers of other alerts that are told with it, having waited for the same contact. */
  bundled: z.array(wearerIdSchema).default([]),
  /** Of a message to a liaison. */
  inFeed: inFeedSchema.optional(),
});
export type Page = z.infer<typeof pageSchema>;
