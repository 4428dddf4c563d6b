import * as z from 'zod';
import type { WearerRef } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsBetween } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { DuePages, Overdue } from '../adapters/dynamodb/due.ts';
import { allDueShards, wearerOfPartition } from '../adapters/dynamodb/keys.ts';
import { firstKeptDay } from '../adapters/dynamodb/trail-day.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import { type ArchiveWearerDeps, archiveWearer } from './archive-wearer.ts';

export type ArchiveDeps = ArchiveWearerDeps &
  Readonly<{ now: Clock; duePages: DuePages; telemetry: Telemetry }>;

/** What Lambda tells of the time that is left. */
export type TimeLimit = Readonly<{ getRemainingTimeInMillis: () => number }>;

/** Before its time is up it stops between two wearers, each of whom takes a second at most. */
const RESERVE_MILLISECONDS = 30_000;
/** So many wearers of a shard at once: while one waits for an answer another is worked on. */
const WEARERS_AT_ONCE = 4;
/** So many failures on end are no wearer's own trouble: what is left waits for the next run. */
const MOST_FAILURES_ON_END = 50;

/** Which part of the shards a run is for. Record: all of them where nothing is said. */
const partSchema = z.object({ part: z.int().min(0), of: z.int().min(1) }).catch({ part: 0, of: 1 });

type Round = {
  readonly now: Instant;
  readonly mayGoOn: () => boolean;
  readonly met: Set<string>;
  failuresOnEnd: number;
  days: number;
  failures: number;
  /** When the longest overdue of what was left had been due. */
  oldestLeftAt: Instant | null;
};

const leftOver = (round: Round, { dueAt }: Overdue): void => {
  if (round.oldestLeftAt === null || dueAt < round.oldestLeftAt) round.oldestLeftAt = dueAt;
};

const archiveOne = async (deps: ArchiveDeps, round: Round, due: Overdue): Promise<void> => {
  let wearer: WearerRef | null = null;
  try {
    wearer = wearerOfPartition(due.pk);
    round.days += await archiveWearer(deps, wearer, firstKeptDay(round.now));
    round.failuresOnEnd = 0;
  } catch (error) {
    // Retry: it stays due, and the next run takes it again; one wearer's trouble holds up no other.
    round.failures += 1;
    round.failuresOnEnd += 1;
    leftOver(round, due);
    const { agencyId = null, wearerId = null } = wearer ?? {};
    deps.telemetry.log.error('wearer not archived', {
      agencyId,
      wearerId,
      error: errorName(error),
    });
  }
};

/** Goes through one shard from the longest overdue on; each wearer once, with all that is due. */
const drain = async (deps: ArchiveDeps, round: Round, shard: string): Promise<void> => {
  for await (const page of deps.duePages(shard, round.now)) {
    const waiting = page.filter(({ pk }) => !round.met.has(pk));
    for (let i = 0; i < waiting.length; i += WEARERS_AT_ONCE) {
      const some = waiting.slice(i, i + WEARERS_AT_ONCE).filter(({ pk }) => {
        const isNew = !round.met.has(pk);
        round.met.add(pk);
        return isNew;
      });
      if (!round.mayGoOn() || round.failuresOnEnd >= MOST_FAILURES_ON_END) {
        for (const due of some) leftOver(round, due);
        return;
      }
      await Promise.all(some.map((due) => archiveOne(deps, round, due)));
    }
  }
};

/**
 * Input: a quarter of an hour has passed. Course: days of the trail that no late event can reach
 * any more go from the table into the archive, the longest overdue first, as far as the time goes.
 * It says how many went and how long overdue the rest is; that it says so at all is watched by an
 * alarm. Several runs go side by side, each through shards of its own.
 */
export const run =
  (deps: ArchiveDeps) =>
  async (event: unknown, { getRemainingTimeInMillis }: TimeLimit): Promise<void> => {
    const { part, of } = partSchema.parse(event);
    const shards = allDueShards().filter((_, i) => i % of === part);
    const round: Round = {
      now: deps.now(),
      mayGoOn: () => getRemainingTimeInMillis() > RESERVE_MILLISECONDS,
      met: new Set(),
      ...{ failuresOnEnd: 0, days: 0, failures: 0, oldestLeftAt: null },
    };
    await Promise.all(shards.map((shard) => drain(deps, round, shard)));
    const { days, failures, oldestLeftAt } = round;
    const overdueSeconds = oldestLeftAt === null ? 0 : secondsBetween(oldestLeftAt, round.now);
    deps.telemetry.measure('archivedDays', days);
    deps.telemetry.measure('archiveFailures', failures);
    deps.telemetry.measure('archiveOverdueDays', overdueSeconds / DAY_SECONDS);
  };
