import { distanceMetres } from '../../geo/plane.ts';
import type { DeviceEvent } from '../../model/device-event.ts';
import { placeReachMetres, sigmaMetres } from './likelihood.ts';
import type { Question } from './question.ts';

/**
 * Whether a fix contradicts itself: the home unit hears the tag, and the position is further from
 * every home unit than a place reaches. One of the two is wrong, stuck or relayed; while it lasts,
 * the officer must know that it is so, and not only that somebody is near an edge.
 */
export const isContradictory = ({ places }: Question, input: DeviceEvent | null): boolean => {
  if (input?.kind !== 'fix' || input.homeUnit !== 'seen' || input.source === 'cell') return false;
  const withUnit = places.filter(({ hasHomeUnit }) => hasHomeUnit);
  const reach = placeReachMetres(sigmaMetres(input));
  return withUnit.length > 0 && withUnit.every((place) => distanceMetres(place, input) > reach);
};
