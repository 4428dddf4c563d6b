import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Trace, TraceFix } from './trace.ts';

export type Stay = Readonly<{
  /** A recording of a receiver that lay still, already in its place. */
  still: Trace;
  from: Instant;
  /** Not part of the stay. */
  until: Instant;
  everySeconds: number;
}>;

/**
 * Fixes of a stay: the recording's own, one after another and from the start again, at even
 * times.
 */
export const stay = ({ still, from, until, everySeconds }: Stay): Trace => {
  const fixes: TraceFix[] = [];
  for (let at = from; at < until; at = secondsAfter(at, everySeconds)) {
    const fix = still[fixes.length % still.length];
    if (fix === undefined) throw new Error('A stay needs a recording with at least one fix.');
    fixes.push({ ...fix, recordedAt: at });
  }
  return fixes;
};
