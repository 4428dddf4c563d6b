import { type Disposition, isExplained } from '../model/closing.ts';
import type { Instant } from '../model/instant.ts';
import { tellingOf, type ViolationReason } from '../model/reasons.ts';
import type { Period } from '../response/wearer-days.ts';
import type { Found } from './facts.ts';

/**
 * What the equipment did, or people did about it. That a device fails is no conduct of whoever
 * wears it, and is counted apart (Council of Europe, CM/Rec(2014)4: a failure of the equipment is
 * not to be taken for non-compliance).
 */
const OF_EQUIPMENT: ReadonlySet<ViolationReason> = new Set([
  'no-device',
  'no-first-data',
  'device-silent',
  'device-silent-for-long',
  'moving-without-position',
  'reception-blocked',
  'impossible-movement',
  'wearer-device-lost',
  'protected-device-lost',
]);

/** What people raise or leave undone: nothing of it is conduct. */
const OF_OTHERS: ReadonlySet<ViolationReason> = new Set([
  'welfare-concern',
  'transfer-not-accepted',
  'transfer-rejected',
]);

/** An officer began enforcement by it: what a breach is they decide, and never we. */
const BREACH: ReadonlySet<Disposition> = new Set(['breach-initiated', 'recall-requested']);

/**
 * How something that was found stands: it counts; it was taken back; it was excused, by a
 * permission or by whoever closed it; it is of the equipment; or it is no violation of anything,
 * such as a prompt.
 */
export type Standing = 'counts' | 'withdrawn' | 'excused' | 'equipment' | 'no-violation';

export const standingOf = ({ reason, status, endReason, disposition }: Found): Standing => {
  if (tellingOf(reason) !== 'alert' || OF_OTHERS.has(reason)) return 'no-violation';
  if (endReason === 'excused') return 'excused';
  if (status === 'withdrawn') return 'withdrawn';
  if (disposition !== null && isExplained(disposition)) return 'excused';
  return OF_EQUIPMENT.has(reason) ? 'equipment' : 'counts';
};

export const isBreach = ({ disposition }: Pick<Found, 'disposition'>): boolean =>
  disposition !== null && BREACH.has(disposition);

/** Whether it counts, whichever way it is told: of what is a prompt, too. */
export const isHeldAgainst = ({
  status,
  endReason,
  disposition,
}: Pick<Found, 'status' | 'endReason' | 'disposition'>): boolean =>
  status !== 'withdrawn' &&
  endReason !== 'excused' &&
  (disposition === null || !isExplained(disposition));

/** Whether it went on at some instant from one on until just before another. */
export const touches = ({ openedAt, endedAt }: Found, { fromAt, toAt }: Period): boolean =>
  openedAt < toAt && (endedAt === null || endedAt > fromAt || openedAt >= fromAt);

/** The same, as a stretch of time; one that is open goes on until `toAt`. */
export const stretchOf = (
  { openedAt, endedAt }: Found,
  toAt: Instant,
): Readonly<{ startAt: Instant; endAt: Instant }> => ({
  startAt: openedAt,
  endAt: endedAt ?? toAt,
});
