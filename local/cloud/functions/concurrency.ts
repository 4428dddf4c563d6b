/** How many invocations may run at once: each takes a place, and gives it back. */
export type ConcurrencyPool = {
  /** False = throttled: no place was free. */
  take(): boolean;
  give(): void;
};

/** The account's concurrency: what functions reserve is theirs, the rest is for all others. */
export type AccountConcurrency = {
  /** A pool of its own for a function that reserves `count`. */
  reserve(count: number): ConcurrencyPool;
  /** The pool of all functions that reserve nothing. */
  readonly shared: ConcurrencyPool;
  reserved(): number;
};

/** An account's default: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const ACCOUNT_CONCURRENCY = 1000;

export const createPool = (limit: () => number): ConcurrencyPool => {
  let running = 0;
  return {
    take: () => {
      if (running >= limit()) return false;
      running += 1;
      return true;
    },
    give: () => {
      running -= 1;
    },
  };
};

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export const createAccountConcurrency = (): AccountConcurrency => {
  let reserved = 0;
  return {
    reserve: (count) => {
      reserved += count;
      return createPool(() => count);
    },
    shared: createPool(() => ACCOUNT_CONCURRENCY - reserved),
    reserved: () => reserved,
  };
};
