import type { Instant } from '#domain/model/instant.ts';
import type { Activity } from './activity.ts';
import type { MovableClock } from './clock/clock.ts';
import type { Log } from './log.ts';

/**
 * Why something is held: a delayed message, a post that leaves, a one-off schedule, a rule, a
 * retry, a batching window, a message that somebody has received, one that is kept only so long.
 */
export type AgendaKind =
  | 'delay'
  | 'delivery'
  | 'schedule'
  | 'rule'
  | 'retry'
  | 'window'
  | 'visibility'
  | 'retention';

export type AgendaEntry = {
  dueAt: Instant;
  kind: AgendaKind;
  label: string;
  run: () => Promise<void> | void;
};

/** Everything that is held until the clock shows a certain instant, in order of that instant. */
export type Agenda = {
  /** Holds the entry; the result takes it off again. An entry already due runs at once. */
  add(entry: AgendaEntry): () => void;
  /** When the next entry falls due; undefined when nothing is held. */
  nextDueAt(): Instant | undefined;
  entries(): readonly Readonly<Omit<AgendaEntry, 'run'>>[];
  stop(): void;
};

export type AgendaParts = { clock: MovableClock; activity: Activity; log: Log };

const LONGEST_TIMER_MILLISECONDS = 2_000_000_000;

/** The first place behind all entries due at or before `dueAt`, so that equals keep their order. */
const placeFor = (entries: readonly AgendaEntry[], dueAt: Instant): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && entry.dueAt <= dueAt) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const createAgenda = ({ clock, activity, log }: AgendaParts): Agenda => {
  const entries: AgendaEntry[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const run = async (entry: AgendaEntry): Promise<void> => {
    const end = activity.begin(`${entry.kind} ${entry.label}`);
    try {
      await entry.run();
    } catch (error) {
      // Record: what is held has no caller left to tell, and the clock must go on.
      log(`${entry.kind} "${entry.label}" failed: ${error}`);
    } finally {
      end();
    }
  };

  const runDue = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const now = clock.now();
    for (let first = entries[0]; first !== undefined && first.dueAt <= now; first = entries[0]) {
      entries.shift();
      void run(first);
    }
    const next = entries[0];
    const wait = next === undefined ? undefined : clock.realMillisecondsUntil(next.dueAt);
    if (wait === undefined) return;
    // Running an entry may have added another, and so have set a timer already.
    clearTimeout(timer);
    timer = setTimeout(runDue, Math.min(Math.ceil(wait), LONGEST_TIMER_MILLISECONDS));
  };

  const stopFollowing = clock.onMove(runDue);

  return {
    add: (entry) => {
      entries.splice(placeFor(entries, entry.dueAt), 0, entry);
      activity.changed();
      if (entries[0] === entry) runDue();
      return () => {
        const index = entries.indexOf(entry);
        if (index >= 0) entries.splice(index, 1);
        activity.changed();
      };
    },
    nextDueAt: () => entries[0]?.dueAt,
    entries: () => entries.map(({ dueAt, kind, label }) => ({ dueAt, kind, label })),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      stopFollowing();
    },
  };
};
