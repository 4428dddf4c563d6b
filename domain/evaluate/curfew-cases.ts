import type { ViolationReason } from '../model/reasons.ts';
import type { ActiveInterval } from '../time/interval-sets.ts';
import type { Memory } from './rule.ts';

/** What is remembered of one curfew's hours. Each is an instant, absent until it comes. */
export type CurfewMemory = Memory &
  Readonly<{
    /** First believed at home in these hours. */
    homeSince?: number;
    /** Believed away since then, without a break. */
    outSince?: number;
    /** While away, evidence ran out: nobody can say that they were away all the time. */
    unseenAt?: number;
    /** Evidence had run out within the grace: the absence counts from when it came back. */
    seenAgainAt?: number;
  }>;

/**
 * What an absence is when it opens, of the field's five cases. Says only what the data show:
 * somebody never seen at home in these hours has not "left".
 */
export const openingCase = (
  { homeSince, outSince }: CurfewMemory,
  { startAt, startsBy }: ActiveInterval,
): ViolationReason => {
  if (outSince === startAt) return startsBy === 'permission' ? 'out-after-leave' : 'out-at-start';
  return homeSince === undefined ? 'out-during' : 'left-during';
};

/** What it turns out to have been once they are home; nothing where that was known before. */
export const returnedCase = (
  { outSince }: CurfewMemory,
  { startAt }: ActiveInterval,
): ViolationReason | null => (outSince === startAt ? 'returned-late' : null);

/**
 * What it turns out to have been when the curfew ends with them still away. Only who was known to
 * be away at its start, and was never out of sight since, was out for the whole of it.
 */
export const outAtEndCase = (
  { outSince, unseenAt }: CurfewMemory,
  { startAt, startsBy, endsBy }: ActiveInterval,
): ViolationReason | null => {
  if (endsBy === 'permission' || outSince === undefined) return null;
  if (outSince !== startAt || startsBy === 'permission') return 'out-at-end';
  return unseenAt === undefined ? 'out-all-curfew' : null;
};
