import * as z from 'zod';
import { answerSecondsSchema, USUAL_ANSWER_SECONDS } from '../../model/conditions/check-in.ts';
import { answerIn, checkOf, endOf } from '../planned-checks.ts';
import { defineRule } from '../rule.ts';

/**
 * Asks the wearer for a check when it is planned, once: what it finds is no violation but a nudge,
 * of use until the time to answer has passed.
 */
export const checkPrompt = defineRule({
  name: 'check-prompt',
  says: 'The wearer is asked for each planned check when it is due.',
  kinds: ['check-in'],
  suffix: 'prompt',
  isPermissible: true,
  thresholds: z.object({ answerSeconds: answerSecondsSchema }),
  usual: { answerSeconds: USUAL_ANSWER_SECONDS },
  basis: { answerSeconds: 'as for a missed check: the prompt names the same time' },
  isEvidence: () => false,
  judge: (seen) => {
    const { watch, memory, at } = seen;
    const check = checkOf(seen);
    if ('verdict' in check) return check;
    const { askedAt, nextAt } = check;
    const untilAt = endOf(check, watch.thresholds.answerSeconds);
    const isAnswered = memory.answered === askedAt || answerIn(seen) === 'passed';
    if (isAnswered) {
      const answered = { answered: askedAt };
      return { verdict: 'satisfied', reason: 'in-order', memory: answered, dueAt: nextAt };
    }
    if (at >= untilAt) {
      return { verdict: 'not-applicable', reason: 'outside-hours', memory: {}, dueAt: nextAt };
    }
    const due = { reason: 'check-due', since: askedAt, claims: null, untilAt } as const;
    return { verdict: 'violated', ...due, memory: {}, dueAt: untilAt };
  },
});
