import type { Instant } from '../model/instant.ts';
import { toIso } from '../model/instant.ts';
import { REASONS } from '../model/reasons.ts';
import { formatLocal } from '../time/local-time.ts';
import { type Decision, type Found, hasLetter } from './decision.ts';

/** Something that happened, by the record, as a letter tells it. */
export type Happened = Readonly<{
  what: string;
  /** In the wall clock of the order's zone, and in UTC. */
  sinceLocal: string;
  sinceUtc: string;
  untilLocal: string | null;
}>;

/** A warning letter as structured text: every rendering is made of this. */
export type Letter = Readonly<{
  date: string;
  addressee: readonly string[];
  heading: string;
  opening: string;
  happened: readonly Happened[];
  why: string;
  expected: string;
  howToAnswer: string;
  signedBy: string;
  legalBasis: string;
  /** What stands above it where it is not to be sent any more. */
  notice: string | null;
}>;

/** Whom a letter names, and by what it is written. */
export type LetterFacts = Readonly<{
  wearerName: string;
  officerName: string;
  legalBasis: string;
  timeZone: string;
}>;

const happenedOf =
  (timeZone: string) =>
  ({ reason, openedAt, endedAt }: Found): Happened => ({
    what: REASONS[reason].happened,
    sinceLocal: formatLocal(openedAt, timeZone),
    sinceUtc: toIso(openedAt),
    untilLocal: endedAt === null ? null : formatLocal(endedAt, timeZone),
  });

const OPENING = {
  'first-warning':
    'This is a formal warning, the first. It is about what follows, as it stands on record.',
  'second-warning':
    'This is a formal warning, the second. If this goes on, your case may go back to court.',
} as const;

const HEADING = { 'first-warning': 'First warning', 'second-warning': 'Second warning' } as const;

const dateOf = (at: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long' }).format(at);

const noticeOf = ({ withdrawn }: Decision, timeZone: string): string | null =>
  withdrawn === null
    ? null
    : `Withdrawn on ${dateOf(withdrawn.withdrawnAt, timeZone)}: not to be sent.`;

/**
 * The letter of a warning; null of a decision that has none. What happened is told as the record
 * showed it when it was decided: what was withdrawn by then is left out.
 */
export const letterOf = (decision: Decision, facts: LetterFacts): Letter | null => {
  if (!hasLetter(decision)) return null;
  const { wearerName, officerName, legalBasis, timeZone } = facts;
  const { letter, kind, found, reason, decidedAt } = decision;
  return {
    date: dateOf(decidedAt, timeZone),
    addressee: letter.addressee.length > 0 ? letter.addressee : [wearerName],
    ...{ heading: HEADING[kind], opening: OPENING[kind] },
    happened: found.filter(({ status }) => status !== 'withdrawn').map(happenedOf(timeZone)),
    ...{ why: reason, expected: letter.expected, howToAnswer: letter.howToAnswer },
    ...{ signedBy: officerName, legalBasis, notice: noticeOf(decision, timeZone) },
  };
};
