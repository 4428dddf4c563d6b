import { REASONS, tellingOf } from '../model/reasons.ts';
import type { Evidence, Violation, ViolationEnd } from '../model/violation.ts';
import { SUREST } from '../notify/words.ts';
import { lengthBetween } from './local-days.ts';
import type { Words } from './words.ts';

/** In the words of an officer, with a capital: "Not home at curfew start". */
export const happenedWords = ({ reason }: Pick<Violation, 'reason'>): string => {
  const { happened } = REASONS[reason];
  return `${happened.charAt(0).toUpperCase()}${happened.slice(1)}`;
};

/** Whether something was found that a person must take in hand: nudges and prompts are none. */
export const isGrave = ({ reason }: Pick<Violation, 'reason'>): boolean =>
  ['alert', 'warning'].includes(tellingOf(reason));

/** In the order in which they began; of one instant by their ids. */
export const inOrder = <F extends Readonly<{ violation: Violation }>>(found: readonly F[]): F[] =>
  found.toSorted(
    ({ violation: a }, { violation: b }) =>
      a.openedAt - b.openedAt || (a.violationId < b.violationId ? -1 : 1),
  );

/** What stands, and so counts: what was taken back, or excused, does not. */
export const stands = ({ status, endReason }: Pick<Violation, 'status' | 'endReason'>): boolean =>
  status !== 'withdrawn' && endReason !== 'excused';

const percent = (share: number): string => `${Math.floor(Math.min(SUREST, share) * 100)} %`;

const HYPOTHESES = {
  home: 'the wearer was at home',
  elsewhere: 'the wearer was elsewhere, outside the zone',
  inside: 'the wearer was inside the zone',
} as const;

/** How certain it was when it was found; never more than the surest that a sensor can be. */
export const certaintyWords = ({ certainty }: Violation): string =>
  certainty === null
    ? 'Nothing was weighed: it is a plain fact of what was received, and when'
    : `${percent(certainty)}, by the position model`;

/** What else the data may mean. */
export const otherWords = ({ competing, certainty }: Violation): string => {
  if (certainty === null) return 'None was weighed';
  if (competing === null || competing.probability < 0.01) {
    return 'No other explanation had a probability of 1 % or more';
  }
  return `${HYPOTHESES[competing.hypothesis]}: ${percent(competing.probability)}`;
};

const ENDS: Readonly<Record<ViolationEnd, string>> = {
  'back-in-order': 'the wearer was back in order',
  'hours-ended': 'the hours of the condition ended',
  permitted: 'it was permitted from then on',
  excused: 'an excuse was accepted for it',
  'became-graver': 'a graver violation goes on from it',
  'monitoring-ended': 'the device came off the wearer',
  'condition-lifted': 'the condition was lifted',
  'condition-changed': 'the condition was changed',
  'zone-moved': 'the zone was changed',
  'place-moved': 'the address was changed',
  'hours-changed': 'the hours were changed',
  'order-ended': 'the order ended',
  'transfer-accepted': 'it was accepted',
  'transfer-closed': 'it was closed',
  'task-ended': 'what was asked for was done',
};

/** They are over when the appointment is, wherever the wearer was then. */
const OF_AN_APPOINTMENT: ReadonlySet<Violation['reason']> = new Set([
  ...(['missed-appointment', 'missed-appointment-again', 'left-appointment-early'] as const),
]);

const endWords = ({ endReason, reason }: Violation): string => {
  if (endReason === null) return 'the reason is not on record';
  const endedWithIt = endReason === 'back-in-order' && OF_AN_APPOINTMENT.has(reason);
  return endedWithIt ? 'the appointment ended' : ENDS[endReason];
};

/** How it stands: open, over, or taken back. */
export const standingWords = (violation: Violation): Words => {
  const { status, openedAt, endedAt } = violation;
  if (status === 'withdrawn') {
    const excused = violation.endReason === 'excused';
    return excused
      ? 'WITHDRAWN: an excuse was accepted for the time that it is about. It counts for nothing'
      : 'WITHDRAWN: what was known later does not show it. It counts for nothing';
  }
  if (endedAt === null) return 'Open: not over by the data';
  return [
    `Over after ${lengthBetween(openedAt, endedAt < openedAt ? openedAt : endedAt)}, at `,
    { at: endedAt },
    `: ${endWords(violation)}`,
  ];
};

/** Why it was told late, or is said to be old, where it was. */
export const lateWords = ({ openedAt, detectedAt, isLate, isOldNews }: Violation): Words => {
  const after = lengthBetween(openedAt, detectedAt < openedAt ? openedAt : detectedAt);
  const why = isOldNews
    ? '; it was over by then, and was told for review'
    : isLate
      ? '; what shows it had reached us late'
      : '';
  return [{ at: detectedAt }, `, ${after} after it began${why}`];
};

/** A check or a status of the evidence, in words. */
export const pieceWords = (piece: Exclude<Evidence, { kind: 'fix' }>): string => {
  if (piece.kind === 'check') return `check by ${piece.method}: ${piece.result}`;
  const { facts, batteryPercent } = piece;
  const battery = batteryPercent === null ? [] : [`battery ${Math.round(batteryPercent)} %`];
  return `the device said: ${[...facts, ...battery].join(', ') || 'nothing of itself'}`;
};

const sourceWords = (source: string): string => (source === 'fixes' ? 'positions' : source);

/** What each source said of the address, where they were asked: also those that were outweighed. */
export const saidByWords = ({ saidBy = [] }: Violation): string | null => {
  if (saidBy.length === 0) return null;
  const said = saidBy.map(
    ({ source, says, pieces }) => `${sourceWords(source)} (${pieces}): ${says}`,
  );
  return `${said.join('; ')}. Those that say "home" were outweighed`;
};
