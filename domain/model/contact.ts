import * as z from 'zod';
import { isKnownZone } from '../time/known-zone.ts';
import { localWindowSchema } from '../time/local-window.ts';
import { personIdSchema } from './ids.ts';
import { instantSchema } from './instant.ts';
import { personChannelSchema } from './recipient.ts';

/** E.164, the only form SNS takes. */
export const mobileSchema = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'a mobile number is written like +447700900123');

/** A number that can be called. */
export const phoneSchema = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'a phone number is written like +442079460123');

/** An app on a phone, as SNS names it: the agency's own app has registered it. */
export const pushEndpointSchema = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:endpoint\/(APNS|APNS_SANDBOX|GCM)\/[\w.-]+\/[\w-]+$/,
    'a push endpoint is the ARN of an SNS platform endpoint for APNS or GCM',
  );

const WEBHOOK = /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63})(?:\/[^\s#]*)?$/;

/** By name and at the usual port, so that what is allowed can be said in names. */
export const webhookSchema = z
  .string()
  .max(500)
  .regex(WEBHOOK, 'a webhook is an address like https://pages.agency.example/homeward');

/** The host that a webhook's address names. */
export const webhookHost = (url: string): string | null => WEBHOOK.exec(url)?.[1] ?? null;

/** So long after the step; 0: at once; null: only where an earlier channel has failed. */
export const tellBySchema = z
  .array(
    z.object({
      channel: personChannelSchema,
      afterSeconds: z.number().int().min(0).max(86_400).nullable(),
    }),
  )
  .min(1)
  .max(personChannelSchema.options.length)
  .refine(
    (rules) => new Set(rules.map(({ channel }) => channel)).size === rules.length,
    'each channel has one rule',
  );
export type TellBy = z.infer<typeof tellBySchema>;

/** Everything that reads itself, at once. A call rings only where it is asked for. */
export const USUAL_TELL_BY: TellBy = [
  { channel: 'sms', afterSeconds: 0 },
  { channel: 'push', afterSeconds: 0 },
  { channel: 'email', afterSeconds: 0 },
  { channel: 'webhook', afterSeconds: 0 },
];

/** Hours at which somebody wants to be left alone with what can wait, on their own wall clock. */
export const quietHoursSchema = z.object({
  timeZone: z
    .string()
    .refine(isKnownZone, 'no such time zone; use an IANA name such as Europe/London'),
  windows: z.array(localWindowSchema).min(1).max(20),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** A code that was sent: never itself, only what it is derived from, beside our secret. */
const codeSchema = z.object({
  nonce: z.string().min(16),
  expiresAt: instantSchema,
  triesLeft: z.number().int().min(0),
});

const verificationSchema = z.object({
  at: instantSchema,
  /** By a code that came back; or by somebody who answers for it. */
  how: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('code') }),
    z.object({ kind: z.literal('attested'), by: personIdSchema, reason: z.string() }),
  ]),
});

/** What is known of one channel of a person, at one address: at another nothing of it counts. */
const contactStateSchema = z.object({
  address: z.string(),
  verified: verificationSchema.nullable(),
  /** When the person asked not to be told there any more. */
  stoppedAt: instantSchema.nullable(),
  code: codeSchema.nullable(),
  /** When codes were sent, as far back as they are counted. */
  codesSentAt: z.array(instantSchema),
  /** For which verification the person, or the manager, has been reminded. */
  reminded: z.object({ soonOf: instantSchema.nullable(), lapseOf: instantSchema.nullable() }),
});
export type ContactState = z.infer<typeof contactStateSchema>;

/** All of a person's contacts; a channel that is absent has never been verified. */
export const contactStatesSchema = z.object({
  personId: personIdSchema,
  channels: z.partialRecord(personChannelSchema, contactStateSchema),
});
export type ContactStates = z.infer<typeof contactStatesSchema>;
