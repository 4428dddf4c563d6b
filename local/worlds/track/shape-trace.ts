import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import type { Trace, TraceFix } from './trace.ts';

/** The part of a recording between two of its instants, both included. */
export const cutTrace = (trace: Trace, from: Instant, until: Instant): Trace =>
  trace.filter(({ recordedAt }) => recordedAt >= from && recordedAt <= until);

/** The same recording on another day: its first fix at `startsAt`, all intervals kept. */
export const retimeTrace = (trace: Trace, startsAt: Instant): Trace => {
  const [first] = trace;
  if (first === undefined) return [];
  const shift = startsAt - first.recordedAt;
  return trace.map((fix) => ({ ...fix, recordedAt: instant(fix.recordedAt + shift) }));
};

/**
 * Of each stretch of `everySeconds`, counted from the first fix, the first fix only; and the last
 * fix of all, so that a way ends where it ended.
 */
export const thinTrace = (trace: Trace, everySeconds: number): Trace => {
  const [first] = trace;
  if (first === undefined) return [];
  const kept: TraceFix[] = [];
  let keptStretch = -1;
  for (const fix of trace) {
    const stretch = Math.floor((fix.recordedAt - first.recordedAt) / (everySeconds * 1000));
    if (stretch === keptStretch) continue;
    keptStretch = stretch;
    kept.push(fix);
  }
  const last = trace.at(-1);
  if (last !== undefined && last.recordedAt !== kept.at(-1)?.recordedAt) kept.push(last);
  return kept;
};

export type Repeat = Readonly<{ from: Instant; until: Instant; everySeconds: number }>;

/** The same recording again and again, beginning every so many seconds, cut off at the end. */
export const repeatTrace = (trace: Trace, { from, until, everySeconds }: Repeat): Trace => {
  const fixes: TraceFix[] = [];
  for (let at = from; at < until; at = secondsAfter(at, everySeconds)) {
    fixes.push(...retimeTrace(trace, at));
  }
  return cutTrace(fixes, from, until);
};
