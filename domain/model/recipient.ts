import * as z from 'zod';
import { liaisonIdSchema, personIdSchema } from './ids.ts';
import { liaisonKindSchema } from './liaison-kind.ts';

/** The channels on which a person can be told. */
export const personChannelSchema = z.enum(['sms', 'voice', 'email', 'push', 'webhook']);
export type PersonChannel = z.infer<typeof personChannelSchema>;

const person = { personId: personIdSchema };

/** A person on a channel. */
export const personRecipientSchema = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('sms'), ...person, mobile: z.string() }),
  z.object({ channel: z.literal('voice'), ...person, phone: z.string() }),
  z.object({ channel: z.literal('email'), ...person, topicArn: z.string() }),
  z.object({ channel: z.literal('push'), ...person, endpointArn: z.string() }),
  z.object({ channel: z.literal('webhook'), ...person, url: z.string() }),
]);
export type PersonRecipient = z.infer<typeof personRecipientSchema>;

/** A recipient outside the agency, on its feed. */
export const liaisonRecipientSchema = z.object({
  channel: z.literal('liaison'),
  liaisonId: liaisonIdSchema,
  /** As it was then; absent of those who were told before that was kept. */
  kind: liaisonKindSchema.optional(),
});
export type LiaisonRecipient = z.infer<typeof liaisonRecipientSchema>;

/**
 * Who can be told: a person on a channel, a liaison on its feed, the duty manager by the topic
 * that the deployment names, or the canary that watches over paging itself.
 */
export const recipientSchema = z.discriminatedUnion('channel', [
  ...personRecipientSchema.options,
  liaisonRecipientSchema,
  z.object({ channel: z.literal('duty-manager') }),
  z.object({ channel: z.literal('canary') }),
]);
export type Recipient = z.infer<typeof recipientSchema>;

/** A name for a recipient that two of one step share only when they are the same. */
export const recipientKey = (recipient: Recipient): string => {
  switch (recipient.channel) {
    case 'liaison':
      return `liaison.${recipient.liaisonId}`;
    case 'duty-manager':
    case 'canary':
      return recipient.channel;
    default:
      return `${recipient.channel}.${recipient.personId}`;
  }
};

/**
 * Whether somebody is there who can act on an alert: our people, the duty manager, the police. A
 * panel or a court is told, and nobody waits for it.
 */
export const canAct = (recipient: Recipient): boolean =>
  recipient.channel !== 'liaison' || recipient.kind === 'police';

/** The person behind a recipient; null where it is none. */
export const personOf = (recipient: Recipient) =>
  'personId' in recipient ? recipient.personId : null;
