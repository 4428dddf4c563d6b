import { type Instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import { isLevelEnd } from '../adapters/dynamodb/casework-keys.ts';
import { CONTACTS_DUE } from '../adapters/dynamodb/contact-keys.ts';
import type { RemindOfContacts } from '../adapters/dynamodb/contact-reminders.ts';
import type { LoadDue, Overdue } from '../adapters/dynamodb/due.ts';
import type { LoadSilentFeeds } from '../adapters/dynamodb/feeds.ts';
import { wearerOf } from '../adapters/dynamodb/keys.ts';
import { FEED_DELIVERY, feedOfPartition } from '../adapters/dynamodb/liaison-feed-keys.ts';
import type { Outbox } from '../adapters/dynamodb/outbox.ts';
import type { LoadParked } from '../adapters/dynamodb/parked-wearers.ts';
import type { EndLevel } from '../adapters/dynamodb/supervision-levels.ts';
import { TASK_PREFIX } from '../adapters/dynamodb/task-keys.ts';
import type { RaiseTask } from '../adapters/dynamodb/tasks.ts';
import { TRANSFER } from '../adapters/dynamodb/transfer-keys.ts';
import type { WakeAlert } from '../adapters/dynamodb/wake-alert.ts';
import type { SweepZoneListDraft } from '../adapters/dynamodb/zone-list-drafts.ts';
import { isZoneListDraft } from '../adapters/dynamodb/zone-list-keys.ts';
import { errorName } from '../adapters/log/log.ts';
import type { Queue } from '../adapters/sqs/queue.ts';
import { type BatchDeps, countBatches } from './count-batches.ts';

export type SweepDeps = BatchDeps &
  Readonly<{
    now: Clock;
    loadDueWearers: LoadDue;
    loadParked: LoadParked;
    loadDueRows: LoadDue;
    loadSilentFeeds: LoadSilentFeeds;
    feedLateAfterSeconds: number;
    wakeAlert: WakeAlert;
    sweepDraft: SweepZoneListDraft;
    remindOfContacts: RemindOfContacts;
    raiseTask: RaiseTask;
    endLevel: EndLevel;
    outbox: Pick<Outbox, 'touch'>;
    events: Pick<Queue, 'sendAll'>;
    deliveries: Pick<Queue, 'sendAll'>;
  }>;

/** A timer gets so long to do its work before the sweep does it. */
const SPARED_SECONDS = 20;
/** A row that is brought before the stream again is so by the next sweep, too, if it waits on. */
const AGAIN_AFTER_SECONDS = 30;

/**
 * Input: a minute has passed. Course: whatever is overdue is driven: wearers by a tick on their
 * queue, feeds by theirs; alerts, transfers, and rows that the stream lost, by bringing them before
 * the stream; and what people have left undone becomes an alert. It
 * says how far behind the most overdue is, how many wearers are parked, and how many feeds are
 * late; that it says so at all is watched by an alarm.
 */
export const run = (deps: SweepDeps) => async (): Promise<void> => {
  const now = deps.now();
  const until = secondsAfter(now, -SPARED_SECONDS);
  const [wearers, rows, parked, late] = await Promise.all([
    deps.loadDueWearers(until),
    deps.loadDueRows(until),
    countParked(deps),
    countLateFeeds(deps, now),
  ]);
  const ticks = wearers.map(({ pk, dueAt }) => ({ kind: 'tick', ...wearerOf(pk), dueAt }));
  const [ticked] = await Promise.allSettled([
    deps.events.sendAll(ticks),
    ...rows.map((row) => driveRow(deps, row, now)),
  ]);
  await countBatches(deps, now);
  const overdue = [...wearers, ...rows].map(({ dueAt }) => secondsBetween(dueAt, now));
  deps.telemetry.measure('overdueMaxSeconds', Math.max(0, ...overdue));
  if (parked !== null) deps.telemetry.measure('wearersParked', parked);
  if (late !== null) deps.telemetry.measure('feedsLate', late);
  if (overdue.length > 0) {
    const counts = { wearers: wearers.length, rows: rows.length };
    deps.telemetry.log.warn('overdue work driven', counts);
  }
  // A queue that is down holds up no alert; that it is down is told all the same.
  if (ticked?.status === 'rejected') throw ticked.reason;
};

/** How many wearers are parked; null where that cannot be read: the overdue is driven anyway. */
const countParked = async (deps: SweepDeps): Promise<number | null> => {
  try {
    return (await deps.loadParked()).length;
  } catch (error) {
    // Retry: by the next sweep.
    deps.telemetry.log.error('parked wearers not counted', { error: errorName(error) });
    return null;
  }
};

/** How many feeds are late, each named in the log; null where that cannot be read. */
const countLateFeeds = async (deps: SweepDeps, now: Instant): Promise<number | null> => {
  try {
    const feeds = await deps.loadSilentFeeds(secondsAfter(now, -deps.feedLateAfterSeconds));
    for (const feed of feeds) deps.telemetry.log.warn('feed late', { feed });
    return feeds.length;
  } catch (error) {
    // Retry: by the next sweep.
    deps.telemetry.log.error('late feeds not counted', { error: errorName(error) });
    return null;
  }
};

const driveRow = async (deps: SweepDeps, row: Overdue, now: Instant): Promise<void> => {
  if (row.sk === null) return;
  const key = { pk: row.pk, sk: row.sk };
  try {
    if (isZoneListDraft(row.sk)) return await deps.sweepDraft(key, now);
    if (isLevelEnd(row.sk)) return await deps.endLevel(key, now);
    if (row.sk === CONTACTS_DUE) return await deps.remindOfContacts(key, now);
    if (row.sk.startsWith(TASK_PREFIX)) return await deps.raiseTask(key, now);
    if (row.sk === 'ALERT' || row.sk === TRANSFER) return await deps.wakeAlert(key, now);
    if (row.sk === FEED_DELIVERY) {
      return await deps.deliveries.sendAll([{ kind: 'feed', ...feedOfPartition(row.pk) }]);
    }
    await deps.outbox.touch(key, now, secondsAfter(now, AGAIN_AFTER_SECONDS));
  } catch (error) {
    // Retry: the next sweep finds it again; one row's trouble holds up no other.
    deps.telemetry.log.error('overdue row not driven', { error: errorName(error) });
  }
};
