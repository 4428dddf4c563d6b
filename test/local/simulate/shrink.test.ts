import { describe, expect, it } from 'vitest';
import { type Only, type RunResult, runSeed } from '#local/simulate/run-seed.ts';
import { shrink } from '#local/simulate/shrink.ts';
import { planOf } from '#local/simulate/world/plan.ts';

const FAULTS = Array.from({ length: 40 }, (_, i) => `notify-1/${i}`);
const NEEDED = ['notify-1/7', 'notify-1/31'];

/** A run that breaks a promise where one happening and two faults come together. */
const runWith = (broken: RunResult): typeof runSeed => {
  return async (_, only: Only = { faults: null, happenings: null }) => {
    const has = (id: string) => only.faults === null || only.faults.has(id);
    const happens = only.happenings === null || only.happenings.has(1);
    const isBroken = happens && NEEDED.every(has);
    const faults = broken.faults.filter(({ id }) => has(id));
    return { ...broken, faults, problems: isBroken ? broken.problems : [] };
  };
};

describe('given a run that broke a promise', () => {
  it('leaves out whatever that did not take', async () => {
    const plan = planOf(4);
    const broken: RunResult = {
      ...(await runSeed(plan, { faults: new Set(), happenings: new Set() })),
      problems: [{ promise: 'I0', at: 0, what: 'it happened' }],
      faults: FAULTS.map((id) => ({ id, fault: 'refused', at: 0, where: 'notify-1' })),
    };
    const { only, runs } = await shrink(plan, broken, runWith(broken));
    expect([...(only.happenings ?? [])]).toEqual([1]);
    expect([...(only.faults ?? [])].sort()).toEqual([...NEEDED].sort());
    expect(runs).toBeLessThan(120);
  });
});
