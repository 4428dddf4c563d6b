import type { Log } from './log.ts';

/** True when the part that gave this check has nothing left to do. */
export type DrainedCheck = () => boolean | Promise<boolean>;

/** Knows whether anything is going on in the cloud, and tells when it no longer is. */
export type Activity = {
  /** Counts one thing as in flight until the result is called. `what` shows when it takes long. */
  begin(what: string): () => void;
  /** Says that something changed which a check may want to look at again. */
  changed(): void;
  /** Adds a question that `settled` asks whenever nothing is in flight. */
  addCheck(what: string, check: DrainedCheck): void;
  /** Resolves when nothing is in flight and every check says so, with no change in between. */
  settled(): Promise<void>;
  /** Ends it: whoever still waits, or asks later, is told so by an error. */
  stop(): void;
};

// Every change is signalled; this only guards against an engine that changes by itself.
const LOOK_AGAIN_MILLISECONDS = 25;
const LONG_MILLISECONDS = 30_000;

export const createActivity = (log: Log): Activity => {
  const checks: { what: string; check: DrainedCheck }[] = [];
  const inFlight = new Set<{ what: string }>();
  let waiting: (() => void)[] = [];
  let version = 0;
  let stopped = false;

  const changed = (): void => {
    version += 1;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };

  const nextChange = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_AGAIN_MILLISECONDS);
      waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  /** What keeps the cloud busy, found first; undefined when nothing does. */
  const findBusy = async (): Promise<string | undefined> => {
    for (const { what } of inFlight) return what;
    for (const { what, check } of checks) {
      if (!(await check())) return what;
    }
    return undefined;
  };

  const begin: Activity['begin'] = (what) => {
    const entry = { what };
    inFlight.add(entry);
    changed();
    return () => {
      if (inFlight.delete(entry)) changed();
    };
  };

  const settled = async (): Promise<void> => {
    let tellAt = performance.now() + LONG_MILLISECONDS;
    for (;;) {
      if (stopped) throw new Error('The local cloud has stopped.');
      const seen = version;
      const busy = await findBusy();
      if (busy === undefined && inFlight.size === 0 && version === seen) return;
      if (performance.now() > tellAt) {
        log(`still busy: ${busy ?? 'something keeps changing'}`);
        tellAt += LONG_MILLISECONDS;
      }
      if (version === seen) await nextChange();
    }
  };

  const stop = (): void => {
    stopped = true;
    changed();
  };

  return {
    begin,
    changed,
    addCheck: (what, check) => checks.push({ what, check }),
    settled,
    stop,
  };
};
