import { distanceMetres } from '../geo/plane.ts';
import type { Position } from '../geo/position.ts';
import type { Fix } from '../model/device-event.ts';
import type { Question } from './position/question.ts';
import { DISTANCE_ERROR_METRES } from './position/safe-bounds.ts';
import { type Anchor, clearanceAt } from './position/safe-region.ts';

/**
 * Whether the straight way to a fix is certain to stay outside a zone: a signed distance changes by
 * no more than the distance moved, so somebody who moves less than both ends lie clear of it, added
 * up, came nowhere into it. A cell position is no end of a way. A `false` says nothing.
 */
export const isWayClear = (
  question: Question,
  anchor: Anchor | null,
  { from, fix }: Readonly<{ from: Position | null; fix: Fix }>,
): boolean => {
  if (from === null || fix.source === 'cell' || question.zone === null) return true;
  const clear = (centre: Position): number =>
    clearanceAt(question, { centre, anchor }) - DISTANCE_ERROR_METRES;
  return distanceMetres(from, fix) <= clear(from) + clear(fix);
};
