import type { Cloud } from '#local/cloud/cloud.ts';
import type { StandingStack } from '#local/meter/standing-stack.ts';
import type { Tally } from './head-end/tally.ts';
import { countKept, type KeptFixes, spreadNumbers } from './measures/kept-fixes.ts';
import { watchLags } from './measures/lags.ts';
import {
  detections,
  judgePages,
  type PageTime,
  pagesOf,
  pageTimes,
  type Verdict,
} from './measures/pages.ts';
import { watchDepth } from './measures/queue-depth.ts';
import type { LoadOptions } from './options.ts';
import { caseloadOf, runBacklog, runSteadyAndBurst, say, warmUp } from './phases.ts';
import type { Stretch } from './stretch.ts';

export type LoadRun = Readonly<{
  options: LoadOptions;
  setUpSeconds: number;
  warmUpSeconds: number;
  warmUp: Tally;
  steady: Stretch;
  burst: Stretch | null;
  backlog: Stretch | null;
  verdict: Verdict;
  pageTimes: readonly PageTime[];
  kept: KeptFixes;
  /** Of the function evaluate, the last of the steady stretch. */
  evaluateLines: readonly string[];
  standing: StandingStack;
}>;

/** Runs everything in a started cloud. */
export const runLoad = async (cloud: Cloud, options: LoadOptions): Promise<LoadRun> => {
  const caseload = caseloadOf(cloud, options);
  const { api, wearers } = caseload;
  const depths = watchDepth(cloud);
  const { headEnd, setUpSeconds, warmUpSeconds, tally } = await warmUp(cloud, depths, caseload);
  const bench = { cloud, headEnd, depths, lags: watchLags(cloud) };
  try {
    const { steady, burst, hidden, evaluateLines } = await runSteadyAndBurst(
      bench,
      caseload,
      warmUpSeconds,
    );
    const backlog = await runBacklog(bench, caseload);
    await cloud.settled();
    say('Reading back ...');
    const taken = await headEnd.countTaken();
    const besides = hidden.map(({ number }) => number);
    const numbers = spreadNumbers(wearers.length, options.verify, besides);
    const wearerIdOf = (number: number): string => wearers[number]?.wearerId ?? '';
    const pages = pagesOf(cloud.outbox.entries());
    const sends = steady.tally.urgent;
    return {
      ...{ options, setUpSeconds, warmUpSeconds, warmUp: tally, steady, burst, backlog },
      verdict: judgePages(hidden, pages),
      pageTimes: pageTimes({ hidden, pages, detectedAt: await detections(api), sends }),
      kept: await countKept({ api, numbers, wearerIdOf, taken }),
      evaluateLines,
      standing: cloud.standing,
    };
  } finally {
    bench.depths.end();
    headEnd.stop();
  }
};
