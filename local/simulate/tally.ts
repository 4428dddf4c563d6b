import type { Happened } from './engine/weather.ts';
import type { RunResult } from './run-seed.ts';

/** What many worlds came to. */
export type Tally = {
  seeds: number;
  broken: number;
  told: number;
  /** Pages of which nobody was told who must have been, or too late, or more often than once. */
  misses: number;
  late: number;
  doubles: number;
  /** Doubles that a crash, a lost answer or a repeat explains. */
  excusedDoubles: number;
  worstLatenessSeconds: number;
  acts: number;
  faults: Map<Happened['fault'], number>;
  /** What was come across. */
  sights: Map<string, number>;
  livedMilliseconds: number;
};

export const emptyTally = (): Tally => ({
  ...{ seeds: 0, broken: 0, told: 0, misses: 0, late: 0, doubles: 0, excusedDoubles: 0 },
  ...{ worstLatenessSeconds: 0, acts: 0, faults: new Map(), sights: new Map() },
  livedMilliseconds: 0,
});

/** Adds one world. */
export const addTo = (tally: Tally, result: RunResult): void => {
  tally.seeds += 1;
  if (result.problems.length > 0) tally.broken += 1;
  tally.told += result.tolds.length;
  tally.acts += result.acts.length;
  tally.livedMilliseconds += result.lived;
  const { counts } = result;
  tally.misses += counts.miss;
  tally.late += counts.late;
  tally.doubles += counts.double;
  tally.excusedDoubles += counts['explained double'];
  tally.worstLatenessSeconds = Math.max(tally.worstLatenessSeconds, counts.worstLatenessSeconds);
  for (const [sight, count] of result.sights) {
    tally.sights.set(sight, (tally.sights.get(sight) ?? 0) + count);
  }
  for (const { fault } of result.faults) {
    tally.faults.set(fault, (tally.faults.get(fault) ?? 0) + 1);
  }
};

const YEAR_MILLISECONDS = 365.25 * 86_400_000;

/** The summary of a run that took so many seconds. */
export const summaryOf = (tally: Tally, tookSeconds: number): string[] => {
  const listed = (counts: ReadonlyMap<string, number>): string =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `${what} ${count}`)
      .join(', ');
  const years = tally.livedMilliseconds / YEAR_MILLISECONDS;
  const total = [...tally.faults.values()].reduce((sum, count) => sum + count, 0);
  return [
    `  Worlds            ${tally.seeds}, of which ${tally.broken} broke a promise`,
    `  Told              ${tally.told} messages, ${tally.acts} acts of people`,
    `  Misses            ${tally.misses}; ${tally.late} too late, ${tally.doubles} doubles without a cause`,
    `  Explained doubles ${tally.excusedDoubles}, each after a fault between taking it and noting that`,
    `  Worst lateness    ${tally.worstLatenessSeconds.toFixed(0)} s, of any step, with everything that went wrong`,
    `  Faults            ${total} (${listed(tally.faults)})`,
    `  Came across       ${listed(tally.sights)}`,
    `  Simulated         ${years.toFixed(2)} years, ${((years * 60) / tookSeconds).toFixed(2)} years a minute`,
    `  Took              ${tookSeconds.toFixed(0)} s, ${(tally.seeds / tookSeconds).toFixed(1)} worlds a second`,
  ];
};
