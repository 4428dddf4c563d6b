import { ALL, type Only, type RunResult, runSeed } from './run-seed.ts';
import type { Plan } from './world/plan.ts';

export type Shrunk = Readonly<{ only: Only; result: RunResult; runs: number }>;

const MOST_RUNS = 400;

/**
 * The smallest part of a failing world that still breaks the same promise: fewer faults, fewer
 * happenings. Pieces are left out, the large ones first, as long as the failure stays.
 */
export const shrink = async (
  plan: Plan,
  failing: RunResult,
  run: typeof runSeed = runSeed,
): Promise<Shrunk> => {
  const promise = failing.problems[0]?.promise;
  let runs = 0;
  let best: Readonly<{ only: Only; result: RunResult }> = { only: ALL, result: failing };

  const tryWith = async (only: Only): Promise<boolean> => {
    if (runs >= MOST_RUNS) return false;
    runs += 1;
    const result = await run(plan, only);
    const isSame = result.problems.some((problem) => problem.promise === promise);
    if (isSame) best = { only, result };
    return isSame;
  };

  const reduce = async <T>(
    all: readonly T[],
    onlyOf: (some: ReadonlySet<T>) => Only,
  ): Promise<void> => {
    let left = [...all];
    if (await tryWith(onlyOf(new Set()))) return;
    for (
      let size = Math.ceil(left.length / 2);
      size >= 1;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    ) {
      for (let from = 0; from < left.length; ) {
        const rest = [...left.slice(0, from), ...left.slice(from + size)];
        if (rest.length > 0 && (await tryWith(onlyOf(new Set(rest))))) left = rest;
        else from += size;
      }
    }
  };

  const happenings = plan.happenings.map((_, number) => number);
  await reduce(happenings, (some) => ({ ...best.only, happenings: some }));
  const faults = best.result.faults.map(({ id }) => id);
  await reduce(faults, (some) => ({ ...best.only, faults: some }));
  return { ...best, runs };
};
