import { type Instant, toIso } from '../model/instant.ts';
import { eventEntries } from './event-entries.ts';
import type { PageSeen, Recorded } from './on-record.ts';
import { pageEntries } from './page-entries.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** An alert's history as it is kept: the record in its order, and every page. */
export type KeptHistory = Readonly<{
  recorded: readonly Recorded[];
  pages: readonly PageSeen[];
}>;

/** What is looked at each minute while an alert is held, and told as one line. */
const HOLD_KEPT = 'hold-kept';

const isSameHold = (a: TimelineEntry | undefined, b: TimelineEntry): boolean =>
  a?.what === HOLD_KEPT && b.what === HOLD_KEPT && a.reason === b.reason;

/** An alert that is held is looked at again and again: how often, and until when, is one line. */
const holdsTogether = (entries: readonly TimelineEntry[]): TimelineEntry[] => {
  const told: TimelineEntry[] = [];
  for (const entry of entries) {
    const last = told.at(-1);
    if (last === undefined || !isSameHold(last, entry)) {
      told.push(entry);
      continue;
    }
    const times = Number(last.details.times ?? 1) + 1;
    const lastAt = toIso(entry.at);
    told[told.length - 1] = { ...last, details: { ...entry.details, times, lastAt } };
  }
  return told;
};

/**
 * Everything that happened to an alert, in the order of time; what is of one instant in the order
 * in which it was decided: what happened, then the pages of it, then what became of them.
 */
export const alertTimeline = ({ recorded, pages }: KeptHistory, now: Instant): TimelineEntry[] => {
  const ordered = pages.toSorted((a, b) => a.page.sequence - b.page.sequence);
  const entries = [
    ...recorded.flatMap(eventEntries),
    ...ordered.flatMap((seen) => pageEntries(seen, now)),
  ];
  return holdsTogether(entries.sort((a, b) => a.at - b.at));
};
