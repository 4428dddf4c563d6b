import type { TwoClocks } from '#domain/evaluate/fold-to.ts';
import type { AsAt } from '#domain/model/as-at.ts';
import { earlierOf, type Instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import type { ParkedStretch } from '../adapters/dynamodb/parked-stretches.ts';

const holding = (stretches: readonly ParkedStretch[], at: Instant): ParkedStretch | null =>
  stretches.findLast(
    ({ parkedAt, unparkedAt }) => parkedAt <= at && (unparkedAt === null || at < unparkedAt),
  ) ?? null;

/** What evaluation knew at an instant of somebody who may have been parked. */
export type ParkedThen = Readonly<{
  /** The clocks, no later than what had been evaluated by `knownAt`. */
  evaluated: TwoClocks;
  /** Nobody had evaluated what was so at `time`: nothing can be said of it. */
  isBlind: boolean;
  parked: AsAt['parked'];
}>;

const shown = (stretch: ParkedStretch | null, knownAt: Instant): AsAt['parked'] => {
  if (stretch === null) return null;
  const { parkedAt, unparkedAt, evaluatedUntil } = stretch;
  const until = unparkedAt !== null && unparkedAt <= knownAt ? unparkedAt : null;
  const isKnown = evaluatedUntil > 0;
  return {
    ...{ from: toIso(parkedAt), until: isoOrNull(until) },
    evaluatedUntil: isKnown ? toIso(evaluatedUntil) : null,
  };
};

/**
 * Whoever was parked when something was known had been evaluated only so far: what had come in
 * since was kept, and nobody knew what it showed.
 */
export const parkedThen = (
  stretches: readonly ParkedStretch[],
  { time, knownAt }: TwoClocks,
): ParkedThen => {
  const unknowing = holding(stretches, knownAt);
  if (unknowing === null) {
    const evaluated = { time, knownAt };
    return { evaluated, isBlind: false, parked: shown(holding(stretches, time), knownAt) };
  }
  const { evaluatedUntil } = unknowing;
  const isBlind = time > evaluatedUntil;
  return {
    evaluated: { time: earlierOf(time, evaluatedUntil), knownAt: evaluatedUntil },
    isBlind,
    parked: shown(isBlind ? unknowing : holding(stretches, time), knownAt),
  };
};

/** A watch of somebody who was parked: what it asks stands, and what is so is not known. */
export const unwatched = <W extends Readonly<{ addedUp?: unknown }>>(watch: W) => {
  const { addedUp: _, ...asked } = watch;
  return { ...asked, verdict: 'undetermined' as const, reason: 'parked', believed: null };
};
