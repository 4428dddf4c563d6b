import type { QuietHours } from '../model/contact.ts';
import type { LiaisonId, PersonId } from '../model/ids.ts';
import type { ConditionKind, Order } from '../model/order.ts';
import { tellingOf } from '../model/reasons.ts';
import type { PersonChannel, PersonRecipient } from '../model/recipient.ts';
import type { Rota } from '../model/rota.ts';
import type { Violation } from '../model/violation.ts';
import type { HolidayDates } from '../rota/stretch.ts';

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
  police: Readonly<{ liaisonId: LiaisonId; whyNot: NotForPolice | null }> | null;
}>;

/** Why a force is not told of an alert. */
export type NotForPolice = 'kind-not-for-police' | 'reason-not-for-police';
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
  { policeForce: liaisonId, policeKinds }: ForPolice,
  { conditionKind, reason }: Pick<Violation, 'conditionKind' | 'reason'>,
): Roster['police'] => {
  if (liaisonId === null) return null;
  if (!policeKinds.some((kind) => kind === conditionKind))
    return { liaisonId, whyNot: 'kind-not-for-police' };
  return { liaisonId, whyNot: tellingOf(reason) === 'alert' ? null : 'reason-not-for-police' };
};
