import type { Page } from '#domain/model/alert.ts';
import type { Answer } from '#domain/model/answer.ts';
import type { ContactMessage } from '#domain/model/contact-message.ts';
import { type Instant, secondsBetween } from '#domain/model/instant.ts';
import type { Nudge } from '#domain/model/nudge.ts';
import { suppress } from '#domain/notify/suppress.ts';
import { whyNotSent } from '#domain/notify/why-not-sent.ts';
import {
  type Claim,
  type Notice,
  type Outbox,
  type OutboxRow,
  outboxRowFrom,
  type PageRow,
} from '../adapters/dynamodb/outbox.ts';
import type { Receipts } from '../adapters/dynamodb/receipts.ts';
import { imageItem } from '../adapters/dynamodb/stream-image.ts';
import type { LoadUsers } from '../adapters/dynamodb/users-of.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import { NeverAccepted, type Publisher } from '../adapters/sns/publisher.ts';
import type { EvaluateMessage } from '../adapters/sqs/messages.ts';
import type { Queue } from '../adapters/sqs/queue.ts';
import { type BatchResponse, type StreamRecord, streamBatchSchema } from '../middleware/batch.ts';
import { workOffStream } from '../middleware/stream.ts';
import { aboutOf } from './about-of.ts';
import type { SendContactMessage } from './send-contact-message.ts';
import type { SendNudge } from './send-nudge.ts';
import type { SendPage } from './send-page.ts';
import { isToThem, type StillTheirsDeps } from './still-theirs.ts';
import { countSent, endBundled, type TurnDeps, takeTurn } from './take-turn.ts';

export type NotifyDeps = TurnDeps &
  StillTheirsDeps &
  Readonly<{
    outbox: Pick<Outbox, 'end' | 'claim'>;
    sendPage: SendPage;
    sendNudge: SendNudge;
    sendText: Publisher['sms'];
    noteSent: Receipts['noteSent'];
    sendContactMessage: SendContactMessage;
    loadUsers: LoadUsers;
    events: Pick<Queue, 'sendAll'>;
    telemetry: Telemetry;
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
      return relayPage(deps, row, claim);
    case 'notice':
      return relayNotice(deps, row, row.notice);
    case 'nudge':
      return relayNudge(deps, row, row.nudge);
    case 'answer':
      return relayAnswer(deps, row, row.answer);
    case 'contact-message':
      return relayContactMessage(deps, row, row.message);
    default:
      return row satisfies never;
  }
};

const relayPage = async (deps: NotifyDeps, row: PageRow, claim: Claim): Promise<void> => {
  const { telemetry } = deps;
  const ids = idsOf(row);
  const reason = suppress(row.page, await deps.loadAlert(row.agencyId, row.page.alertId));
  if (reason !== null) {
    await deps.outbox.end(row.key, { status: 'suppressed', reason, at: deps.now() });
    telemetry.log.info('page not sent', { ...ids, reason });
    return;
  }
  if (!(await isToThem(deps, row))) {
    // Record: escalation goes on to another channel of theirs, or to the next step.
    await deps.outbox.end(row.key, { status: 'failed', reason: 'contact-changed', at: deps.now() });
    telemetry.measure('pagesFailed', 1);
    telemetry.log.warn('page not sent', { ...ids, reason: 'contact-changed' });
    return;
  }
  const turn = await takeTurn(deps, row, claim);
  if (turn.is === 'waiting') {
    await deps.putOffs.putOff(row.key, claim, { untilAt: turn.untilAt, reason: 'throttled' });
    telemetry.measure('pagesPutOff', 1);
    telemetry.log.info('page put off', { ...ids, reason: 'throttled' });
    return;
  }
  if ((await sendPageOf(deps, turn.row)) === 'failed') return;
  await countSent(deps, row, claim);
  await endBundled(deps, turn);
};

const idsOf = ({ agencyId, page }: PageRow) => ({
  ...{ agencyId, alertId: page.alertId, pageId: page.pageId },
});

const sendPageOf = async (deps: NotifyDeps, row: PageRow): Promise<'sent' | 'failed'> => {
  const { telemetry } = deps;
  const { page } = row;
  const ids = idsOf(row);
  try {
    const providerId = await deps.sendPage(row.agencyId, page);
    const at = deps.now();
    await noteSent(deps, row, { page, providerId, at });
    const ended = await deps.outbox.end(row.key, { status: 'sent', providerId, at });
    if (ended === 'already-ended') telemetry.log.warn('page sent again under its id', ids);
    telemetry.measure('pagesSent', 1);
    telemetry.measure('receiptToPageSeconds', secondsBetween(page.facts.violation.detectedAt, at));
    telemetry.log.info('page sent', { ...ids, channel: page.recipient.channel, step: page.step });
    return 'sent';
  } catch (error) {
    // Record what can never be accepted, with the provider's reason; anything else is tried again.
    if (!(error instanceof NeverAccepted)) throw error;
    await deps.outbox.end(row.key, { status: 'failed', reason: error.message, at: deps.now() });
    telemetry.measure('pagesFailed', 1);
    telemetry.log.error('page can never be sent', { ...ids, reason: error.message });
    return 'failed';
  }
};

/** Keeps which page a message to a phone is, for its receipts. No page waits for that. */
const noteSent = async (
  deps: NotifyDeps,
  { key, agencyId }: OutboxRow,
  { page, providerId, at }: Readonly<{ page: Page; providerId: string; at: Instant }>,
): Promise<void> => {
  const { channel } = page.recipient;
  if (channel !== 'sms' && channel !== 'voice') return;
  try {
    await deps.noteSent(agencyId, providerId, { key, at });
  } catch (error) {
    // Record: its receipts will be of an unknown page, and the page itself has left.
    deps.telemetry.log.warn('sent page not noted', { providerId, error: errorName(error) });
  }
};

/** What somebody who texted us is answered. */
const relayAnswer = async (deps: NotifyDeps, row: OutboxRow, answer: Answer): Promise<void> => {
  const { telemetry } = deps;
  const ids = { agencyId: row.agencyId, answerId: answer.answerId };
  try {
    const providerId = await deps.sendText(answer.mobile, answer.text);
    await deps.outbox.end(row.key, { status: 'sent', providerId, at: deps.now() });
    telemetry.measure('answersSent', 1);
    telemetry.log.info('answer sent', ids);
  } catch (error) {
    // Record what can never be accepted, with the provider's reason; anything else is tried again.
    if (!(error instanceof NeverAccepted)) throw error;
    await deps.outbox.end(row.key, { status: 'failed', reason: error.message, at: deps.now() });
    telemetry.measure('answersFailed', 1);
    telemetry.log.warn('answer can never be sent', { ...ids, reason: error.message });
  }
};

/** A nudge that comes too late is of no use to anybody: it is not sent, and its row says why. */
const relayNudge = async (deps: NotifyDeps, row: OutboxRow, nudge: Nudge): Promise<void> => {
  const { telemetry } = deps;
  const ids = { agencyId: row.agencyId, nudgeId: nudge.nudgeId };
  const reason = whyNotSent(nudge, deps.now());
  if (reason !== null || nudge.mobile === null) {
    const why = reason ?? 'no-mobile-on-record';
    await deps.outbox.end(row.key, { status: 'suppressed', reason: why, at: deps.now() });
    telemetry.measure('nudgesNotSent', 1);
    telemetry.log.info('nudge not sent', { ...ids, reason: why });
    return;
  }
  try {
    const providerId = await deps.sendNudge(nudge.mobile, nudge);
    await deps.outbox.end(row.key, { status: 'sent', providerId, at: deps.now() });
    telemetry.measure('nudgesSent', 1);
    telemetry.log.info('nudge sent', ids);
  } catch (error) {
    // Record what can never be accepted, with the provider's reason; anything else is tried again.
    if (!(error instanceof NeverAccepted)) throw error;
    await deps.outbox.end(row.key, { status: 'failed', reason: error.message, at: deps.now() });
    telemetry.measure('nudgesNotSent', 1);
    telemetry.log.error('nudge can never be sent', { ...ids, reason: error.message });
  }
};

/** A code that has run out helps nobody; its contact can be sent another. */
const relayContactMessage = async (
  deps: NotifyDeps,
  { agencyId, key }: OutboxRow,
  message: ContactMessage,
): Promise<void> => {
  const { telemetry } = deps;
  const ids = { agencyId, about: message.about };
  if (message.about === 'code' && deps.now() >= message.expiresAt) {
    await deps.outbox.end(key, { status: 'suppressed', reason: 'code-expired', at: deps.now() });
    return;
  }
  try {
    const id = `${key.pk}/${key.sk}`;
    const providerId = await deps.sendContactMessage(agencyId, { id, message });
    await deps.outbox.end(key, { status: 'sent', providerId, at: deps.now() });
    telemetry.log.info('contact message sent', ids);
  } catch (error) {
    // Record what can never be accepted, with the provider's reason; anything else is tried again.
    if (!(error instanceof NeverAccepted)) throw error;
    await deps.outbox.end(key, { status: 'failed', reason: error.message, at: deps.now() });
    telemetry.log.error('contact message can never be sent', { ...ids, reason: error.message });
  }
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
