import type { Condition } from '../../model/order.ts';
import { isStale } from '../freshness.ts';
import { hoursAt } from '../hours.ts';
import { CLOSING_PROBABILITY } from '../position/constants.ts';
import type { Rule } from '../rule.ts';

type ExclusionZone = Extract<Condition, { kind: 'exclusion-zone' }>;

/**
 * The wearer must keep out of a zone during its hours. Violated from the probability that the order
 * sets; clear at 0.2 or less; undetermined between. Somebody inside when the hours start is found
 * by the start itself, which is a due instant.
 */
export const judgeExclusionZone: Rule<ExclusionZone> = (seen) => {
  const { supervised, believed, at } = seen;
  const { window, edgeAt, isKnown } = hoursAt(supervised.active, at);
  const answer = { memory: {}, dueAt: edgeAt };
  if (!isKnown) return { ...answer, verdict: 'undetermined', reason: 'hours-unknown' };
  if (window === null) return { ...answer, verdict: 'not-applicable', reason: 'outside-hours' };
  if (isStale(seen)) return { ...answer, verdict: 'undetermined', reason: 'no-recent-evidence' };
  if (believed.inside >= supervised.condition.certainty) {
    const reason = at === window.startAt ? 'inside-when-it-closed' : 'inside-zone';
    return { ...answer, verdict: 'violated', reason, since: at, certainty: believed.inside };
  }
  if (believed.inside <= CLOSING_PROBABILITY) {
    return { ...answer, verdict: 'satisfied', reason: 'clear-of-zone' };
  }
  return { ...answer, verdict: 'undetermined', reason: 'near-the-edge' };
};
