import { type Disposition, dispositionSchema, isExplained } from '../model/closing.ts';
import { isHeldAgainst as isHeldAgainstBy } from '../progress/standing.ts';
import { stands } from './violation-words.ts';
import type { Found } from './wearer-facts.ts';

/** How a person has closed the alert of a violation; null: nobody has, or it is open again. */
const closedAs = ({ history }: Pick<Found, 'history'>): Disposition | null => {
  const last = history.findLast(({ type }) => ['alert-closed', 'alert-reopened'].includes(type));
  if (last?.type !== 'alert-closed') return null;
  return dispositionSchema.safeParse(last.disposition).data ?? null;
};

/** Whether an officer found it explained, authorised, or the equipment's, by the data it stands. */
export const isExplainedAway = (found: Pick<Found, 'history' | 'violation'>): boolean => {
  const disposition = closedAs(found);
  return stands(found.violation) && disposition !== null && isExplained(disposition);
};

/** Whether it counts against the wearer: it stands, and nobody found it explained. */
export const isHeldAgainst = (found: Pick<Found, 'history' | 'violation'>): boolean =>
  isHeldAgainstBy({ ...found.violation, disposition: closedAs(found) });
