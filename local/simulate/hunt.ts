import { runSeed } from './run-seed.ts';
import { planOf } from './world/plan.ts';

/** Looks for the first world that breaks a promise; prints its seed and the promise, or nothing. */
const [from = 1, most = 1] = process.argv.slice(2).map(Number);

const hunt = async (): Promise<string> => {
  for (let seed = from; seed < from + most; seed += 1) {
    const { problems } = await runSeed(planOf(seed));
    const [first] = problems;
    if (first !== undefined) return JSON.stringify({ seed, promise: first.promise });
  }
  return JSON.stringify({ seed: null, promise: null });
};

hunt().then(
  (found) => console.log(found),
  (error: unknown) => {
    // Record: without this guard the world does not even run.
    const promise = error instanceof Error ? error.message.split('\n')[0] : 'it does not run';
    console.log(JSON.stringify({ seed: from, promise: `it does not run: ${promise}` }));
  },
);
