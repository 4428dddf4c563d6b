/** True when the part that gave this check has nothing left to do. */
export type DrainedCheck = () => boolean | Promise<boolean>;

/** Knows whether anything is going on in the cloud, and tells when it no longer is. */
export type Activity = {
  /** Counts one thing as in flight until the result is called. */
  begin(): () => void;
  /** Says that something changed which a check may want to look at again. */
  changed(): void;
  /** Adds a question that `settled` asks whenever nothing is in flight. */
  addCheck(check: DrainedCheck): void;
  /** Resolves when nothing is in flight and every check says so, with no change in between. */
  settled(): Promise<void>;
};

// Every change is signalled; this only guards against an engine that changes by itself.
const LOOK_AGAIN_MILLISECONDS = 25;

export const createActivity = (): Activity => {
  const checks: DrainedCheck[] = [];
  let waiting: (() => void)[] = [];
  let inFlight = 0;
  let version = 0;

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

  const isDrained = async (): Promise<boolean> => {
    for (const check of checks) {
      if (!(await check())) return false;
    }
    return true;
  };

  const begin = (): (() => void) => {
    inFlight += 1;
    changed();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      inFlight -= 1;
      changed();
    };
  };

  const settled = async (): Promise<void> => {
    for (;;) {
      const seen = version;
      const drained = inFlight === 0 && (await isDrained());
      if (drained && inFlight === 0 && version === seen) return;
      if (version === seen) await nextChange();
    }
  };

  return { begin, changed, addCheck: (check) => checks.push(check), settled };
};
