import type { Nudge } from '../model/nudge.ts';
import { REASONS } from '../model/reasons.ts';
import { formatLocal } from '../time/local-time.ts';
import { toGsmText } from './gsm-text.ts';
import type { SmsMessage } from './render.ts';

/**
 * A nudge as a text message: what to do, and until when; GSM 7-bit, one part. Others may read a
 * phone: nothing in it says of an order, a condition, or who sends it.
 */
export const renderNudge = ({ reason, untilAt, timeZone }: Nudge): SmsMessage => {
  const until = untilAt === null ? '' : ` Latest: ${formatLocal(untilAt, timeZone)}.`;
  return { text: toGsmText(`${REASONS[reason].toDo}${until}`) };
};
