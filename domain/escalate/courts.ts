import type { Alert } from '../model/alert.ts';
import type { Closing, Disposition } from '../model/closing.ts';
import type { LiaisonId } from '../model/ids.ts';
import type { Roster } from './roster.ts';

/** What a person hands over to a court; everything else is dealt with by the agency. */
const FOR_COURT: readonly Closing['disposition'][] = ['breach-initiated', 'recall-requested'];

/** What has become known of what a person had closed as a breach. */
type BreachTurn = 'was-not-so' | 'is-so-after-all';

/** Whether a change of an alert turns what a person had closed as a breach; null: it does not. */
export const breachTurn = (before: Alert | null, after: Alert): BreachTurn | null => {
  if (before === null || before.closed === null || before.closed.by === null) return null;
  if (!FOR_COURT.includes(before.closed.disposition)) return null;
  const [was, is] = [before, after].map(({ facts }) => facts.violation.status === 'withdrawn');
  if (was === is) return null;
  return is === true ? 'was-not-so' : 'is-so-after-all';
};

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
