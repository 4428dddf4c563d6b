import { type Instant, toIso } from '../model/instant.ts';
import type { Memo } from '../model/memo.ts';
import type { PersonChannel } from '../model/recipient.ts';
import { oneLine } from './gsm-text.ts';
import type { EmailMessage } from './render.ts';

type ToContact = Extract<Memo, { recipient: unknown }>;
type ToManager = Exclude<Memo, { recipient: unknown }>;

const CHANNEL: Readonly<Record<PersonChannel, string>> = {
  sms: 'text messages',
  voice: 'calls',
  email: 'e-mails',
  push: 'push messages',
  webhook: 'webhook',
};

type Waits = Extract<ToContact, { about: 'message-waits' }>;

const renderWaits = ({ wearerId, what }: Waits): EmailMessage =>
  what === 'message'
    ? {
        subject: `Homeward: ${wearerId} has texted`.slice(0, 99),
        text: `${wearerId} has texted. Nobody has read it yet: see the case notes, and say there that you have.`,
      }
    : {
        subject: `Homeward: ${wearerId} has stopped texts`.slice(0, 99),
        text: `${wearerId} has texted STOP: no text reaches them now. Agree how they are asked for their checks; until START nothing asks.`,
      };

const dayOf = (at: Instant): string => toIso(at).slice(0, 10);

/**
 * What a contact is told of itself, in one part of a text message: `code` is what a code's memo
 * is about.
 */
export const renderToContact = (memo: ToContact, code: string): EmailMessage => {
  switch (memo.about) {
    case 'code': {
      const text = `${code} is your code for Homeward alerts. Tell it to your office within 30 minutes.`;
      return { subject: 'Your code for Homeward alerts', text: `${text} Not you? Ignore this.` };
    }
    case 'lapses-soon': {
      const day = dayOf(memo.lapsesAt);
      const text = `Homeward alerts reach you here. By ${day} that has to be verified again: ask your office for a code.`;
      return { subject: `Homeward: verify this contact by ${day}`, text };
    }
    case 'message-waits':
      return renderWaits(memo);
    default:
      return memo satisfies never;
  }
};

/** A code as it is said in a call: digit by digit, twice. */
export const renderSpokenToContact = (memo: ToContact, code: string): string => {
  if (memo.about !== 'code') return renderToContact(memo, code).text;
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
      next: 'It is not sent again. TELL IT BY PHONE, AND HAVE ITS SYSTEM LOOKED AT: of others within the hour you are not told.',
    },
    unusable: {
      what: 'says that it cannot use an event, at',
      next: 'TELL IT BY PHONE, AND HAVE ITS SYSTEM LOOKED AT: of others within the hour you are not told.',
    },
  };

const renderDelivery = (memo: OfDelivery): EmailMessage => {
  const { liaisonId, name, trouble, since, eventId } = memo;
  const { what, next } = DELIVERY[trouble];
  const which = eventId === null ? '' : ` It is event ${oneLine(eventId)}.`;
  return {
    subject: `Homeward: ${liaisonId} ${trouble.replace('-', ' ')}`.slice(0, 99),
    text: `${oneLine(name)} (${liaisonId}) ${what} ${toIso(since)}.${which} ${next}`,
  };
};

type About<Name extends ToManager['about']> = Extract<ToManager, { about: Name }>;

const renderUsedUp = (memo: About<'false-calls-used-up'>): EmailMessage => {
  const { liaisonId, name, wearerId, budget } = memo;
  const what = `has been called about ${wearerId} for nothing as often within twelve months as it puts up with (${budget})`;
  return {
    subject: `Homeward: false calls to ${liaisonId} are used up`.slice(0, 99),
    text: `${oneLine(name)} (${liaisonId}) ${what}. IT MAY COME NO MORE: see what calls it falsely, and speak to the force.`,
  };
};

const renderWithdrawn = (memo: About<'response-withdrawn'>): EmailMessage => {
  const { liaisonId, name, since, reason } = memo;
  const what = `has withdrawn its response since ${toIso(since)}: ${oneLine(reason)}`;
  const then = 'It is told nothing more. SEE TO ITS ORDERS BY OTHER MEANS';
  return {
    subject: `Homeward: ${liaisonId} does not come any more`.slice(0, 99),
    text: `${oneLine(name)} (${liaisonId}) ${what}. ${then}: the daily report names them.`,
  };
};

const renderBreach = (memo: About<'breach-turned'>): EmailMessage => {
  const { turn, alertId, wearerId, disposition, closedBy } = memo;
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

const renderUntold = ({ wearerId, what }: About<'message-untold'>): EmailMessage => {
  const [has, next] =
    what === 'message'
      ? ['has texted', 'READ IT in the case notes']
      : ['has texted STOP', 'AGREE how they are asked for their checks'];
  return {
    subject: `Homeward: ${wearerId} ${has}, and no officer knows`.slice(0, 99),
    text: `${wearerId} ${has}, and there is no officer who can be told by a message. ${next}, and see to their order.`,
  };
};

/** What the duty manager is told: people by their ids, for it may be a text message. */
export const renderToManager = (memo: ToManager): EmailMessage => {
  if (memo.about === 'false-calls-used-up') return renderUsedUp(memo);
  if (memo.about === 'response-withdrawn') return renderWithdrawn(memo);
  if (memo.about === 'breach-turned') return renderBreach(memo);
  if (memo.about === 'liaison-delivery') return renderDelivery(memo);
  if (memo.about === 'message-untold') return renderUntold(memo);
  const { personId, channel } = memo;
  const whose = `${CHANNEL[channel]} of ${personId}`;
  switch (memo.about) {
    case 'lapsed':
      return {
        subject: `Homeward: a contact of ${personId} has lapsed`.slice(0, 99),
        text: `The ${whose} were verified more than a month ago. They are used all the same: verify them again.`,
      };
    case 'stopped': {
      const rest = memo.isTheLast
        ? 'NOTHING ELSE WAS SHOWN TO REACH THEM: put somebody else on call, or verify another contact.'
        : 'Their other contacts are used.';
      return {
        subject: `Homeward: ${personId} has stopped ${CHANNEL[channel]}`.slice(0, 99),
        text: `The ${whose} are stopped, by themselves, since ${toIso(memo.createdAt)}. ${rest}`,
      };
    }
    default:
      return memo satisfies never;
  }
};
