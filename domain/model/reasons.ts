import * as z from 'zod';
import type { RuleName } from './rule-name.ts';

/**
 * Who is told, and how: `alert`, somebody must take it in hand; `prompt`, the officer should know
 * of it, and nothing is enforced; `nudge`, the wearer alone, while there is still time.
 */
export type Telling = 'alert' | 'prompt' | 'nudge';

type Row = Readonly<{
  rule: RuleName;
  /** What the data show, in an officer's words, and no more. */
  happened: string;
  /** What to do first: of a nudge the wearer, of all else who takes it in hand. */
  toDo: string;
  /** How grave by itself: 0 a duty, 1 somebody's safety may be at stake, 2 it is. */
  gravity: 0 | 1 | 2;
  telling: Telling;
}>;

/** Everything that a rule can find. A rule's file says when; this says what it is called. */
export const REASONS = {
  'inside-zone': {
    rule: 'exclusion-zone',
    happened: 'inside exclusion zone',
    toDo: 'Call wearer; if no answer follow zone plan.',
    gravity: 1,
    telling: 'alert',
  },
  'inside-when-it-closed': {
    rule: 'exclusion-zone',
    happened: 'inside exclusion zone when its hours began',
    toDo: 'Call wearer; if no answer follow zone plan.',
    gravity: 1,
    telling: 'alert',
  },
  'out-at-start': {
    rule: 'curfew-absence',
    happened: 'not home at curfew start',
    toDo: 'Call wearer and curfew address.',
    gravity: 0,
    telling: 'alert',
  },
  'left-during': {
    rule: 'curfew-absence',
    happened: 'left home during curfew',
    toDo: 'Call wearer and curfew address.',
    gravity: 0,
    telling: 'alert',
  },
  'out-during': {
    rule: 'curfew-absence',
    happened: 'not home during curfew',
    toDo: 'Call wearer and curfew address.',
    gravity: 0,
    telling: 'alert',
  },
} as const satisfies Readonly<Record<string, Row>>;

export type ViolationReason = keyof typeof REASONS;

const isReason = (name: string): name is ViolationReason => name in REASONS;

export const violationReasonSchema = z.string().transform((name, context): ViolationReason => {
  if (isReason(name)) return name;
  context.issues.push({ code: 'custom', message: 'no reason of any rule', input: name });
  return z.NEVER;
});
