import { digest } from '../model/digest.ts';
import type { ConditionId, ViolationId, WearerRef } from '../model/ids.ts';
import { violationIdSchema } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { ViolationEnd } from '../model/violation.ts';
import type { Mark } from './core.ts';
import { HYPOTHESES, type Weights } from './position/hypotheses.ts';
import type { Judgement } from './rule.ts';

/** Derived from what it is about, so that a repeat finds it and makes no second one. */
export const violationIdOf = (
  wearer: WearerRef,
  conditionId: ConditionId,
  openedAt: Instant,
): ViolationId =>
  violationIdSchema.parse(
    [wearer.wearerId, conditionId, openedAt.toString(36), ...tellApart(wearer, conditionId)].join(
      '.',
    ),
  );

/** Ids may hold dots themselves: then a digest of the two says where one ends. */
const tellApart = ({ wearerId }: WearerRef, conditionId: ConditionId): string[] =>
  `${wearerId}${conditionId}`.includes('.') ? [digest(`${wearerId} ${conditionId}`)] : [];

type Judged = Readonly<{
  conditionId: ConditionId;
  wearer: WearerRef;
  at: Instant;
  believed: Weights;
}>;

const competingWith = (explained: keyof Weights, believed: Weights): Mark['competing'] => {
  const others = HYPOTHESES.filter((h) => h !== explained);
  const hypothesis = others.reduce((best, h) => (believed[h] > believed[best] ? h : best));
  return { hypothesis, probability: Math.round(believed[hypothesis] * 1e4) / 1e4 };
};

const opened = (judgement: Extract<Judgement, { verdict: 'violated' }>, judged: Judged): Mark => {
  const { conditionId, wearer, believed } = judged;
  const isInZone =
    judgement.reason === 'inside-zone' || judgement.reason === 'inside-when-it-closed';
  return {
    violationId: violationIdOf(wearer, conditionId, judgement.since),
    conditionId,
    reason: judgement.reason,
    openedAt: judgement.since,
    foundAt: judged.at,
    certainty: Math.round(judgement.certainty * 1e4) / 1e4,
    competing: competingWith(isInZone ? 'inside' : 'elsewhere', believed),
    endedAt: null,
    endReason: null,
  };
};

/** Ends whatever is open of a condition. */
export const endMarks = (
  marks: readonly Mark[],
  conditionId: ConditionId,
  end: Readonly<{ endedAt: Instant; endReason: ViolationEnd }>,
): Mark[] =>
  marks.map((mark) =>
    mark.conditionId === conditionId && mark.endedAt === null ? { ...mark, ...end } : mark,
  );

/**
 * Opens, ends or leaves a condition's violation as the judgement says; uncertainty changes nothing.
 */
export const markVerdict = (
  marks: readonly Mark[],
  judgement: Judgement,
  judged: Judged,
): Mark[] => {
  const { conditionId, at } = judged;
  switch (judgement.verdict) {
    case 'violated': {
      const isOpen = marks.some((m) => m.conditionId === conditionId && m.endedAt === null);
      return isOpen ? [...marks] : [...marks, opened(judgement, judged)];
    }
    case 'satisfied':
      return endMarks(marks, conditionId, { endedAt: at, endReason: 'back-in-order' });
    case 'not-applicable':
      return endMarks(marks, conditionId, { endedAt: at, endReason: 'hours-ended' });
    case 'undetermined':
      return [...marks];
    default:
      return judgement satisfies never;
  }
};
