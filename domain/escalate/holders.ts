import type { Acknowledgement, Alert } from '../model/alert.ts';
import type { PersonId } from '../model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '../model/instant.ts';

/** What is told daily is not told again any sooner because somebody has taken it in hand. */
const LEAST_FOR_REVIEW_SECONDS = DAY_SECONDS;

/** For how long an acknowledgement of an alert holds, from when it was given. */
export const holdsSeconds = ({ policy, track }: Pick<Alert, 'policy' | 'track'>): number =>
  track === 'review'
    ? Math.max(policy.acknowledgementSeconds, LEAST_FOR_REVIEW_SECONDS)
    : policy.acknowledgementSeconds;

/** What acknowledgements of an alert still hold: each for as long as its policy lets it. */
export const standingOf = (alert: Alert, at: Instant): readonly Acknowledgement[] =>
  alert.acknowledgements.filter((one) => secondsAfter(one.at, holdsSeconds(alert)) > at);

/** Who has an alert in hand at an instant, or one of two hands. */
export const holdersOf = (alert: Alert, at: Instant): PersonId[] =>
  standingOf(alert, at).map(({ by }) => by);
