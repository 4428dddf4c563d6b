import * as z from 'zod';
import type { Instant } from '../../model/instant.ts';
import { instantSchema } from '../../model/instant.ts';
import { REPEAT_DISCOUNT, REPEAT_FADES_MINUTES } from './constants.ts';
import {
  type Frame,
  floorOdds,
  HYPOTHESES,
  type Hypothesis,
  mostLikely,
  normalise,
  predict,
  settledWeights,
  type Weights,
  weigh,
} from './hypotheses.ts';

/** Log-odds are kept in steps of 1/256, so that every machine folds to the same bits. */
const STEPS_PER_NAT = 256;

const settledSchema = z.object({ settled: z.enum(HYPOTHESES) });
const activeSchema = z.object({
  /** Log-odds of each hypothesis against the likeliest, in 1/256; null: does not apply. */
  odds: z.tuple([z.int().nullable(), z.int().nullable(), z.int().nullable()]),
  at: instantSchema.nullable(),
});

/**
 * What is believed: a settled hypothesis, which is a constant without memory, or odds in motion.
 */
export const beliefSchema = z.union([settledSchema, activeSchema]);
export type Belief = z.infer<typeof beliefSchema>;

/** Before any evidence: home as likely as elsewhere, and a zone as unlikely as its floor allows. */
export const ignorance = (frame: Frame): Belief => {
  const { applies } = frame;
  const inside = Math.round(Math.log(floorOdds(frame, 'elsewhere', 'inside')) * STEPS_PER_NAT);
  return {
    odds: [applies.home ? 0 : null, applies.elsewhere ? 0 : null, applies.inside ? inside : null],
    at: null,
  };
};

export const isSettled = (belief: Belief): belief is z.infer<typeof settledSchema> =>
  'settled' in belief;

/** Whether a belief rests on any evidence. */
export const isInformed = (belief: Belief): boolean => isSettled(belief) || belief.at !== null;

const weightsOf = (belief: Belief, frame: Frame): Weights => {
  if (isSettled(belief)) return settledWeights(belief.settled, frame);
  const [home, elsewhere, inside] = belief.odds;
  const weight = (odds: number | null) => (odds === null ? 0 : Math.exp(odds / STEPS_PER_NAT));
  return { home: weight(home), elsewhere: weight(elsewhere), inside: weight(inside) };
};

/** The probability of each hypothesis; they add up to 1. */
export const probabilities = (belief: Belief, frame: Frame): Weights =>
  normalise(weightsOf(belief, frame));

/** Whether a weight may not sink further: at its floor nothing of the past is remembered. */
const isAtFloor = (weights: Weights, h: Hypothesis, frame: Frame): boolean => {
  const likeliest = mostLikely(weights);
  return h === likeliest || weights[h] <= floorOdds(frame, likeliest, h) * weights[likeliest];
};

/** Raises every weight to its floor; settles where all others have reached it. */
const keep = (weights: Weights, frame: Frame, at: Instant | null): Belief => {
  const likeliest = mostLikely(weights);
  if (HYPOTHESES.every((h) => !frame.applies[h] || isAtFloor(weights, h, frame))) {
    return { settled: likeliest };
  }
  const odds = (h: Hypothesis): number | null => {
    if (!frame.applies[h]) return null;
    const raised = Math.max(weights[h], floorOdds(frame, likeliest, h) * weights[likeliest]);
    return Math.round(Math.log(raised / weights[likeliest]) * STEPS_PER_NAT);
  };
  return { odds: [odds('home'), odds('elsewhere'), odds('inside')], at };
};

/** How much of itself a repeat of a piece of evidence loses, by how coarse the piece is. */
const discountOf = (sigmaMetres: number): number => {
  const { fine, fineSigmaMetres, coarse, coarseSigmaMetres } = REPEAT_DISCOUNT;
  const share = (sigmaMetres - fineSigmaMetres) / (coarseSigmaMetres - fineSigmaMetres);
  return fine + (coarse - fine) * Math.min(1, Math.max(0, share));
};

/** What a piece of evidence has in common with the last one. */
export type Repeat = Readonly<{
  /** Squared distance from the last fix in units of sigma. */
  squaredSigmasMoved: number;
  sigmaMetres: number;
}>;

/** How much a piece of evidence counts that so many minutes before was much the same. */
export const repeatShare = (minutesSince: number, repeat: Repeat): number =>
  1 -
  discountOf(repeat.sigmaMetres) *
    Math.exp(-minutesSince / REPEAT_FADES_MINUTES - repeat.squaredSigmasMoved / 2);

export type Step = Readonly<{
  at: Instant;
  motion: 'moving' | 'still' | 'unknown';
  likelihood: Weights;
  /** Null where nothing is repeated. */
  repeat: Repeat | null;
  /** Whether it may do no more than unsettle: a cell position never decides alone. */
  mayOnlyUnsettle: boolean;
}>;

/**
 * What a piece of evidence may do that never decides: nothing rises above what was likeliest before
 * it, and what is not settled yet becomes no surer. Time alone must not tip the scales either: the
 * likeliest is that of before the prediction, and what was even stays even.
 */
const onlyUnsettled = (weighed: Weights, belief: Belief, before: Weights): Weights => {
  const likeliest = mostLikely(before);
  return weigh((h) => {
    const least = isSettled(belief) ? 0 : before[h] / before[likeliest];
    return Math.min(1, Math.max(least, weighed[h] / weighed[likeliest]));
  });
};

/** Minutes that a belief has gone without evidence: 1 from a settled one, which keeps no time. */
export const minutesSince = (belief: Belief, at: Instant): number =>
  isSettled(belief) || belief.at === null ? 1 : Math.max(0, (at - belief.at) / 60_000);

/** One step of the model: predict, weigh by the evidence, discount a repeat, keep to the floors. */
export const stepBelief = (belief: Belief, step: Step, frame: Frame): Belief => {
  const minutes = minutesSince(belief, step.at);
  const before = weightsOf(belief, frame);
  const predicted = predict(before, { minutes, motion: step.motion }, frame);
  const { repeat } = step;
  const share = isSettled(belief) || repeat === null ? 1 : repeatShare(minutes, repeat);
  const weighed = weigh((h) => predicted[h] * step.likelihood[h] ** share);
  const kept = step.mayOnlyUnsettle ? onlyUnsettled(weighed, belief, before) : weighed;
  return keep(normalise(kept), frame, step.at);
};

/**
 * Silence: what is believed widens by as many Markov steps of ten minutes as fit, and settles
 * nothing.
 */
export const widenBelief = (
  belief: Belief,
  silence: Readonly<{ minutes: number; at: Instant }>,
  frame: Frame,
): Belief => {
  let weights = weightsOf(belief, frame);
  for (let left = silence.minutes; left > 0; left -= 10) {
    weights = predict(weights, { minutes: Math.min(10, left), motion: 'unknown' }, frame);
  }
  return keep(normalise(weights), frame, silence.at);
};
