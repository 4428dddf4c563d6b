import type { Nudge } from '../model/nudge.ts';
import { type NudgeReason, REASONS } from '../model/reasons.ts';
import { formatLocal } from '../time/local-time.ts';
import { toGsmText } from './gsm-text.ts';
import type { SmsMessage } from './render.ts';

/** What stands before the instant that a nudge names. */
const BEFORE_TIME: Readonly<Record<NudgeReason, string>> = {
  'check-due': 'Latest',
  'leave-for-home': 'Latest',
  'battery-low': 'Latest',
  'charge-tonight': 'Latest',
  'appointment-ahead': 'Be there by',
};

/**
 * A nudge as a text message: what to do, and until when; GSM 7-bit, one part. Others may read a
 * phone: nothing in it says of an order, a condition, or who sends it. All its words stand here and
 * in its reason's row, so that they can be said in another language.
 */
export const renderNudge = ({ reason, untilAt, timeZone }: Nudge): SmsMessage => {
  const until =
    untilAt === null ? '' : ` ${BEFORE_TIME[reason]}: ${formatLocal(untilAt, timeZone)}.`;
  return { text: toGsmText(`${REASONS[reason].toDo}${until}`) };
};
