import { distanceMetres } from '../geo/plane.ts';
import type { Fix } from '../model/device-event.ts';
import type { Instant } from '../model/instant.ts';

/** One time, or several at about the same place, that fixes followed each other inside. */
export type Stay = Readonly<{
  /** The fix that lies deepest, where its mark is drawn. */
  deepest: Fix;
  depthMetres: number;
  fromAt: Instant;
  untilAt: Instant;
  fixes: number;
  /** How many stays it stands for. */
  times: number;
}>;

/** So many are drawn one by one; of more, those that lie near each other share a mark. */
export const MOST_STAYS = 40;
const FIRST_REACH_METRES = 20;

const joined = (a: Stay, b: Stay): Stay => {
  const { deepest, depthMetres } = b.depthMetres > a.depthMetres ? b : a;
  return {
    ...{ deepest, depthMetres, fixes: a.fixes + b.fixes, times: a.times + b.times },
    fromAt: a.fromAt < b.fromAt ? a.fromAt : b.fromAt,
    untilAt: a.untilAt > b.untilAt ? a.untilAt : b.untilAt,
  };
};

const within = (stays: readonly Stay[], reachMetres: number): Stay[] => {
  const kept: Stay[] = [];
  for (const stay of stays) {
    const i = kept.findIndex((one) => distanceMetres(one.deepest, stay.deepest) <= reachMetres);
    const near = kept[i];
    if (near === undefined) kept.push(stay);
    else kept[i] = joined(near, stay);
  }
  return kept;
};

/**
 * Gathers stays while a trail is read. None is ever left out: where there are too many to draw each
 * by itself, near ones are joined, over distances that double until they are few enough.
 */
export const gatherStays = () => {
  let stays: Stay[] = [];
  let open: Stay | null = null;
  let reachMetres = FIRST_REACH_METRES;

  const close = (): void => {
    if (open !== null) stays.push(open);
    open = null;
    while (stays.length > MOST_STAYS) {
      stays = within(stays, reachMetres);
      if (stays.length > MOST_STAYS) reachMetres *= 2;
    }
  };

  const add = (fix: Fix, depthMetres: number): void => {
    const at = fix.recordedAt;
    const one = { deepest: fix, depthMetres, fromAt: at, untilAt: at, fixes: 1, times: 1 };
    open = open === null ? one : { ...joined(open, one), times: 1 };
  };

  const end = (): Stay[] => {
    close();
    return stays.toSorted((a, b) => a.fromAt - b.fromAt);
  };
  return { add, close, end };
};
