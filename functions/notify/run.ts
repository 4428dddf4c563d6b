import type { Answer } from '#domain/model/answer.ts';
import type { Memo } from '#domain/model/memo.ts';
import {
  type EventAgain,
  type Notice,
  type Outbox,
  type OutboxRow,
  outboxRowFrom,
} from '../adapters/dynamodb/outbox.ts';
import { imageItem } from '../adapters/dynamodb/stream-image.ts';
import type { LoadUsers } from '../adapters/dynamodb/users-of.ts';
import { errorName } from '../adapters/log/log.ts';
import type { Publisher } from '../adapters/sns/publisher.ts';
import type { DeliveryMessage, EvaluateMessage } from '../adapters/sqs/messages.ts';
import type { Queue } from '../adapters/sqs/queue.ts';
import { type BatchResponse, type StreamRecord, streamBatchSchema } from '../middleware/batch.ts';
import { workOffStream } from '../middleware/stream.ts';
import { aboutOf } from './about-of.ts';
import { handOver } from './hand-over.ts';
import { type NudgeDeps, relayNudge } from './relay-nudge.ts';
import { type PageDeps, relayPage } from './relay-page.ts';
import type { SendMemo } from './send-memo.ts';

export type NotifyDeps = PageDeps &
  NudgeDeps &
  Readonly<{
    outbox: Pick<Outbox, 'claim'>;
    sendText: Publisher['sms'];
    sendMemo: SendMemo;
    loadUsers: LoadUsers;
    events: Pick<Queue, 'sendAll'>;
    deliveries: Pick<Queue, 'sendAll'>;
  }>;

/**
 * Input: pending rows of the outbox, from the table's stream. Output: the first record that must be
 * given again. Course: a row that still waits is claimed and relayed: a page or a nudge is rendered
 * and published, a notice of changed orders is put on the events queue; then the row is ended. A
 * crash between the two repeats the message under the same id.
 */
export const run =
  (deps: NotifyDeps) =>
  (input: unknown): Promise<BatchResponse> =>
    workOffStream(streamBatchSchema.parse(input).Records, aboutOf, async (record) => {
      try {
        await relay(deps, record);
        return 'done';
      } catch (error) {
        // Retry: the stream gives it again, and the sweep brings it back after the last try.
        deps.telemetry.log.error('outbox row not relayed', { error: errorName(error) });
        return 'failed';
      }
    });

const relay = async (deps: NotifyDeps, { dynamodb }: StreamRecord): Promise<void> => {
  const row = outboxRowFrom(imageItem(dynamodb.NewImage ?? {}));
  const claim = { by: dynamodb.SequenceNumber, at: deps.now() };
  if ((await deps.outbox.claim(row.key, claim)) !== 'claimed') return;
  switch (row.kind) {
    case 'page':
      return row.page.recipient.channel === 'liaison'
        ? leavingToSweep(deps, () => relayPage(deps, row, claim))
        : relayPage(deps, row, claim);
    case 'notice':
      return relayNotice(deps, row, row.notice);
    case 'nudge':
      return relayNudge(deps, row, claim);
    case 'answer':
      return relayAnswer(deps, row, row.answer);
    case 'memo':
      return relayMemo(deps, row, row.memo);
    case 'event-again':
      return relayAgain(deps, row, row.again);
    default:
      return row satisfies never;
  }
};

/**
 * Whatever goes wrong with what is for a liaison, the stream goes on: it carries the pages of
 * people who can act on them.
 */
const leavingToSweep = async (
  { telemetry }: NotifyDeps,
  relayed: () => Promise<void>,
): Promise<void> => {
  try {
    await relayed();
  } catch (error) {
    // Retry: its row still waits, and the sweep brings it.
    telemetry.measure('eventsPutOff', 1);
    telemetry.log.warn('event put off', { error: errorName(error) });
  }
};

/** An event without a receipt goes to whoever delivers. */
const relayAgain = async (deps: NotifyDeps, row: OutboxRow, again: EventAgain): Promise<void> => {
  const { createdAt: _, ...rest } = again;
  const message: DeliveryMessage = { kind: 'again', agencyId: row.agencyId, ...rest };
  await deps.deliveries.sendAll([message]);
  await deps.outbox.end(row.key, {
    ...{ status: 'sent', providerId: 'deliveries-queue', at: deps.now() },
  });
};

/** What somebody who texted us is answered. */
const relayAnswer = async (deps: NotifyDeps, row: OutboxRow, answer: Answer): Promise<void> => {
  const { telemetry } = deps;
  const ids = { agencyId: row.agencyId, answerId: answer.answerId };
  const outcome = await handOver(deps.now, () => deps.sendText(answer.mobile, answer.text));
  await deps.outbox.end(row.key, outcome);
  if (outcome.status === 'sent') {
    telemetry.measure('answersSent', 1);
    telemetry.log.info('answer sent', ids);
  } else {
    telemetry.measure('answersFailed', 1);
    telemetry.log.warn('answer can never be sent', { ...ids, reason: outcome.reason });
  }
};

/** A code that has run out helps nobody; its contact can be sent another. */
const relayMemo = async (
  deps: NotifyDeps,
  { agencyId, key }: OutboxRow,
  memo: Memo,
): Promise<void> => {
  const { telemetry } = deps;
  const ids = { agencyId, about: memo.about };
  if (memo.about === 'code' && deps.now() >= memo.expiresAt) {
    await deps.outbox.end(key, { status: 'suppressed', reason: 'code-expired', at: deps.now() });
    return;
  }
  const named = { id: `${key.pk}/${key.sk}`, memo };
  const outcome = await handOver(deps.now, () => deps.sendMemo(agencyId, named));
  await deps.outbox.end(key, outcome);
  if (outcome.status === 'sent') telemetry.log.info('memo sent', ids);
  else telemetry.log.error('memo can never be sent', { ...ids, reason: outcome.reason });
};

const relayNotice = async (deps: NotifyDeps, row: OutboxRow, notice: Notice): Promise<void> => {
  const { agencyId, wearerId, changedAt, inForceAt } = notice;
  const wearers = wearerId === null ? await deps.loadUsers(row.key.pk) : [wearerId];
  const messages = wearers.map(
    (id): EvaluateMessage => ({
      kind: 'supervision-changed',
      ...{ agencyId, wearerId: id, changedAt, inForceAt },
    }),
  );
  await deps.events.sendAll(messages);
  await deps.outbox.end(row.key, { status: 'sent', providerId: 'events-queue', at: deps.now() });
};
