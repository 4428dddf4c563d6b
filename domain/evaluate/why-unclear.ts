import { isContradictory } from './position/disagreement.ts';
import type { Seen, UndeterminedReason } from './rule.ts';

/** Why it cannot be told where the wearer is: because signals disagree, or as the rule has it. */
export const whyUnclear = (
  { watch, input }: Pick<Seen, 'input'> & Readonly<{ watch: Pick<Seen['watch'], 'question'> }>,
  otherwise: UndeterminedReason,
): UndeterminedReason =>
  watch.question !== null && isContradictory(watch.question, input)
    ? 'signals-disagree'
    : otherwise;
