import type { Dice } from '../engine/dice.ts';

/** From when to when things happen, how many deploys a day there are, and whether it is audited. */
export type Span = Readonly<{
  startAt: number;
  stormUntil: number;
  deploysADay: number;
  isWatched: boolean;
}>;

const MINUTE = 60_000;

/** An instant of the storm, or of its first part. */
export const within = (dice: Dice, { startAt, stormUntil }: Span, share = 1): number =>
  startAt + MINUTE + dice.below((stormUntil - startAt) * share);
