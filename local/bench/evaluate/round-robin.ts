/** Something that is timed: it does its work so often, and returns a number that depends on it. */
export type Candidate = Readonly<{ name: string; run: (times: number) => number }>;
export type Timing = Readonly<{ name: string; nanoseconds: number }>;

export type Effort = Readonly<{ rounds: number; millisecondsARound: number }>;
export const USUAL_EFFORT: Effort = { rounds: 25, millisecondsARound: 8 };

const millisecondsFor = ({ run }: Candidate, times: number): number => {
  const began = performance.now();
  run(times);
  return performance.now() - began;
};

/** How often a candidate is to run so that a round takes about as long as it should. */
const timesFor = (candidate: Candidate, { millisecondsARound }: Effort): number => {
  for (let times = 1; ; ) {
    const took = millisecondsFor(candidate, times);
    if (took >= millisecondsARound) return times;
    const grow = took < millisecondsARound / 50 ? 8 : (1.2 * millisecondsARound) / took;
    times = Math.max(times + 1, Math.ceil(times * grow));
  }
};

/**
 * Times candidates by turns, so that whatever else the machine does disturbs all of them alike, and
 * gives the least disturbed round of each.
 */
export const compare = (
  candidates: readonly Candidate[],
  effort: Effort = USUAL_EFFORT,
): Timing[] => {
  const entries = candidates.map((candidate) => ({
    candidate,
    times: timesFor(candidate, effort),
    least: Infinity,
  }));
  for (let round = 0; round < effort.rounds; round += 1) {
    for (const entry of entries) {
      const took = millisecondsFor(entry.candidate, entry.times) / entry.times;
      entry.least = Math.min(entry.least, took);
    }
  }
  return entries.map(({ candidate, least }) => ({
    name: candidate.name,
    nanoseconds: 1e6 * least,
  }));
};

/** The time of one candidate by itself, nanoseconds. */
export const timeOf = (run: (times: number) => number, effort: Effort = USUAL_EFFORT): number =>
  compare([{ name: 'alone', run }], effort)[0]?.nanoseconds ?? Number.NaN;
