import type { Disposition } from '../model/closing.ts';
import type { LiaisonId } from '../model/ids.ts';
import type { Roster } from './roster.ts';

/** What a person hands over to a court; everything else is dealt with by the agency. */
const FOR_COURT: readonly Disposition[] = ['breach-initiated', 'recall-requested'];

/** The courts that hear of an alert which a person closes: last, and only if it is theirs. */
export const courtsThatHear = ({ liaisons }: Roster, disposition: Disposition): LiaisonId[] =>
  FOR_COURT.includes(disposition)
    ? liaisons
        .filter(({ kind, whyNot }) => kind === 'court' && whyNot === null)
        .map(({ liaisonId }) => liaisonId)
    : [];
