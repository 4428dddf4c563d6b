import type { Acknowledgement, Alert } from '../model/alert.ts';
import type { PersonId } from '../model/ids.ts';
import { type Instant, secondsAfter } from '../model/instant.ts';

/** What acknowledgements of an alert still hold: each for as long as its policy lets it. */
export const standingOf = (
  { acknowledgements, policy }: Alert,
  at: Instant,
): readonly Acknowledgement[] =>
  acknowledgements.filter((one) => secondsAfter(one.at, policy.acknowledgementSeconds) > at);

/** Who has an alert in hand at an instant, or one of two hands. */
export const holdersOf = (alert: Alert, at: Instant): PersonId[] =>
  standingOf(alert, at).map(({ by }) => by);
