import { describe, expect, it } from 'vitest';
import { explain } from '#local/simulate/explain.ts';
import { ALL, type RunResult, runSeed } from '#local/simulate/run-seed.ts';
import { shrink } from '#local/simulate/shrink.ts';
import { type Plan, planOf } from '#local/simulate/world/plan.ts';

/** Worlds beyond those that anybody runs by hand first. */
const FIRST_SEED = 100_001;
const WORLDS = 200;

/** The first world in which much goes wrong, and in which no device is silent by itself. */
const stormy = () => {
  const plans = Array.from({ length: 50 }, (_, i) => planOf(i + 1));
  const plan = plans.find(
    ({ climate, office, happenings }) =>
      climate.calls > 0.05 && office.liveIds.length === 0 && happenings.length > 9,
  );
  if (plan === undefined) throw new Error('no world is stormy');
  return plan;
};

/** What some of the worlds come across: a promise about what never happens is none. */
const COME_ACROSS = [
  ...['alert-opened', 'alert-acknowledged', 'alert-closed', 'alert-escalated'],
  ...[
    'acknowledgement-ended',
    'violation-amended',
    'violation-withdrawn',
    'violation-became-graver',
  ],
  ...['step-run', 'channel-failed', 'further-channels-tried', 'receipt', 'stopped'],
  ...['by text: alert-acknowledged', 'by text: alert-escalated'],
  ...['held: paused', 'held: inhibited', 'held: grouped', 'let go: paused', 'let go: grouped'],
  ...['told of auditor-silent', 'told of pages-late'],
  ...['liaison told: raised', 'liaison told: updated', 'liaison told: cancelled'],
  ...['liaison told: closed', 'event delivered', 'event sent again', 'event told again'],
  ...['told by rule: told-first', 'told by rule: policy-step', 'told by rule: by-hand'],
  ...['told by rule: court-last', 'transfer: people called', 'transfer: let go'],
  ...['transfer: accept 200', 'transfer: reject 200', 'transfer: abort 200'],
  ...['transfer: complete 200'],
  ...['transfer: taken', 'transfer: refused', 'transfer: unanswered'],
  ...['decision taken', 'decision about several alerts', 'decision withdrawn'],
  ...['closing-withdrawn', 'task begun again', 'task ended', 'level returned'],
  'task raised: referral-follow-up',
];

const failure = async (plan: Plan, result: RunResult): Promise<string[]> => {
  if (result.problems.length === 0) return [];
  return explain(plan, await shrink(plan, result));
};

describe('given worlds in which everything goes wrong', () => {
  it('keeps every promise, and comes across all that they are about', async () => {
    const failures: string[] = [];
    const seen = new Set<string>();
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WORLDS; seed += 1) {
      const plan = planOf(seed);
      const result = await runSeed(plan);
      failures.push(...(await failure(plan, result)));
      for (const sight of result.sights.keys()) seen.add(sight);
    }
    expect(failures).toEqual([]);
    expect(COME_ACROSS.filter((sight) => !seen.has(sight))).toEqual([]);
  }, 1_200_000);

  it('lives through one in the same way each time', async () => {
    const plan = stormy();
    const [first, second] = [await runSeed(plan, ALL, true), await runSeed(plan, ALL, true)];
    expect(first.faults.length).toBeGreaterThan(10);
    expect(first.tolds.length).toBeGreaterThan(10);
    expect(second.lines).toEqual(first.lines);
  });

  it('tells nobody where nothing happens', async () => {
    const plan = stormy();
    const nothing = await runSeed(plan, { faults: null, happenings: new Set() });
    expect(nothing.tolds).toEqual([]);
  });
});
