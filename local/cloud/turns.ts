/** Runs pieces of work that share a key one after the other. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export const createTurns = (): Turns => {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    // One's failure is for its own caller; the next goes on.
    const mine = before.then(work, work);
    last.set(key, mine);
    return mine;
  };
};
