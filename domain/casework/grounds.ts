import { isWatchedClosely } from '../escalate/severity.ts';
import { type CountedAbsence, type Minutes, minutesIn } from '../evaluate/added-up.ts';
import type { ViolationId } from '../model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '../model/instant.ts';
import { REASONS, type ViolationReason } from '../model/reasons.ts';
import { areTextsOffAt } from '../model/texts-off.ts';
import type { Violation } from '../model/violation.ts';
import { type Counted, letGoIn, type ProposalFacts } from './proposal-facts.ts';

/**
 * The mildest answer that is adequate: `support`, to talk and to help; a `warning`; a `breach`, or
 * on licence a recall.
 */
export type Rung = 'support' | 'warning' | 'breach';

/** Why something is proposed, in plain words, and what was found that it rests on. */
export type Ground = Readonly<{
  code: string;
  words: string;
  rung: Rung;
  violationIds: readonly ViolationId[];
}>;

type Seen = Readonly<{ facts: ProposalFacts; counted: readonly Counted[] }>;

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const nth = (count: number, what: string): string => {
  const ordinal = ORDINALS[count - 1];
  return ordinal === undefined ? `${count} times ${what}` : `${ordinal} ${what}`;
};
const several = (count: number): string => NUMBERS[count] ?? String(count);

/** So many days before an instant, as far as instants reach. */
export const daysBefore = (at: Instant, days: number): Instant =>
  secondsAfter(at, -Math.min(days * DAY_SECONDS, at / 1_000));

const since = ({ counted }: Seen, from: Instant, reasons: readonly ViolationReason[]): Counted[] =>
  counted.filter(
    ({ violation }) => violation.openedAt >= from && reasons.includes(violation.reason),
  );

/** A ground, unless all that it rests on has been answered already. */
const groundOf = (of: readonly Counted[], ground: Omit<Ground, 'violationIds'>): Ground[] =>
  of.every(({ isAnswered }) => isAnswered)
    ? []
    : [{ ...ground, violationIds: of.map(({ violation }) => violation.violationId) }];

/** Home after the curfew had begun. */
const LATE: readonly ViolationReason[] = ['returned-late', 'out-at-start', 'out-after-leave'];
/** Out while the curfew ran, or for all of it. */
const ABSENT: readonly ViolationReason[] = [
  'left-during',
  'out-during',
  'out-at-end',
  'out-all-curfew',
];
const MISSED: readonly ViolationReason[] = ['missed-appointment', 'missed-appointment-again'];

/** What calls for a warning each time. Trouble with a device or its position is no guilt. */
const WARNED_OF: readonly ViolationReason[] = [
  ...ABSENT,
  ...(['inside-zone', 'inside-when-it-closed'] as const),
  ...(['in-restriction-zone', 'stayed-in-restriction-zone'] as const),
  ...(['outside-when-it-began', 'left-inclusion-zone', 'outside-inclusion-zone'] as const),
  ...(['together-with-other', 'approaching-protected-person'] as const),
  ...(['strap-open', 'case-open', 'home-unit-moved'] as const),
  ...(['check-failed', 'check-expired'] as const),
];

/** What no warning answers. */
const GRAVEST: readonly ViolationReason[] = ['near-protected-person', 'atv-limit-reached'];

const lateReturns = (seen: Seen): Ground[] => {
  const { lookBackDays, lateReturns: most } = seen.facts.policy.proposals;
  const late = since(seen, daysBefore(seen.facts.now, lookBackDays), LATE);
  const words = nth(late.length, `late return in ${lookBackDays} days`);
  return late.length < most ? [] : groundOf(late, { code: 'late-returns', words, rung: 'warning' });
};

type Lasted = Pick<Violation, 'conditionId' | 'openedAt' | 'endedAt'>;

/** Whether an absence that adds up is the one that a violation tells of. */
const tellsOf =
  ({ conditionId }: Minutes, now: Instant, { from, until }: CountedAbsence) =>
  (one: Lasted): boolean =>
    one.conditionId === conditionId && one.openedAt < until && (one.endedAt ?? now) > from;

/** Minutes that add up, less those of absences that somebody has let go. */
const minutesAdded = ({ facts, counted }: Seen): Ground[] => {
  const { now, minutes, policy } = facts;
  if (minutes === null) return [];
  const absences = [...LATE, ...ABSENT];
  const told = counted.filter(({ violation }) => absences.includes(violation.reason));
  const letGo = letGoIn(facts);
  const isGone = (piece: CountedAbsence): boolean => {
    const isOfIt = tellsOf(minutes, now, piece);
    return letGo.some(isOfIt) && !told.some(({ violation }) => isOfIt(violation));
  };
  const held = minutes.pieces.filter((piece) => !isGone(piece));
  const { limitMinutes } = minutes;
  const sum = held.length === minutes.pieces.length ? minutes.minutes : minutesIn(held);
  if (sum < limitMinutes * policy.proposals.atvShare) return [];
  const named = told.filter(({ violation }) =>
    held.some((piece) => tellsOf(minutes, now, piece)(violation)),
  );
  const words = `${Math.floor(sum)} of ${limitMinutes} min of absence`;
  return groundOf(named, { code: 'minutes-added', words, rung: 'warning' });
};

const missedAppointments = (seen: Seen): Ground[] => {
  const { absencesDays, unexcusedAbsences } = seen.facts.policy.proposals;
  const missed = since(seen, daysBefore(seen.facts.now, absencesDays), MISSED);
  if (missed.length === 0) return [];
  const isOne = missed.length === 1;
  const what = isOne ? 'appointment' : 'appointments';
  const words = `${several(missed.length)} ${what} missed without excuse`;
  const rung = missed.length >= unexcusedAbsences ? 'breach' : 'warning';
  return groundOf(missed, { code: 'appointments-missed', words, rung });
};

/** How many checks expired that no text had asked for: that stands beside what it may excuse. */
const unasked = ({ facts: { textsOff } }: Seen, found: readonly Counted[]): string => {
  const { length } = found.filter(
    ({ violation: { reason, openedAt } }) =>
      reason === 'check-expired' && areTextsOffAt(textsOff, openedAt),
  );
  return length === 0 ? '' : `, ${several(length)} while texts to them were off`;
};

/** What counts each by itself, one ground for each reason. */
const singly =
  (reasons: readonly ViolationReason[], rung: Rung) =>
  (seen: Seen): Ground[] => {
    const { lookBackDays } = seen.facts.policy.proposals;
    const from = daysBefore(seen.facts.now, lookBackDays);
    return reasons.flatMap((reason) => {
      const found = since(seen, from, [reason]);
      const times = found.length > 1 ? `, ${several(found.length)} times` : '';
      const counted = `${REASONS[reason].happened}${times} in ${lookBackDays} days`;
      const words = `${counted}${unasked(seen, found)}`;
      return found.length === 0 ? [] : groundOf(found, { code: reason, words, rung });
    });
  };

const isSign = (reason: ViolationReason): boolean =>
  REASONS[reason].rule === 'early-warning' && reason !== 'visit-overdue';

/** What often goes before a breach: a reason to talk and to help. */
const earlySigns = (seen: Seen): Ground[] => {
  const reasons = [...new Set(seen.counted.map(({ violation }) => violation.reason))];
  return singly(reasons.filter(isSign), 'support')(seen);
};

/** A concern for somebody's welfare that nobody has answered. */
const concerns = ({ counted }: Seen): Ground[] => {
  const open = counted.filter(({ violation }) => violation.conditionKind === 'welfare');
  const words = 'concern for their own welfare';
  return open.length === 0 ? [] : groundOf(open, { code: 'welfare', words, rung: 'support' });
};

/** Under MAPPA level 2 or 3, or at very high risk, whatever calls somebody calls for a breach. */
const atOnce = ({ facts }: Seen, ground: Ground): Ground =>
  ground.rung === 'warning' && isWatchedClosely(facts.order)
    ? { ...ground, rung: 'breach' }
    : ground;

/** Of who is watched closely a single late return is a ground of its own. */
const singleLate = (seen: Seen): Ground[] =>
  isWatchedClosely(seen.facts.order) && lateReturns(seen).length === 0
    ? singly(LATE, 'warning')(seen)
    : [];

/** Every ground that there is for doing something, the mildest first. */
export const groundsOf = (facts: ProposalFacts, counted: readonly Counted[]): Ground[] => {
  const seen = { facts, counted };
  const found = [
    concerns,
    earlySigns,
    lateReturns,
    singleLate,
    minutesAdded,
    singly(WARNED_OF, 'warning'),
    missedAppointments,
    singly(GRAVEST, 'breach'),
  ].flatMap((ground) => ground(seen));
  const order: readonly Rung[] = ['support', 'warning', 'breach'];
  return found
    .map((ground) => atOnce(seen, ground))
    .toSorted((a, b) => order.indexOf(a.rung) - order.indexOf(b.rung));
};

/** From when on a warning counts. */
export const warningsSince = ({ now, policy }: ProposalFacts): Instant =>
  daysBefore(now, policy.proposals.warningsDays);
