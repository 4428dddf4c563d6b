import * as z from 'zod';
import { instant, secondsAfter } from '../../model/instant.ts';
import { defineRule, type Judgement } from '../rule.ts';

/** What the position model says when it has evidence, and cannot decide. */
const UNCLEAR: ReadonlySet<string> = new Set([
  'near-the-edge',
  'fix-in-zone',
  'uncertain',
  'signals-disagree',
]);

/**
 * Somebody may be where they must not be, or away from where they must be, and the evidence goes on
 * being too weak to say so. That is no violation of the condition and never reads as one; but after
 * a while the officer should know that nobody can tell.
 */
export const whereaboutsUnclear = defineRule({
  name: 'whereabouts-unclear',
  says: 'It can be told whether the wearer keeps a zone or a curfew.',
  kinds: ['exclusion-zone', 'curfew'],
  suffix: 'unclear',
  thresholds: z.object({ unclearSeconds: z.number().int().min(300).max(86_400) }),
  usual: { unclearSeconds: 7_200 },
  basis: { unclearSeconds: 'two hours, as long as a silent device may go before it is escalated' },
  judge: ({ core, watch, memory, at }): Judgement => {
    const first = core.watches[watch.firstWatchId];
    const nothing = { memory: {}, dueAt: null, rests: true };
    if (first === undefined || first.verdict === 'not-applicable') {
      return { ...nothing, verdict: 'not-applicable', reason: 'outside-hours' };
    }
    if (first.verdict !== 'undetermined') {
      return { ...nothing, verdict: 'satisfied', reason: 'in-order' };
    }
    if (!UNCLEAR.has(first.reason)) {
      return { ...nothing, memory, verdict: 'undetermined', reason: 'uncertain' };
    }
    const unclearSince = instant(memory.unclearSince ?? at);
    const dueAt = secondsAfter(unclearSince, watch.thresholds.unclearSeconds);
    // It changes with what it looks at, and with time.
    const kept = { memory: { unclearSince }, rests: first.rests };
    if (at < dueAt) return { ...kept, dueAt, verdict: 'undetermined', reason: 'uncertain' };
    const found = { reason: 'whereabouts-unclear', since: unclearSince, claims: null } as const;
    return { ...kept, dueAt: null, verdict: 'violated', ...found };
  },
});
