import type { Alert } from '../model/alert.ts';
import type { Disposition } from '../model/closing.ts';
import type { LiaisonId } from '../model/ids.ts';
import type { Roster } from './roster.ts';

/** What a person hands over to a court; everything else is dealt with by the agency. */
const FOR_COURT: readonly Disposition[] = ['breach-initiated', 'recall-requested'];

/**
 * The courts that hear of an alert which a person closes: last, and only if it is theirs. Of what
 * is known not to have been so a court hears nothing, whatever it is closed as.
 */
export const courtsThatHear = (
  { facts }: Pick<Alert, 'facts'>,
  { liaisons }: Roster,
  disposition: Disposition,
): LiaisonId[] =>
  FOR_COURT.includes(disposition) && facts.violation.status !== 'withdrawn'
    ? liaisons
        .filter(({ kind, whyNot }) => kind === 'court' && whyNot === null)
        .map(({ liaisonId }) => liaisonId)
    : [];
