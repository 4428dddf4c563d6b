import type { Instant } from '../model/instant.ts';
import type { Nudge } from '../model/nudge.ts';
import { isOptional, type NudgeChoice } from '../model/nudge-choice.ts';
import { quietUntil } from './quiet-until.ts';

/**
 * Why a nudge is not sent. It stands on the nudge's row, and on record. `quiet-until-too-late`: the
 * wearer wants to be left alone until it is of no use any more.
 */
export type NotSent =
  | 'no-mobile-on-record'
  | 'over-before-sent'
  | 'too-late'
  | 'opted-out'
  | 'texts-stopped'
  | 'quiet-until-too-late';

/** What is known of a nudge's wearer at the instant at which it is to go out. */
export type NudgedNow = Readonly<{
  /** Their number as it is by now; null: they have none. */
  mobile: string | null;
  choice: NudgeChoice;
  /** They have texted STOP, and carriers let no text through to them. */
  hasStopped: boolean;
  /** What called for it is over by now. */
  isOver: boolean;
}>;

/** What to do about a nudge: now, later, or never, with the reason. */
export type NudgeTurn =
  | Readonly<{ is: 'send'; mobile: string }>
  | Readonly<{ is: 'held'; untilAt: Instant }>
  | Readonly<{ is: 'not-sent'; reason: NotSent }>;

const notSent = (reason: NotSent): NudgeTurn => ({ is: 'not-sent', reason });

/**
 * Whether a nudge goes out at an instant. What the wearer does without is not sent; in their quiet
 * hours it is held until they end, unless it is of no use by then. That a check is due is sent at
 * any hour: it was planned for that one, and the wearer is held to it.
 */
export const nudgeTurn = (nudge: Nudge, now: NudgedNow, at: Instant): NudgeTurn => {
  const { untilAt, reason } = nudge;
  const { mobile } = now;
  if (nudge.isOver) return notSent('over-before-sent');
  // After an outage both are so; that it came too late is why.
  if (untilAt !== null && at >= untilAt) return notSent('too-late');
  if (now.isOver) return notSent('over-before-sent');
  if (mobile === null) return notSent('no-mobile-on-record');
  if (now.hasStopped) return notSent('texts-stopped');
  if (!isOptional(reason)) return { is: 'send', mobile };
  if (now.choice.off.some((one) => one === reason)) return notSent('opted-out');
  const quiet = quietUntil(now.choice.quietHours, at);
  if (quiet === 'now') return { is: 'send', mobile };
  const isTooLate = quiet === 'for-good' || (untilAt !== null && quiet >= untilAt);
  return isTooLate ? notSent('quiet-until-too-late') : { is: 'held', untilAt: quiet };
};
