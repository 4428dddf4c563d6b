import type { Recipient } from '../model/alert.ts';
import type { ForceId, PersonId, RotaId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { ConditionKind, Order } from '../model/order.ts';
import type { Rota, Target } from '../model/person.ts';
import { tellingOf } from '../model/reasons.ts';
import type { Violation } from '../model/violation.ts';

/** How a person can be reached: what a contact is worth is settled where it is kept. */
export type Contact = Readonly<{
  personId: PersonId;
  mobile: string | null;
  topicArn: string | null;
}>;

/** Everybody whom a policy may reach, as loaded for one decision. */
export type Roster = Readonly<{
  responsibleOfficer: PersonId;
  contacts: readonly Contact[];
  rotas: readonly Rota[];
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

/**
 * Who is on call: the shift that holds the instant, the latest begun of several, else the cover.
 */
export const onCallAt = (rota: Rota, at: Instant): PersonId => {
  const running = rota.shifts.filter((shift) => shift.startsAt <= at && at < shift.endsAt);
  const latest = running.reduce<(typeof running)[number] | null>(
    (found, shift) => (found === null || shift.startsAt > found.startsAt ? shift : found),
    null,
  );
  return latest?.personId ?? rota.otherwise;
};

/** Why a target of a step came to nobody. Stored and logged; never silent. */
export type Unreached = Readonly<{
  target: Target['kind'];
  id: string | null;
  reason:
    | 'person-unknown'
    | 'no-contact'
    | 'rota-unknown'
    | 'no-force'
    | 'told-before'
    | NotForPolice;
}>;

export type Reached = Readonly<{
  recipients: readonly Recipient[];
  unreached: readonly Unreached[];
}>;

const reachPerson = (roster: Roster, personId: PersonId, target: Target['kind']): Reached => {
  const contact = roster.contacts.find((known) => known.personId === personId);
  const missing = (reason: Unreached['reason']): Reached => ({
    recipients: [],
    unreached: [{ target, id: personId, reason }],
  });
  if (contact === undefined) return missing('person-unknown');
  const { mobile, topicArn } = contact;
  const sms: Recipient[] = mobile === null ? [] : [{ channel: 'sms', personId, mobile }];
  const email: Recipient[] = topicArn === null ? [] : [{ channel: 'email', personId, topicArn }];
  const recipients = [...sms, ...email];
  return recipients.length === 0 ? missing('no-contact') : { recipients, unreached: [] };
};

const reachRota = (roster: Roster, rotaId: RotaId, at: Instant): Reached => {
  const rota = roster.rotas.find((known) => known.rotaId === rotaId);
  if (rota === undefined) {
    return { recipients: [], unreached: [{ target: 'rota', id: rotaId, reason: 'rota-unknown' }] };
  }
  return reachPerson(roster, onCallAt(rota, at), 'rota');
};

const reachPolice = ({ police }: Roster): Reached => {
  const none = (reason: Unreached['reason']): Reached => ({
    recipients: [],
    unreached: [{ target: 'police', id: police?.forceId ?? null, reason }],
  });
  if (police === null) return none('no-force');
  if (police.whyNot !== null) return none(police.whyNot);
  return { recipients: [{ channel: 'police', forceId: police.forceId }], unreached: [] };
};

const reach = (roster: Roster, target: Target, at: Instant): Reached => {
  switch (target.kind) {
    case 'responsible-officer':
      return reachPerson(roster, roster.responsibleOfficer, target.kind);
    case 'person':
      return reachPerson(roster, target.personId, target.kind);
    case 'rota':
      return reachRota(roster, target.rotaId, at);
    case 'police':
      return reachPolice(roster);
    default:
      return target satisfies never;
  }
};

/** A name for a recipient that two of one step share only when they are the same. */
export const recipientKey = (recipient: Recipient): string =>
  recipient.channel === 'police'
    ? `police.${recipient.forceId}`
    : `${recipient.channel}.${recipient.personId}`;

/** Everybody whom some targets come to at an instant, each once. */
export const reachAll = (roster: Roster, targets: readonly Target[], at: Instant): Reached => {
  const reached = targets.map((target) => reach(roster, target, at));
  const byKey = new Map(reached.flatMap((r) => r.recipients).map((r) => [recipientKey(r), r]));
  return { recipients: [...byKey.values()], unreached: reached.flatMap((r) => r.unreached) };
};
