import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Waiting } from '#domain/audit/findings.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { type Instant, instantSchema, secondsAfter } from '#domain/model/instant.ts';
import { batchGet } from './batch-get.ts';
import { due, type Overdue } from './due.ts';
import { type Item, keyItem, readJson, readNumber, readOrNull, readText } from './items.ts';
import { OUTBOX_PREFIX, VIOLATION_PREFIX } from './keys.ts';
import { FEED_DELIVERY } from './liaison-feed-keys.ts';
import { type OutboxRow, outboxRowFrom } from './outbox.ts';
import { RAISED_PREFIX, TRANSFER } from './transfer-keys.ts';
import { transferFrom } from './transfers.ts';
import { violationFrom } from './violations.ts';

/** A row that waits for the stream stands in the index at most so far ahead: it is swept then. */
const SWEPT_WITHIN_SECONDS = 60;
/** So many of the longest waiting are read; when all of them are late, somebody has been told. */
const MOST_READ = 100;

const alertIdOf = ({ pk }: Readonly<{ pk: string }>) => {
  const [, kind, ...id] = pk.split('#');
  return kind === 'ALERT' ? alertIdSchema.parse(id.join('#')) : null;
};

const writtenAt = (row: OutboxRow): Instant => {
  switch (row.kind) {
    case 'page':
      return row.page.createdAt;
    case 'nudge':
      return row.nudge.createdAt;
    case 'answer':
      return row.answer.createdAt;
    case 'notice':
      return row.notice.changedAt;
    case 'memo':
      return row.memo.createdAt;
    case 'event-again':
      return row.again.createdAt;
    default:
      return row satisfies never;
  }
};

/** What is put off on purpose waits since the instant until which it was. */
const putOffSchema = z.object({ untilAt: instantSchema });

const messageOf = (item: Item): Waiting => {
  const row = outboxRowFrom(item);
  const sinceAt =
    item.waits === undefined ? writtenAt(row) : readJson(item, 'waits', putOffSchema).untilAt;
  return { alertId: alertIdOf(row.key), sinceAt };
};

/** A violation has the id of the alert that it is to have. */
const violationOf = (item: Item): Waiting => {
  const { violationId, detectedAt } = violationFrom(item);
  const sinceAt =
    item.waitsSinceAt === undefined
      ? detectedAt
      : instantSchema.parse(readNumber(item, 'waitsSinceAt'));
  return { alertId: alertIdSchema.parse(violationId), sinceAt };
};

/** A transfer is the alert's that is transferred. */
const transferOf = (item: Item): Waiting => ({
  alertId: transferFrom(item).transfer.alertId,
  sinceAt: instantSchema.parse(readNumber(item, 'nextDueAt')),
});

/** What cannot be read waits for as many sweeps as have tried to bring it before the stream. */
const unreadable = (item: Item): Waiting => {
  const tries = item.tries === undefined ? 0 : readNumber(item, 'tries');
  const dueAt = instantSchema.parse(readNumber(item, 'nextDueAt'));
  const sinceAt = secondsAfter(dueAt, -SWEPT_WITHIN_SECONDS * (tries + 1));
  return { alertId: alertIdOf({ pk: readText(item, 'pk') }), sinceAt };
};

const isOf =
  (prefix: string) =>
  ({ sk }: Overdue): boolean =>
    sk?.startsWith(prefix) ?? false;

export type LateRows = Readonly<{ steps: Waiting[]; messages: Waiting[] }>;

/**
 * Reads what waits in the monitoring table: alerts and transfers for their step and violations for
 * their alert, since they were due; messages in the outbox, since they were written, and feeds of
 * liaisons, since they were to be delivered.
 */
export const lateRows =
  (client: DynamoDBClient, table: string) =>
  async (now: Instant): Promise<LateRows> => {
    const rows = await due(client, table)(secondsAfter(now, SWEPT_WITHIN_SECONDS));
    const readAll = async (prefix: string, read: (item: Item) => Waiting): Promise<Waiting[]> => {
      const oldest = rows.filter(isOf(prefix)).sort((a, b) => a.dueAt - b.dueAt);
      const keys = oldest
        .slice(0, MOST_READ)
        .flatMap(({ pk, sk }) => (sk === null ? [] : [keyItem({ pk, sk })]));
      const items = await batchGet(client, table, keys);
      const waiting = items.filter(({ nextDueAt }) => nextDueAt !== undefined);
      return waiting.map((item) => readOrNull(item, read) ?? unreadable(item));
    };
    const [violations, untaken, transfers, messages] = await Promise.all([
      readAll(VIOLATION_PREFIX, violationOf),
      readAll(RAISED_PREFIX, violationOf),
      readAll(TRANSFER, transferOf),
      readAll(OUTBOX_PREFIX, messageOf),
    ]);
    const alerts = rows
      .filter(isOf('ALERT'))
      .map((row) => ({ alertId: alertIdOf(row), sinceAt: row.dueAt }));
    // What rests is due when it goes on: only what nobody has taken up by then waits.
    const feeds = rows
      .filter((row) => row.sk === FEED_DELIVERY && row.dueAt <= now)
      .map(({ dueAt }) => ({ alertId: null, sinceAt: dueAt }));
    return {
      steps: [...alerts, ...violations, ...untaken, ...transfers],
      messages: [...messages, ...feeds],
    };
  };
export type LoadLateRows = ReturnType<typeof lateRows>;
