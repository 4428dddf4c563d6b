import * as z from 'zod';
import {
  answerSecondsSchema,
  USUAL_ANSWER_SECONDS,
  USUAL_EXPIRE_SECONDS,
} from '../../model/conditions/check-in.ts';
import { secondsBetween } from '../../model/instant.ts';
import { whyNotApplicable } from '../hours.ts';
import { answerIn, checkOf, endOf, isBound, type OpenCheck } from '../planned-checks.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

const thresholds = z.object({
  answerSeconds: answerSecondsSchema,
  expireSeconds: answerSecondsSchema,
});
type Asked = Seen<ConditionOf<'check-in'>, z.infer<typeof thresholds>>;

const rounded = (share: number): number => Math.round(share * 1_000) / 1_000;

/** Of a check that was passed: in time, late, or after it had expired. */
const judgePassed = (seen: Asked, check: OpenCheck): Judgement => {
  const { at, watch } = seen;
  const { answerSeconds, expireSeconds } = watch.thresholds;
  const isLate = at >= endOf(check, answerSeconds);
  const isOver = at >= endOf(check, Math.max(answerSeconds, expireSeconds));
  const { askedAt, nextAt } = check;
  const used = secondsBetween(askedAt, at) / answerSeconds;
  const late = { reason: 'check-late', since: askedAt, until: at, certainty: null } as const;
  return {
    verdict: 'satisfied',
    reason: 'in-order',
    dueAt: nextAt,
    memory: { askedAt, passedAt: at, share: Math.min(1, rounded(used)) },
    ...(isLate && !isOver ? { past: late } : {}),
  };
};

/** Of a check that nobody has passed: there is still time, or it has expired. */
const judgeOpen = (seen: Asked, check: OpenCheck, failedAt: number | undefined): Judgement => {
  const { at, watch } = seen;
  const { answerSeconds, expireSeconds } = watch.thresholds;
  const expiresAt = endOf(check, Math.max(answerSeconds, expireSeconds));
  const { askedAt, nextAt } = check;
  const memory = failedAt === undefined ? {} : { askedAt, failedAt };
  if (at < expiresAt) {
    return { verdict: 'not-applicable', reason: 'awaiting-answer', memory, dueAt: expiresAt };
  }
  if (!isBound(seen, expiresAt)) {
    const reason = whyNotApplicable(watch, expiresAt);
    return { verdict: 'not-applicable', reason, memory: {}, dueAt: nextAt };
  }
  const hasFailed = failedAt !== undefined && failedAt < expiresAt;
  const reason = hasFailed ? 'check-failed' : 'check-expired';
  const found = { reason, since: askedAt, claims: null } as const;
  return { verdict: 'violated', ...found, memory, dueAt: nextAt };
};

/**
 * The wearer answers the checks that are planned for them. An answer that passes is in time, late,
 * or too late; without one the check has expired, or failed where answers came that did not pass.
 * Who was let off when they were asked, or by the time that it expired, has missed nothing.
 */
export const checkMissed = defineRule({
  name: 'check-missed',
  says: 'The wearer answers each planned check in time.',
  kinds: ['check-in'],
  suffix: null,
  isPermissible: true,
  thresholds,
  usual: { answerSeconds: USUAL_ANSWER_SECONDS, expireSeconds: USUAL_EXPIRE_SECONDS },
  basis: {
    answerSeconds: 'chosen: a quarter of an hour to get to the telephone',
    expireSeconds:
      "30 minutes, a field manual's example of a grace (Shadowtrack); weekly check-ins in " +
      'England and Wales expire after 72 hours, which an order states',
  },
  // Answers to this check, and not to the one before.
  isEvidence: (event, askedAt) =>
    event.kind === 'check' && event.result !== 'present' && event.recordedAt >= askedAt,
  judge: (seen) => {
    const { memory, at } = seen;
    const check = checkOf(seen);
    if ('verdict' in check) return check;
    const { askedAt, nextAt } = check;
    const known = memory.askedAt === askedAt ? memory : {};
    if (known.passedAt !== undefined) {
      return { verdict: 'satisfied', reason: 'in-order', memory: known, dueAt: nextAt };
    }
    const answer = answerIn(seen);
    if (answer === 'passed') return judgePassed(seen, check);
    return judgeOpen(seen, check, answer === 'not-passed' ? at : known.failedAt);
  },
});
