import type { Motion } from '../../model/device-event.ts';
import { LONGEST_STEP_MINUTES, MOTION_FACTOR } from './constants.ts';

/** At the known place, elsewhere outside, or inside the zone. */
export const HYPOTHESES = ['home', 'elsewhere', 'inside'] as const;
export type Hypothesis = (typeof HYPOTHESES)[number];

/** A non-negative weight for each hypothesis; one that does not apply weighs 0. */
export type Weights = Readonly<Record<Hypothesis, number>>;

/**
 * Which hypotheses a question knows: without a place there is no home, without a zone no inside.
 */
export type Applies = Readonly<Record<Hypothesis, boolean>>;

/** The least odds of each other hypothesis against the likeliest. */
export type FloorOdds = Readonly<Record<Hypothesis, Readonly<Partial<Record<Hypothesis, number>>>>>;

/** How many changes a minute lead from each hypothesis to each other. */
export type ChangeRates = FloorOdds;

/** The hypotheses between which a question decides, their floors, and how they change. */
export type Frame = Readonly<{ applies: Applies; floors: FloorOdds; ratesPerMinute: ChangeRates }>;

export const weigh = (weight: (hypothesis: Hypothesis) => number): Weights => ({
  home: weight('home'),
  elsewhere: weight('elsewhere'),
  inside: weight('inside'),
});

const sumOf = (part: (hypothesis: Hypothesis) => number): number =>
  part('home') + part('elsewhere') + part('inside');

/** The most likely hypothesis; the first in the order of `HYPOTHESES` where two are equal. */
export const mostLikely = (weights: Weights): Hypothesis =>
  HYPOTHESES.reduce((best, h) => (weights[h] > weights[best] ? h : best));

/** Weights scaled to add up to 1. */
export const normalise = (weights: Weights): Weights => {
  const sum = weights.home + weights.elsewhere + weights.inside;
  return weigh((h) => weights[h] / sum);
};

/** The least odds of `other` against `likeliest`; 1 against itself. */
export const floorOdds = (frame: Frame, likeliest: Hypothesis, other: Hypothesis): number =>
  likeliest === other ? 1 : (frame.floors[likeliest][other] ?? 0);

/** The weights of a settled belief: its hypothesis at 1, every other that applies at its floor. */
export const settledWeights = (settled: Hypothesis, frame: Frame): Weights =>
  weigh((h) => (frame.applies[h] ? floorOdds(frame, settled, h) : 0));

/** One Markov step: what is believed after `minutes` (at most ten) without evidence. */
export const predict = (
  weights: Weights,
  { minutes, motion }: Readonly<{ minutes: number; motion: Motion }>,
  { ratesPerMinute }: Frame,
): Weights => {
  const rate = (from: Hypothesis, to: Hypothesis) =>
    to === from || weights[to] === 0 ? 0 : (ratesPerMinute[from][to] ?? 0);
  const effective = Math.min(minutes, LONGEST_STEP_MINUTES) * MOTION_FACTOR[motion];
  const leaving = weigh((from) => sumOf((to) => rate(from, to)));
  // Who leaves goes to each other hypothesis in the proportion of its rate.
  const moved = (from: Hypothesis, to: Hypothesis) =>
    leaving[from] === 0
      ? 0
      : (weights[from] * -Math.expm1(-leaving[from] * effective) * rate(from, to)) / leaving[from];
  return weigh((h) =>
    weights[h] === 0
      ? 0
      : weights[h] - sumOf((to) => moved(h, to)) + sumOf((from) => moved(from, h)),
  );
};
