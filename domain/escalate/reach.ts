import type { WhyNotTold } from '../liaison/who-may-hear.ts';
import type { PersonId, RotaId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { LiaisonKind } from '../model/liaison-kind.ts';
import type { Target } from '../model/person.ts';
import { type Recipient, recipientKey } from '../model/recipient.ts';
import { onCallAt } from '../rota/on-call.ts';
import type { ContactNote } from './alert-events.ts';
import type { Contact, ContactChannel, Roster } from './roster.ts';
import { isWithinHours } from './within-hours.ts';

/** Why a target of a step came to nobody. Stored and logged; never silent. */
export type Unreached = Readonly<{
  target: Target['kind'] | LiaisonKind;
  id: string | null;
  reason:
    | 'person-unknown'
    | 'no-contact'
    | 'rota-unknown'
    | 'nobody-on-call'
    | 'no-liaison'
    | 'told-before'
    | 'taken-back'
    | 'has-acknowledged'
    | 'handed-on'
    | 'quiet-hours'
    | 'not-in-office-hours'
    | 'in-office-hours'
    | WhyNotTold;
}>;

/** Whom targets come to: at once, and on which further channels. */
export type Reached = Readonly<{
  recipients: readonly Recipient[];
  further: readonly ContactChannel[];
  unreached: readonly Unreached[];
  notes: readonly ContactNote[];
}>;

/** What a roster is asked. */
export type Asking = Readonly<{
  at: Instant;
  /** Whether it may wait for the end of somebody's quiet hours. */
  isQuietKept: boolean;
  isOfficeHour: boolean;
  /** Who has acknowledged already, where a second person is waited for. */
  holders: readonly PersonId[];
  /** Who hands it on just now; absent: nobody does, or there is nobody else. */
  handedOnBy?: PersonId | undefined;
}>;

const nobody = (
  target: Unreached['target'],
  id: string | null,
  reason: Unreached['reason'],
): Reached => ({ recipients: [], further: [], unreached: [{ target, id, reason }], notes: [] });

const told = (recipient: Recipient): Reached => ({
  recipients: [recipient],
  further: [],
  unreached: [],
  notes: [],
});

const together = (each: readonly Reached[]): Reached => ({
  recipients: each.flatMap(({ recipients }) => recipients),
  further: each.flatMap(({ further }) => further),
  unreached: each.flatMap(({ unreached }) => unreached),
  notes: each.flatMap(({ notes }) => notes),
});

const notesOn = ({ personId, channels, unusable }: Contact): ContactNote[] =>
  unusable.map(({ channel, why }) => {
    const isUsed = channels.some(({ recipient }) => recipient.channel === channel);
    return { personId, channel, why: isUsed ? 'unverified-and-used' : why };
  });

const isInQuietHours = ({ quietHours }: Contact, at: Instant): boolean =>
  quietHours !== null && isWithinHours(quietHours, [], at);

type Whom = Readonly<{ personId: PersonId; target: Target['kind'] }>;

const reachPerson = (roster: Roster, { personId, target }: Whom, asking: Asking): Reached => {
  const contact = roster.contacts.find((known) => known.personId === personId);
  if (contact === undefined) return nobody(target, personId, 'person-unknown');
  if (asking.holders.includes(personId)) return nobody(target, personId, 'has-acknowledged');
  if (asking.handedOnBy === personId) return nobody(target, personId, 'handed-on');
  if (asking.isQuietKept && isInQuietHours(contact, asking.at)) {
    return nobody(target, personId, 'quiet-hours');
  }
  const { channels } = contact;
  const notes = notesOn(contact);
  const [first] = channels;
  if (first === undefined) return { ...nobody(target, personId, 'no-contact'), notes };
  const atOnce = channels.filter((channel) => channel.afterSeconds === 0);
  // Rules that all wait for something would wait for ever: the first is then tried at once.
  const now = atOnce.length > 0 ? atOnce : [first];
  return {
    recipients: now.map((channel) => channel.recipient),
    further: channels.filter((channel) => !now.includes(channel)),
    unreached: [],
    notes,
  };
};

const reachRota = (roster: Roster, rotaId: RotaId, asking: Asking): Reached => {
  const rota = roster.rotas.find((known) => known.rotaId === rotaId);
  if (rota === undefined) return nobody('rota', rotaId, 'rota-unknown');
  const { people } = onCallAt(rota, asking.at, roster.holidays);
  if (people.length === 0) return nobody('rota', rotaId, 'nobody-on-call');
  return together(
    people.map((personId) => reachPerson(roster, { personId, target: 'rota' }, asking)),
  );
};

/** Liaisons of a kind that the order names; one of which nothing is on record may be of any. */
const reachLiaisons = ({ liaisons }: Roster, asked: LiaisonKind): Reached => {
  const named = liaisons.filter(({ kind }) => kind === asked || kind === null);
  if (named.length === 0) return nobody(asked, null, 'no-liaison');
  return together(
    named.map(({ liaisonId, whyNot }) =>
      whyNot === null
        ? told({ channel: 'liaison', liaisonId, kind: asked })
        : nobody(asked, liaisonId, whyNot),
    ),
  );
};

const reach = (roster: Roster, target: Target, asking: Asking): Reached => {
  const { kind, when } = target;
  if (when === 'office-hours' && !asking.isOfficeHour) {
    return nobody(kind, null, 'not-in-office-hours');
  }
  if (when === 'out-of-hours' && asking.isOfficeHour) return nobody(kind, null, 'in-office-hours');
  switch (target.kind) {
    case 'responsible-officer':
      return reachPerson(
        roster,
        { personId: roster.responsibleOfficer, target: target.kind },
        asking,
      );
    case 'person':
      return reachPerson(roster, { personId: target.personId, target: target.kind }, asking);
    case 'rota':
      return reachRota(roster, target.rotaId, asking);
    case 'police':
    case 'victim-liaison':
    case 'support-service':
    case 'mappa-panel':
      return reachLiaisons(roster, target.kind);
    case 'duty-manager':
    case 'canary':
      return told({ channel: target.kind });
    default:
      return target satisfies never;
  }
};

/** Everybody whom some targets come to at an instant, each once. */
export const reachAll = (roster: Roster, targets: readonly Target[], asking: Asking): Reached => {
  const all = together(targets.map((target) => reach(roster, target, asking)));
  const recipients = new Map(all.recipients.map((one) => [recipientKey(one), one]));
  const further = new Map(
    all.further
      .filter(({ recipient }) => !recipients.has(recipientKey(recipient)))
      .map((channel) => [recipientKey(channel.recipient), channel]),
  );
  const notes = new Map(all.notes.map((note) => [`${note.channel}.${note.personId}`, note]));
  return {
    recipients: [...recipients.values()],
    further: [...further.values()],
    unreached: all.unreached,
    notes: [...notes.values()],
  };
};
