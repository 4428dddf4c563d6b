import type { Instant } from '../model/instant.ts';
import { covers, nextEdgeAfter, windowAt } from '../time/active-intervals.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';

/** The next start of some hours after an instant; null where none is known. */
export const nextStartAfter = (active: CompiledTimetable, at: Instant): Instant | null => {
  const from = windowAt(active, at)?.endAt ?? at;
  if (!covers(active, from)) return null;
  const edge = nextEdgeAfter(active, from);
  return edge.kind === 'start' ? edge.at : null;
};
