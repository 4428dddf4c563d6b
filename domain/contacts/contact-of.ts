import type { Contact, ContactChannel } from '../escalate/roster.ts';
import type { TellBy } from '../model/contact.ts';
import type { Person } from '../model/person.ts';
import type { PersonChannel, PersonRecipient } from '../model/recipient.ts';
import { channelsOf, type Known, worthOf } from './standing.ts';

/** What pages are addressed to; an e-mail goes by way of the person's own topic. */
export type Addressed = Known & Readonly<{ topicArn: string | null }>;

/** A person on a channel, as a page names them; null where they have no address there. */
export const recipientOn = (
  { person, topicArn }: Pick<Addressed, 'person' | 'topicArn'>,
  channel: PersonChannel,
): PersonRecipient | null => {
  const { personId, mobile, phone, pushEndpointArn: endpointArn, webhook: url } = person;
  const called = phone ?? mobile;
  switch (channel) {
    case 'sms':
      return mobile === null ? null : { channel, personId, mobile };
    case 'voice':
      return called === null ? null : { channel, personId, phone: called };
    case 'email':
      return topicArn === null ? null : { channel, personId, topicArn };
    case 'push':
      return endpointArn === null ? null : { channel, personId, endpointArn };
    case 'webhook':
      return url === null ? null : { channel, personId, url };
    default:
      return channel satisfies never;
  }
};

const addressIn = (recipient: PersonRecipient): string => {
  switch (recipient.channel) {
    case 'sms':
      return recipient.mobile;
    case 'voice':
      return recipient.phone;
    case 'email':
      return recipient.topicArn;
    case 'push':
      return recipient.endpointArn;
    case 'webhook':
      return recipient.url;
    default:
      return recipient satisfies never;
  }
};

/** Whether a page may still go where it was addressed: the person has that, and has not stopped. */
export const isStillTheirs = (addressed: Addressed, recipient: PersonRecipient): boolean => {
  const { channel } = recipient;
  const now = recipientOn(addressed, channel);
  const isSame = now !== null && addressIn(now) === addressIn(recipient);
  return isSame && worthOf(addressed, channel) !== 'stopped';
};

/** Their own rules first; a channel without one is tried where others have failed. */
const rulesOf = (person: Person): TellBy => {
  const ruled = new Set(person.tellBy.map(({ channel }) => channel));
  const rest = channelsOf(person).filter((channel) => !ruled.has(channel));
  return [...person.tellBy, ...rest.map((channel) => ({ channel, afterSeconds: null }))];
};

/**
 * How a person can be reached: on what was verified; only where nothing was, on what was not, and
 * never on what they have stopped.
 */
export const contactOf = (addressed: Addressed): Contact => {
  const { person } = addressed;
  const all = rulesOf(person).flatMap(({ channel, afterSeconds }) => {
    const recipient = recipientOn(addressed, channel);
    if (recipient === null) return [];
    return [{ recipient, afterSeconds, worth: worthOf(addressed, channel) }];
  });
  const worth = (wanted: 'usable' | 'unverified' | 'stopped') =>
    all.filter((one) => one.worth === wanted);
  const usable = worth('usable');
  const used = usable.length > 0 ? usable : worth('unverified');
  const channels = used.map(
    ({ recipient, afterSeconds }): ContactChannel => ({ recipient, afterSeconds }),
  );
  const unusable = all.flatMap(({ recipient: { channel }, worth: why }) =>
    why === 'usable' ? [] : [{ channel, why }],
  );
  return { personId: person.personId, channels, unusable, quietHours: person.quietHours };
};
