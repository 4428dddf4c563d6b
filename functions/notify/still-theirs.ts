import { type Addressed, isStillTheirs } from '#domain/contacts/contact-of.ts';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import { secondsBetween } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { PageRow } from '../adapters/dynamodb/outbox.ts';

export type StillTheirsDeps = Readonly<{
  now: Clock;
  /** A person as they now are on record; null: they are not. */
  loadPerson: (agencyId: AgencyId, personId: PersonId) => Promise<Addressed | null>;
}>;

/** A page is addressed when its step is run, and most have left within a second. */
const LOOKED_UP_AFTER_SECONDS = 60;

/**
 * Whether a page still goes to its person. One that had to wait is not sent to a number that they
 * have given up or stopped since: it may be somebody else's by now.
 */
export const isToThem = async (
  { now, loadPerson }: StillTheirsDeps,
  { agencyId, page: { recipient, createdAt } }: PageRow,
): Promise<boolean> => {
  if (!('personId' in recipient)) return true;
  if (secondsBetween(createdAt, now()) < LOOKED_UP_AFTER_SECONDS) return true;
  const person = await loadPerson(agencyId, recipient.personId);
  return person !== null && isStillTheirs(person, recipient);
};
