import type { DeviceEvent } from '../model/device-event.ts';
import { type Instant, secondsBetween } from '../model/instant.ts';

export type Gap = Readonly<{ fromAt: Instant; toAt: Instant }>;

/** Every stretch between two fixes, in their order, that is longer; cell positions are none. */
export const gapsIn = (events: readonly DeviceEvent[], gapSeconds: number): Gap[] => {
  const at = events.flatMap((event) =>
    event.kind === 'fix' && event.source !== 'cell' ? [event.recordedAt] : [],
  );
  return at.flatMap((toAt, i) => {
    const fromAt = at[i - 1];
    const isGap = fromAt !== undefined && secondsBetween(fromAt, toAt) > gapSeconds;
    return isGap ? [{ fromAt, toAt }] : [];
  });
};

/** Whether the newest position is too old to be shown as where somebody is; true without one. */
export const isOutOfSync = (
  lastFixAt: Instant | null,
  now: Instant,
  outOfSyncSeconds: number,
): boolean => lastFixAt === null || secondsBetween(lastFixAt, now) > outOfSyncSeconds;
