import { distanceMetres } from '../../geo/plane.ts';
import type { Position } from '../../geo/position.ts';
import type { Check, Fix } from '../../model/device-event.ts';
import { type Belief, isSettled, type Repeat, stepBelief } from './belief.ts';
import type { KnownPlace } from './known-place.ts';
import { checkLikelihood, fixLikelihood, type Sighting } from './likelihood.ts';
import { type Question, sight } from './question.ts';
import { agreesCoarsely } from './safe-region.ts';

export type SeenFix = Readonly<{
  fix: Fix;
  /** Where the last fix was that is evidence; null where there was none. */
  lastFix: Position | null;
}>;

const repeatOf = ({ fix, lastFix }: SeenFix, { sigmaMetres }: Sighting): Repeat | null =>
  lastFix === null
    ? null
    : {
        squaredSigmasMoved: (distanceMetres(lastFix, fix) / sigmaMetres) ** 2,
        sigmaMetres,
      };

/** Whether a cell position agrees with what is settled, as far as it can tell. */
const agrees = (question: Question, belief: Belief, sighting: Sighting): boolean =>
  isSettled(belief) &&
  agreesCoarsely(question, belief.settled, {
    sigmaMetres: sighting.sigmaMetres,
    fromPlacesMetres: Math.min(...sighting.placeDistancesMetres, Number.POSITIVE_INFINITY),
    clearanceMetres: -sighting.depthMetres,
  });

/** What is believed after one more fix, and what the fix looked like. */
export const believeFix = (
  question: Question,
  belief: Belief,
  seen: SeenFix,
): Readonly<{ belief: Belief; sighting: Sighting }> => {
  const { fix } = seen;
  const sighting = sight(question, fix);
  if (fix.source === 'cell' && agrees(question, belief, sighting)) return { belief, sighting };
  const step = {
    at: fix.recordedAt,
    motion: fix.motion,
    likelihood: fixLikelihood(sighting, question.densities, fix),
    repeat: repeatOf(seen, sighting),
    mayOnlyUnsettle: fix.source === 'cell',
  };
  return { belief: stepBelief(belief, step, question.frame), sighting };
};

/** A check that follows another is one of the same kind: as fine as evidence can be. */
const CHECK_REPEATS: Repeat = { squaredSigmasMoved: 0, sigmaMetres: 0 };

/**
 * A check is made at the address where the home unit stands. It says nothing of other places; and
 * who is not there may be at another that counts.
 */
const isAskedAt = (places: readonly KnownPlace[], { result }: Check): boolean =>
  result === 'absent'
    ? places.every((place) => place.hasHomeUnit)
    : places.some((place) => place.hasHomeUnit);

/** What is believed after one more check of a known place. */
export const believeCheck = (
  { frame, places }: Question,
  belief: Belief,
  { check, isRepeat }: Readonly<{ check: Check; isRepeat: boolean }>,
): Belief => {
  const likelihood = checkLikelihood(check);
  if (likelihood === null || !frame.applies.home) return belief;
  if (!isAskedAt(places, check)) return belief;
  const step = {
    at: check.recordedAt,
    motion: 'unknown',
    likelihood,
    repeat: isRepeat ? CHECK_REPEATS : null,
    mayOnlyUnsettle: false,
  } as const;
  return stepBelief(belief, step, frame);
};
