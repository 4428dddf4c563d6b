import type { RuleName } from './rule-name.ts';

/**
 * Who is told, and how: `alert`, somebody must take it in hand; `warning`, the same, and nothing is
 * breached yet; `prompt`, the officer should know of it, and nothing is enforced; `nudge`, the
 * wearer alone, while there is still time. Police are told of alerts only.
 */
export type Telling = 'alert' | 'warning' | 'prompt' | 'nudge';

export type ReasonRow = Readonly<{
  rule: RuleName;
  /** What the data show, in an officer's words, and no more. */
  happened: string;
  /** What to do first: of a nudge the wearer, of all else who takes it in hand. */
  toDo: string;
  /** How grave by itself: 0 a duty, 1 somebody's safety may be at stake, 2 it is. */
  gravity: 0 | 1 | 2;
  telling: Telling;
}>;
