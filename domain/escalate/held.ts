import type { Alert, Held } from '../model/alert.ts';
import type { AlertId, PersonId } from '../model/ids.ts';
import { earliest, type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import type { AlertEvent } from './alert-events.ts';
import { holdersOf, holdsSeconds } from './holders.ts';

/** What an alert begins with that is told to nobody yet. */
export type Hold = Readonly<{ held: Held; nextStepAt: Instant }>;

/** What was found just now of what a held alert waits for. */
export type HoldFound =
  /** `untilAt`: told at the latest then, where that has changed. */
  | Readonly<{ is: 'standing'; untilAt?: Instant }>
  /** `from`: told not before then, so that several keep their order. */
  | Readonly<{ is: 'over'; from?: Instant }>
  /** Whoever took the other alert in hand had been told that there is this one, too. */
  | Readonly<{ is: 'taken'; withAlertId: AlertId; by: readonly PersonId[] }>;

/** When a held alert is looked at next. */
export const nextLook = (held: Held, now: Instant): Instant =>
  earliest([secondsAfter(now, held.everySeconds), held.untilAt]) ?? held.untilAt;

/** Held from now on, and looked at when its time comes. */
export const holdOf = (held: Held, now: Instant): Hold => ({
  held,
  nextStepAt: nextLook(held, now),
});

export type Look = Readonly<{
  hold: HoldFound;
  /** For what it is held where it would be told now; null: for nothing. */
  next: Hold | null;
  now: Instant;
  delaySeconds: number;
}>;

/** A feed that is back has some time to bring what it kept; everything else is over when it is. */
const spareSeconds = (held: Held): number => (held.why === 'feed-late' ? held.everySeconds : 0);

const taken = (
  alert: Alert,
  { by, withAlertId }: Extract<HoldFound, { is: 'taken' }>,
  at: Instant,
): AlertEvent[] => {
  const known = holdersOf(alert, at);
  const more = by.filter((personId) => !known.includes(personId));
  const endsAt = secondsAfter(at, holdsSeconds(alert));
  return more.map((personId, i) => {
    const isEnough = known.length + i + 1 >= alert.acknowledgementsNeeded;
    const took = { type: 'alert-acknowledged', at, by: personId, withAlertId } as const;
    return { ...took, endsAt: isEnough ? endsAt : null };
  });
};

const isTaken = (events: readonly AlertEvent[]): boolean =>
  events.some((event) => event.type === 'alert-acknowledged' && event.endsAt !== null);

/** What becomes of one that nobody has taken in hand with another: it is kept, or it is told. */
const keptOrTold = (held: Held, { hold, next, now, delaySeconds }: Look): AlertEvent => {
  const isStanding = hold.is === 'standing';
  const untilAt = isStanding ? (hold.untilAt ?? held.untilAt) : held.untilAt;
  const backAt = isStanding ? null : (held.backAt ?? now);
  const isBack = backAt !== null && now >= secondsAfter(backAt, spareSeconds(held));
  const isLimit = now >= untilAt;
  if (!isBack && !isLimit) {
    const kept: Held = { ...held, backAt, untilAt };
    return { type: 'hold-kept', at: now, held: kept, nextStepAt: nextLook(kept, now) };
  }
  if (next !== null) return { type: 'hold-kept', at: now, ...next };
  const isFeed = held.why === 'feed-late';
  const from = hold.is === 'over' ? laterOf(now, hold.from ?? now) : now;
  const why = isFeed ? (isLimit ? 'after-limit' : 'after-feed-back') : 'after-cause';
  const nextStepAt = secondsAfter(from, delaySeconds);
  return { type: 'hold-ended', at: now, why: isBack ? why : 'after-limit', nextStepAt };
};

/**
 * What becomes of a held alert when it is looked at: told at its limit, or when what it waited for
 * is over; taken in hand with the alert under which it is held; else it is kept. Nothing where it
 * is not held.
 */
export const lookAtHeld = (alert: Alert, look: Look): readonly AlertEvent[] => {
  const { held } = alert;
  if (held === undefined) return [];
  const took = look.hold.is === 'taken' ? taken(alert, look.hold, look.now) : [];
  return isTaken(took) ? took : [keptOrTold(held, look)];
};
