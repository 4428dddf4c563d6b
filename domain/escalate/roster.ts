import type { QuietHours } from '../model/contact.ts';
import type { ForceId, PersonId, RotaId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { ConditionKind, Order } from '../model/order.ts';
import type { Target } from '../model/person.ts';
import { tellingOf } from '../model/reasons.ts';
import {
  type PersonChannel,
  type PersonRecipient,
  type Recipient,
  recipientKey,
} from '../model/recipient.ts';
import type { Rota } from '../model/rota.ts';
import type { Violation } from '../model/violation.ts';
import { onCallAt } from '../rota/on-call.ts';
import type { HolidayDates } from '../rota/stretch.ts';
import type { ContactNote } from './alert-events.ts';
import { isWithinHours } from './within-hours.ts';

/**
 * How somebody can be told on one channel: so long after the step, or where another channel fails.
 */
export type ContactChannel = Readonly<{ recipient: PersonRecipient; afterSeconds: number | null }>;

/** How a person can be reached: what a contact is worth is settled where it is kept. */
export type Contact = Readonly<{
  personId: PersonId;
  /** In the person's own order. */
  channels: readonly ContactChannel[];
  /** What is on record and must not be used. */
  unusable: readonly Readonly<{ channel: PersonChannel; why: 'unverified' | 'stopped' }>[];
  /** When they want to be left alone with what can wait. */
  quietHours: QuietHours | null;
}>;

/** Everybody whom a policy may reach, as loaded for one decision. */
export type Roster = Readonly<{
  responsibleOfficer: PersonId;
  contacts: readonly Contact[];
  rotas: readonly Rota[];
  /** The holidays that the policy's office and the rotas go by. */
  holidays: HolidayDates;
  /** The order's force, and why it may not be told of this; null: it may. */
  police: Readonly<{ forceId: ForceId; whyNot: NotForPolice | null }> | null;
}>;

type NotForPolice = 'kind-not-for-police' | 'reason-not-for-police';
type ForPolice = Readonly<{
  policeForce: Order['policeForce'];
  policeKinds: readonly ConditionKind[];
}>;

/**
 * The force that an order names, and whether it may be told of a violation: of a kind that the
 * order lets it hear of, and of an alert only. Where nothing is breached yet, or nothing is to be
 * enforced, a control room has nothing to do.
 */
export const policeFor = (
  { policeForce: forceId, policeKinds }: ForPolice,
  { conditionKind, reason }: Pick<Violation, 'conditionKind' | 'reason'>,
): Roster['police'] => {
  if (forceId === null) return null;
  if (!policeKinds.includes(conditionKind)) return { forceId, whyNot: 'kind-not-for-police' };
  return { forceId, whyNot: tellingOf(reason) === 'alert' ? null : 'reason-not-for-police' };
};

/** Why a target of a step came to nobody. Stored and logged; never silent. */
export type Unreached = Readonly<{
  target: Target['kind'];
  id: string | null;
  reason:
    | 'person-unknown'
    | 'no-contact'
    | 'rota-unknown'
    | 'nobody-on-call'
    | 'no-force'
    | 'told-before'
    | 'has-acknowledged'
    | 'handed-on'
    | 'quiet-hours'
    | 'not-in-office-hours'
    | 'in-office-hours'
    | NotForPolice;
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
  target: Target['kind'],
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

const reachPolice = ({ police }: Roster): Reached => {
  if (police === null) return nobody('police', null, 'no-force');
  if (police.whyNot !== null) return nobody('police', police.forceId, police.whyNot);
  return told({ channel: 'police', forceId: police.forceId });
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
      return reachPolice(roster);
    case 'duty-manager':
    case 'canary':
      return told({ channel: target.kind });
    default:
      return target satisfies never;
  }
};

/** Everybody whom some targets come to at an instant, each once. */
export const reachAll = (roster: Roster, targets: readonly Target[], asking: Asking): Reached => {
  const reached = targets.map((target) => reach(roster, target, asking));
  const byKey = new Map(reached.flatMap((r) => r.recipients).map((r) => [recipientKey(r), r]));
  const further = new Map(
    reached
      .flatMap((r) => r.further)
      .filter(({ recipient }) => !byKey.has(recipientKey(recipient)))
      .map((channel) => [recipientKey(channel.recipient), channel]),
  );
  return {
    recipients: [...byKey.values()],
    further: [...further.values()],
    unreached: reached.flatMap((r) => r.unreached),
    notes: [
      ...new Map(
        reached.flatMap((r) => r.notes).map((note) => [`${note.channel}.${note.personId}`, note]),
      ).values(),
    ],
  };
};
