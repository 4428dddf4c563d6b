import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import { createClockHistory } from './clock-history.ts';
import { type ClockReading, clockTimeAt, createClockMemory, writeReading } from './clock-memory.ts';

/**
 * `real` follows the machine; `rate` runs faster than it; `stopped` moves only when told to;
 * `replay` runs at real speed and may be made to jump ahead when nothing is left to do.
 */
export type ClockSetting =
  | { mode: 'real' }
  | { mode: 'rate'; rate: number; startAt?: Instant }
  | { mode: 'stopped'; startAt: Instant }
  | { mode: 'replay'; startAt: Instant };

/** What a cloud tells its clock, so that the clock can be moved from one due thing to the next. */
export type ClockFollower = {
  nextDueAt: () => Instant | undefined;
  settled: () => Promise<void>;
};

export type MovableClock = {
  readonly mode: ClockSetting['mode'];
  /** True when idle time can be skipped: nobody need wait for a retry that is only a jump away. */
  readonly canJump: boolean;
  /** Seconds that it shows while one passes on the machine; 0 when it is stopped. */
  readonly ratePerSecond: number;
  readonly memory: SharedArrayBuffer;
  now(): Instant;
  /** The clock's time at an earlier moment of the machine's time (epoch milliseconds). */
  fromReal(realAt: number): Instant;
  /** Real milliseconds until the clock shows `at` by itself; undefined when it is stopped. */
  realMillisecondsUntil(at: Instant): number | undefined;
  /** Shows `at` from now on, at once. Throws on a backward move and on a clock that cannot jump. */
  jumpTo(at: Instant): void;
  /** Shows `at` from now on, if that is later; for a cloud that was there before. Not when real. */
  continueFrom(at: Instant): void;
  /**
   * Moves to `at` through everything due on the way, letting each thing finish before the next. A
   * clock that cannot jump gets there by itself, and is waited for.
   */
  advanceTo(at: Instant): Promise<void>;
  advanceBy(milliseconds: number): Promise<void>;
  onMove(listener: () => void): () => void;
  follow(follower: ClockFollower): () => void;
};

const ratePerMilleOf = (setting: ClockSetting): number => {
  if (setting.mode === 'stopped') return 0;
  return setting.mode === 'rate' ? Math.round(setting.rate * 1000) : 1000;
};

const startOf = (setting: ClockSetting): number =>
  setting.mode === 'real' ? Date.now() : (setting.startAt ?? Date.now());

const LONGEST_PAUSE_MILLISECONDS = 60_000;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.min(Math.ceil(milliseconds), LONGEST_PAUSE_MILLISECONDS));
  });

const earliest = (followers: Iterable<ClockFollower>): Instant | undefined => {
  let first: Instant | undefined;
  for (const follower of followers) {
    const dueAt = follower.nextDueAt();
    if (dueAt !== undefined && (first === undefined || dueAt < first)) first = dueAt;
  }
  return first;
};

/**
 * Makes the one clock of a cloud. Everything held in the cloud, and every function, lives by it.
 */
export const createClock = (setting: ClockSetting): MovableClock => {
  const memory = createClockMemory();
  const ratePerMille = ratePerMilleOf(setting);
  if (setting.mode === 'rate' && ratePerMille < 1) {
    throw new Error(`A clock's rate must be above 0, and is ${setting.rate}.`);
  }
  const history = createClockHistory();
  const listeners = new Set<() => void>();
  const followers = new Set<ClockFollower>();
  let reading: ClockReading = { clockAt: 0, realAt: 0, ratePerMille };

  const show = (clockAt: number): void => {
    reading = { clockAt, realAt: Date.now(), ratePerMille };
    history.add(reading);
    writeReading(memory, reading);
  };
  show(startOf(setting));

  const canJump = setting.mode === 'stopped' || setting.mode === 'replay';
  const now = (): Instant => instant(clockTimeAt(reading, Date.now()));

  const jumpTo = (at: Instant): void => {
    if (!canJump) throw new Error(`A clock in mode "${setting.mode}" cannot be moved.`);
    const shown = now();
    if (at < shown && setting.mode === 'stopped') {
      throw new Error(`The clock shows ${toIso(shown)} and cannot go back to ${toIso(at)}.`);
    }
    // A replay clock runs on while its caller decides: being a little past the mark is no error.
    if (at < shown) return;
    show(at);
    for (const listener of listeners) listener();
  };

  const allSettled = async (): Promise<void> => {
    for (const follower of followers) await follower.settled();
  };

  const realMillisecondsUntil = (at: Instant): number | undefined =>
    ratePerMille === 0 ? undefined : Math.max(0, ((at - now()) * 1000) / ratePerMille);

  const advanceTo = async (at: Instant): Promise<void> => {
    while (!canJump && now() < at) await pause(realMillisecondsUntil(at) ?? 0);
    await allSettled();
    if (!canJump) return;
    for (let next = earliest(followers); next !== undefined && next <= at; ) {
      jumpTo(next > now() ? next : now());
      await allSettled();
      next = earliest(followers);
    }
    jumpTo(at);
    await allSettled();
  };

  return {
    mode: setting.mode,
    canJump,
    ratePerSecond: ratePerMille / 1000,
    memory,
    now,
    fromReal: (realAt) => instant(Math.max(0, history.clockTimeAt(realAt))),
    realMillisecondsUntil,
    jumpTo,
    continueFrom: (at) => {
      if (setting.mode !== 'real' && at > now()) show(at);
    },
    advanceTo,
    advanceBy: (milliseconds) => advanceTo(instant(now() + milliseconds)),
    onMove: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow: (follower) => {
      followers.add(follower);
      return () => followers.delete(follower);
    },
  };
};
