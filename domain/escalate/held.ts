import type { Alert, Held } from '../model/alert.ts';
import { earliest, type Instant, secondsAfter } from '../model/instant.ts';
import type { AlertEvent } from './alert-events.ts';

/** What an alert begins with that is told to nobody yet. */
export type Hold = Readonly<{ held: Held; nextStepAt: Instant }>;

/** When a held alert is looked at next. */
export const nextLook = (held: Held, now: Instant): Instant =>
  earliest([secondsAfter(now, held.everySeconds), held.untilAt]) ?? held.untilAt;

/** Whether what an alert waits for still stands, as was found just now. */
export type Look = Readonly<{ holdStands: boolean; now: Instant; delaySeconds: number }>;

/** A feed that is back has some time to bring what it kept; everything else is over when it is. */
const spareSeconds = (held: Held): number => (held.why === 'feed-late' ? held.everySeconds : 0);

/**
 * What becomes of a held alert when it is looked at: told at its limit, or when what it waited for
 * is over, and it is still open.
 */
export const lookAtHeld = (
  { held }: Pick<Alert, 'held'>,
  { holdStands, now, delaySeconds }: Look,
): AlertEvent | null => {
  if (held === undefined) return null;
  const nextStepAt = secondsAfter(now, delaySeconds);
  const told = { type: 'hold-ended', at: now, nextStepAt } as const;
  if (now >= held.untilAt) return { ...told, why: 'after-limit' };
  const backAt = holdStands ? null : (held.backAt ?? now);
  if (backAt !== null && now >= secondsAfter(backAt, spareSeconds(held))) {
    return { ...told, why: held.why === 'feed-late' ? 'after-feed-back' : 'after-cause' };
  }
  const kept: Held = { ...held, backAt };
  return { type: 'hold-kept', at: now, held: kept, nextStepAt: nextLook(kept, now) };
};
