import type { ContactMessage } from '../model/contact-message.ts';
import { type Instant, toIso } from '../model/instant.ts';
import type { PersonChannel } from '../model/recipient.ts';
import { oneLine } from './gsm-text.ts';
import type { EmailMessage } from './render.ts';

type ToContact = Extract<ContactMessage, { recipient: unknown }>;
type ToManager = Exclude<ContactMessage, { recipient: unknown }>;

const CHANNEL: Readonly<Record<PersonChannel, string>> = {
  sms: 'text messages',
  voice: 'calls',
  email: 'e-mails',
  push: 'push messages',
  webhook: 'webhook',
};

const dayOf = (at: Instant): string => toIso(at).slice(0, 10);

/**
 * What a contact is told of itself, in one part of a text message: `code` is what a code's message
 * is about.
 */
export const renderToContact = (message: ToContact, code: string): EmailMessage => {
  switch (message.about) {
    case 'code': {
      const text = `${code} is your code for Homeward alerts. Tell it to your office within 30 minutes.`;
      return { subject: 'Your code for Homeward alerts', text: `${text} Not you? Ignore this.` };
    }
    case 'lapses-soon': {
      const day = dayOf(message.lapsesAt);
      const text = `Homeward alerts reach you here. By ${day} that has to be verified again: ask your office for a code.`;
      return { subject: `Homeward: verify this contact by ${day}`, text };
    }
    default:
      return message satisfies never;
  }
};

/** A code as it is said in a call: digit by digit, twice. */
export const renderSpokenToContact = (message: ToContact, code: string): string => {
  if (message.about !== 'code') return renderToContact(message, code).text;
  const spelt = [...code].join(', ');
  return `This is Homeward. Your code is: ${spelt}. I repeat: ${spelt}. Tell it to your office.`;
};

type OfDelivery = Extract<ToManager, { about: 'liaison-delivery' }>;

const DELIVERY: Readonly<Record<OfDelivery['trouble'], Readonly<{ what: string; next: string }>>> =
  {
    unreachable: {
      what: 'takes nothing that is sent to it, since',
      next: 'It is sent again, and can be fetched. TELL IT OF WHAT IS OPEN BY PHONE.',
    },
    'reachable-again': {
      what: 'takes again what it is sent. It had not since',
      next: 'What it had missed goes to it in order.',
    },
    refused: {
      what: 'has refused an event, at',
      next: 'It is not sent again. TELL IT BY PHONE, AND HAVE ITS SYSTEM LOOKED AT.',
    },
    unusable: {
      what: 'says that it cannot use an event, at',
      next: 'TELL IT BY PHONE, AND HAVE ITS SYSTEM LOOKED AT.',
    },
  };

const renderDelivery = (message: OfDelivery): EmailMessage => {
  const { liaisonId, name, trouble, since, eventId } = message;
  const { what, next } = DELIVERY[trouble];
  const which = eventId === null ? '' : ` It is event ${oneLine(eventId)}.`;
  return {
    subject: `Homeward: ${liaisonId} ${trouble.replace('-', ' ')}`.slice(0, 99),
    text: `${oneLine(name)} (${liaisonId}) ${what} ${toIso(since)}.${which} ${next}`,
  };
};

type About<Name extends ToManager['about']> = Extract<ToManager, { about: Name }>;

const renderUsedUp = (message: About<'false-calls-used-up'>): EmailMessage => {
  const { liaisonId, name, wearerId, budget } = message;
  const what = `has been called about ${wearerId} for nothing as often within twelve months as it puts up with (${budget})`;
  return {
    subject: `Homeward: false calls to ${liaisonId} are used up`.slice(0, 99),
    text: `${oneLine(name)} (${liaisonId}) ${what}. IT MAY COME NO MORE: see what calls it falsely, and speak to the force.`,
  };
};

const renderWithdrawn = (message: About<'response-withdrawn'>): EmailMessage => {
  const { liaisonId, name, since, reason } = message;
  const what = `has withdrawn its response since ${toIso(since)}: ${oneLine(reason)}`;
  const then = 'It is told nothing more. SEE TO ITS ORDERS BY OTHER MEANS';
  return {
    subject: `Homeward: ${liaisonId} does not come any more`.slice(0, 99),
    text: `${oneLine(name)} (${liaisonId}) ${what}. ${then}: the daily report names them.`,
  };
};

const renderBreach = (message: About<'breach-turned'>): EmailMessage => {
  const { turn, alertId, wearerId, disposition, closedBy } = message;
  const what = `Alert ${alertId} of ${wearerId}, closed by ${closedBy} as ${disposition}`;
  const [is, next] =
    turn === 'was-not-so'
      ? ['is known now not to have been so', 'SEE THAT NOBODY GOES ON WITH IT']
      : ['is known now to have been so after all', 'SEE WHETHER IT IS GONE ON WITH'];
  return {
    subject: `Homeward: a breach of ${wearerId} ${turn.replaceAll('-', ' ')}`.slice(0, 99),
    text: `${what}, ${is}. Courts that were told of it are told so. ${next}.`,
  };
};

/** What the duty manager is told of a contact; by the person's id, for it may be a text message. */
export const renderToManager = (message: ToManager): EmailMessage => {
  if (message.about === 'false-calls-used-up') return renderUsedUp(message);
  if (message.about === 'response-withdrawn') return renderWithdrawn(message);
  if (message.about === 'breach-turned') return renderBreach(message);
  if (message.about === 'liaison-delivery') return renderDelivery(message);
  const { personId, channel } = message;
  const whose = `${CHANNEL[channel]} of ${personId}`;
  switch (message.about) {
    case 'lapsed':
      return {
        subject: `Homeward: a contact of ${personId} has lapsed`.slice(0, 99),
        text: `The ${whose} were verified more than a month ago. They are used all the same: verify them again.`,
      };
    case 'stopped': {
      const rest = message.isTheLast
        ? 'NOTHING ELSE WAS SHOWN TO REACH THEM: put somebody else on call, or verify another contact.'
        : 'Their other contacts are used.';
      return {
        subject: `Homeward: ${personId} has stopped ${CHANNEL[channel]}`.slice(0, 99),
        text: `The ${whose} are stopped, by themselves, since ${toIso(message.createdAt)}. ${rest}`,
      };
    }
    default:
      return message satisfies never;
  }
};
