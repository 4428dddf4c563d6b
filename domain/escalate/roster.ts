import type { Hears } from '../liaison/who-may-hear.ts';
import type { QuietHours } from '../model/contact.ts';
import type { PersonId } from '../model/ids.ts';
import type { PersonChannel, PersonRecipient } from '../model/recipient.ts';
import type { Rota } from '../model/rota.ts';
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
  /** Whom the order names outside the agency, and why they may not be told of this. */
  liaisons: readonly Hears[];
}>;
