/** Something that is timed: it does its work so often, and returns a number that depends on it. */
export type Candidate = Readonly<{ name: string; run: (times: number) => number }>;
export type Timing = Readonly<{ name: string; nanoseconds: number }>;

/** Rounds so short that many of them fall between whatever else the machine does. */
const MILLISECONDS_A_ROUND = 1.5;
const MOST_ROUNDS = 100;
/** Who takes long for one go has fewer rounds, but never fewer than these. */
const LEAST_ROUNDS = 4;
const MOST_MILLISECONDS = 800;

const millisecondsFor = ({ run }: Candidate, times: number): number => {
  const began = performance.now();
  run(times);
  return performance.now() - began;
};

/** How often a candidate is to run so that a round takes about as long as it should. */
const timesFor = (candidate: Candidate): number => {
  for (let times = 1; ; ) {
    const took = millisecondsFor(candidate, times);
    if (took >= MILLISECONDS_A_ROUND) return times;
    const grow = took < MILLISECONDS_A_ROUND / 50 ? 8 : (1.2 * MILLISECONDS_A_ROUND) / took;
    times = Math.max(times + 1, Math.ceil(times * grow));
  }
};

/**
 * Times candidates by turns, so that whatever else the machine does disturbs all of them alike, and
 * gives the least disturbed round of each.
 */
export const compare = (candidates: readonly Candidate[]): Timing[] => {
  const entries = candidates.map((candidate) => ({
    candidate,
    ...{ times: timesFor(candidate), least: Infinity, spent: 0 },
  }));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const entry of entries) {
      if (round >= LEAST_ROUNDS && entry.spent > MOST_MILLISECONDS) continue;
      const took = millisecondsFor(entry.candidate, entry.times);
      entry.spent += took;
      entry.least = Math.min(entry.least, took / entry.times);
    }
  }
  return entries.map(({ candidate, least }) => ({
    name: candidate.name,
    nanoseconds: 1e6 * least,
  }));
};

/**
 * A candidate that goes through all of a sample each time it runs: every candidate meets the same,
 * whatever it takes for it. Its time is that of one go, see `each`.
 */
export const through = <T>(
  name: string,
  sample: readonly T[],
  work: (one: T) => number,
): Candidate => ({
  name,
  run: (times) => {
    let sum = 0;
    for (let n = 0; n < times; n += 1) for (const one of sample) sum += work(one);
    return sum;
  },
});

/** The times for one of a sample, from those for all of it. */
export const each = (timings: readonly Timing[], sample: readonly unknown[]): Timing[] =>
  timings.map(({ name, nanoseconds }) => ({ name, nanoseconds: nanoseconds / sample.length }));

/** The time of one candidate by itself, nanoseconds. */
export const timeOf = (run: (times: number) => number): number =>
  compare([{ name: 'alone', run }])[0]?.nanoseconds ?? Number.NaN;
