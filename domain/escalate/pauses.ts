import type { Alert, Held } from '../model/alert.ts';
import {
  DAY_SECONDS,
  earlierOf,
  type Instant,
  instant,
  laterOf,
  secondsAfter,
} from '../model/instant.ts';
import { LONGEST_PAUSE_DAYS, type Pause } from '../model/pause.ts';
import type { Violation } from '../model/violation.ts';
import { type Hold, type HoldFound, holdOf } from './held.ts';
import { isSafety } from './safety.ts';

/** A pause as it now stands, and when it came to stand so. */
export type DatedPause = Readonly<{ pause: Pause; changedAt: Instant }>;

/** How often an alert looks whether its pause has been changed. */
export const PAUSE_LOOK_SECONDS = 300;
/** What a pause held goes out so far apart, in the order in which it came. */
const RELEASE_GAP_SECONDS = 1;
/** However many it held: none waits for longer after its pause. */
const LONGEST_RELEASE_SECONDS = 900;

const isOver = ({ endsAt }: Pause, at: Instant): boolean => at >= endsAt;

const isInForce = (pause: Pause, at: Instant): boolean =>
  pause.startsAt <= at && !isOver(pause, at);

type Found = Pick<Violation, 'wearerId' | 'conditionKind' | 'reason'>;

const isInScope = ({ scope }: Pause, { wearerId, conditionKind }: Found): boolean => {
  switch (scope.kind) {
    case 'agency':
      return true;
    case 'wearer':
      return scope.wearerId === wearerId;
    case 'kinds':
      return scope.kinds.some((kind) => kind === conditionKind);
    default:
      return scope satisfies never;
  }
};

/** Whether a pause holds what was found: where safety hangs on it, two people have agreed. */
const covers = (pause: Pause, found: Found): boolean =>
  isInScope(pause, found) && (!isSafety(found) || (pause.withSafety && pause.second !== null));

/** The pause that ends last of those that hold something at an instant; null: none does. */
const coveringAt = (pauses: readonly DatedPause[], found: Found, at: Instant): Pause | null =>
  pauses
    .map(({ pause }) => pause)
    .filter((pause) => isInForce(pause, at) && covers(pause, found))
    .reduce<Pause | null>((last, one) => (last && last.endsAt >= one.endsAt ? last : one), null);

/** How an alert is held that opens, or would be told, in a pause; null: none holds it. */
export const holdForPause = (
  pauses: readonly DatedPause[],
  found: Found,
  now: Instant,
): Hold | null => {
  const pause = coveringAt(pauses, found, now);
  if (pause === null) return null;
  const held: Held = {
    ...{ why: 'paused', pauseId: pause.pauseId, untilAt: pause.endsAt, backAt: null },
    everySeconds: PAUSE_LOOK_SECONDS,
  };
  return holdOf(held, now);
};

/**
 * From when whatever a pause held is told: its end; where it was changed, when everything held has
 * had a look at that. So all of it counts from the same instant.
 */
const releasedFrom = ({ pause, changedAt }: DatedPause, found: Found): Instant => {
  const seenAt = secondsAfter(changedAt, PAUSE_LOOK_SECONDS);
  return covers(pause, found) ? laterOf(pause.endsAt, seenAt) : seenAt;
};

/**
 * What has become of the pause for which an alert is held; `nth`: its place among all that this
 * pause has held. None is held for longer than the longest pause, however often that is put off.
 */
export const lookAtPause = (
  alert: Pick<Alert, 'openedAt' | 'facts' | 'held'>,
  pauses: readonly DatedPause[],
  { now, nth }: Readonly<{ now: Instant; nth: number }>,
): HoldFound => {
  const { violation } = alert.facts;
  const lastAt = secondsAfter(alert.openedAt, LONGEST_PAUSE_DAYS * DAY_SECONDS);
  if (now >= lastAt) return { is: 'over' };
  const standing = coveringAt(pauses, violation, now);
  if (standing !== null) {
    return { is: 'standing', untilAt: earlierOf(standing.endsAt, lastAt) };
  }
  const begun = pauses.filter(({ pause }) => pause.startsAt <= now && isInScope(pause, violation));
  const from = begun.map((one) => releasedFrom(one, violation)).reduce(laterOf, instant(0));
  const place = Math.min(nth * RELEASE_GAP_SECONDS, LONGEST_RELEASE_SECONDS);
  return { is: 'over', from: secondsAfter(from, place) };
};

const restOf = ({ pauseId, scope, startsAt, withSafety }: Pause): string =>
  JSON.stringify([pauseId, scope, startsAt, withSafety]);

/** Whether a change of a pause only makes it shorter: then whoever agreed has agreed to it. */
export const onlyShortens = (before: Pause, next: Pause): boolean =>
  next.endsAt <= before.endsAt && restOf(before) === restOf(next);
