import type { DeviceEvent } from '../model/device-event.ts';
import { type Instant, secondsBetween } from '../model/instant.ts';

/** Longer without a fix, and the trail shows that something is missing (MoJ trail viewer). */
const GAP_SECONDS = 300;
/** A newest position that is older says nothing of now: "out of sync" (MoJ trail viewer). */
const OUT_OF_SYNC_SECONDS = 900;

export type Gap = Readonly<{ fromAt: Instant; toAt: Instant }>;

/** Every stretch between two fixes, in their order, that is too long; cell positions are none. */
export const gapsIn = (events: readonly DeviceEvent[]): Gap[] => {
  const at = events.flatMap((event) =>
    event.kind === 'fix' && event.source !== 'cell' ? [event.recordedAt] : [],
  );
  return at.flatMap((toAt, i) => {
    const fromAt = at[i - 1];
    const isGap = fromAt !== undefined && secondsBetween(fromAt, toAt) > GAP_SECONDS;
    return isGap ? [{ fromAt, toAt }] : [];
  });
};

/** Whether the newest position is too old to be shown as where somebody is; true without one. */
export const isOutOfSync = (lastFixAt: Instant | null, now: Instant): boolean =>
  lastFixAt === null || secondsBetween(lastFixAt, now) > OUT_OF_SYNC_SECONDS;
