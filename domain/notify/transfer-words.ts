import type { TroubleCause } from '../model/transfer-trouble.ts';

/** Why nobody at a liaison has an incident in hand, as far as is known. */
export const CAUSE: Readonly<Record<TroubleCause, string>> = {
  'bad-address': 'says bad address',
  'not-our-area': 'says not our area',
  'event-type': 'says no event of theirs',
  'too-old': 'says too old',
  'no-power': 'says no power',
  duplicate: 'says a duplicate',
  'response-withdrawn': 'says "response withdrawn"',
  'unknown-reference': 'says unknown reference',
  other: 'gives no cause of ours',
  'no-answer': 'no answer',
  unroutable: 'could not be routed there',
  expired: 'came too late there',
  aborted: 'has given it up',
};

/** What that asks for, once the control room is on the phone: short, for a text has little room. */
export const CAUSE_TO_DO: Readonly<Record<TroubleCause, string>> = {
  'bad-address': 'Give the place by voice.',
  'not-our-area': 'Ask whose it is, and phone them.',
  'event-type': 'Ask who there takes it.',
  'too-old': 'Say since when.',
  'no-power': 'Look up the power of arrest.',
  duplicate: 'Ask for their reference of it.',
  'response-withdrawn': 'Have an administrator record that.',
  'unknown-reference': 'Mend their reference in the order.',
  other: 'Ask why.',
  'no-answer': 'Ask whether they see it.',
  unroutable: 'Pass it on by voice.',
  expired: 'Pass it on by voice.',
  aborted: 'Ask who goes instead.',
};

/** One rejection stops nothing that is sent later: only the force's document does. */
export const RESPONSE_WITHDRAWN =
  'The force says that it has withdrawn its response. It goes on being sent alerts, and counted on, until an administrator puts responseWithdrawn into its document.';
