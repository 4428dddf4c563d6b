import type { AlertDecision } from '#domain/escalate/alert-commands.ts';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { type Alert, alertSchema } from '#domain/model/alert.ts';
import { type AgencyId, type AlertId, agencyIdSchema } from '#domain/model/ids.ts';
import { isNudgeReason } from '#domain/model/reasons.ts';
import type { Violation } from '#domain/model/violation.ts';
import type { Asked, ChangeAlert } from '../adapters/change-alert.ts';
import type { AlertContext } from '../adapters/dynamodb/alert-context.ts';
import { type Item, readJson, readNumber, readText } from '../adapters/dynamodb/items.ts';
import type { PutNudge } from '../adapters/dynamodb/nudges.ts';
import { outboxRowFrom } from '../adapters/dynamodb/outbox.ts';
import { imageItem, recordKeyText } from '../adapters/dynamodb/stream-image.ts';
import { TRANSFER } from '../adapters/dynamodb/transfer-keys.ts';
import { transferFrom } from '../adapters/dynamodb/transfers.ts';
import { type PutAside, violationFrom } from '../adapters/dynamodb/violations.ts';
import { errorName } from '../adapters/log/log.ts';
import type { AlertTimer } from '../adapters/scheduler/alert-timer.ts';
import { deadlineMessageSchema } from '../adapters/sqs/messages.ts';
import {
  type BatchResponse,
  type QueueRecord,
  queueBatchSchema,
  type StreamRecord,
  streamBatchSchema,
} from '../middleware/batch.ts';
import { workOffQueue } from '../middleware/queue.ts';
import { workOffStream } from '../middleware/stream.ts';
import { type HoldDeps, openAmongOthers, tickOf } from './holds.ts';
import { onTransferChanged, onTransferDue, type TransferDeps } from './transfers.ts';

export type EscalateDeps = HoldDeps &
  TransferDeps &
  Readonly<{
    context: AlertContext;
    putNudge: PutNudge;
    putAside: PutAside;
    changeAlert: ChangeAlert;
    alertTimer: AlertTimer;
  }>;

/** How often the sweep brings a page until it is late: nobody could send it the time before. */
const LATE_AFTER_TRIES = 2;

/**
 * Input: violations, alerts that the sweep wakes, pages that failed or are late, and transfers that
 * something is expected of, from the table's stream, or due instants from the deadlines queue.
 * Output: the records that must be given again. Course: decide what it does to its alert, save the
 * alert with its pages, arm the next timer. What only the wearer is to be told of opens no alert:
 * it becomes a nudge in the outbox.
 */
export const run =
  (deps: EscalateDeps) =>
  async (input: unknown): Promise<BatchResponse> => {
    const stream = streamBatchSchema.safeParse(input);
    return stream.success
      ? onStream(deps, stream.data.Records)
      : onQueue(deps, queueBatchSchema.parse(input).Records);
  };

const onStream = (deps: EscalateDeps, records: readonly StreamRecord[]): Promise<BatchResponse> =>
  workOffStream(records, recordKeyText, async ({ dynamodb }) => {
    try {
      await onImage(deps, imageItem(dynamodb.NewImage ?? {}));
      return 'done';
    } catch (error) {
      // Retry: the stream gives it again; after the last try it is parked in the on-failure queue.
      deps.telemetry.log.error('violation not escalated', { error: errorName(error) });
      return 'failed';
    }
  });

const onImage = async (deps: EscalateDeps, image: Item): Promise<void> => {
  const agencyId = agencyIdSchema.parse(readText(image, 'agencyId'));
  const entity = readText(image, 'entity');
  if (entity === 'OUTBOX') return onMissedPage(deps, image);
  if (entity === 'ALERT') {
    return onDue(deps, { agencyId, ...readJson(image, 'body', alertSchema) });
  }
  if (entity === TRANSFER) return onTransferChanged(deps, transferFrom(image));
  const violation = violationFrom(image);
  const isForWearer = isNudgeReason(violation.reason);
  return (isForWearer ? onNudge : onViolation)(deps, agencyId, violation);
};

/** A page that failed: its person's next channel, or the next step; one that is late: the first. */
const onMissedPage = async (deps: EscalateDeps, image: Item): Promise<void> => {
  const row = outboxRowFrom(image);
  const isPending = readText(image, 'status') === 'pending';
  if (row.kind !== 'page' || (isPending && readNumber(image, 'tries') < LATE_AFTER_TRIES)) return;
  const { agencyId, page } = row;
  const { alertId, recipient, step, loop, inFeed } = page;
  const place = { recipient, step, loop, ...(inFeed && { sequenceInFeed: inFeed.sequence }) };
  if (page.purpose !== 'alert' && page.purpose !== 'review') return;
  const type = isPending ? 'page-late' : 'page-failed';
  const { decision } = await deps.changeAlert(agencyId, alertId, async (alert) => ({
    command: { type, ...place },
    roster: await deps.context.rosterOf(agencyId, alert),
  }));
  report(deps, decision, { agencyId, alertId });
};

const onViolation = async (
  deps: EscalateDeps,
  agencyId: AgencyId,
  violation: Violation,
): Promise<void> => {
  const alertId = alertIdOf(violation.violationId);
  const ask = async (alert: Alert | null): Promise<Asked> => {
    const opening = await deps.context.loadOpening(agencyId, violation);
    const command = { type: 'violation-changed', violation } as const;
    if (alert !== null) {
      const roster = await deps.context.rosterOf(agencyId, alert);
      return { command: { ...command, opening }, roster };
    }
    const roster = await deps.context.loadRoster(agencyId, opening.policy, violation);
    const opens = await openAmongOthers(deps, agencyId, { opening, roster });
    return {
      ...{ command: { ...command, opening: opens.opening }, roster, episodes: opens.episodes },
      beside: opens.beside,
    };
  };
  const { decision } = await deps.changeAlert(agencyId, alertId, ask);
  // Afterwards: where this is not reached, it comes again and finds that it is known.
  await deps.putAside(agencyId, violation);
  report(deps, decision, { agencyId, alertId });
};

/** The wearer alone is told, and once: whatever becomes of it later calls for nothing more. */
const onNudge = async (
  deps: EscalateDeps,
  agencyId: AgencyId,
  violation: Violation,
): Promise<void> => {
  const outcome = await deps.putNudge(agencyId, violation, deps.now());
  if (outcome === 'known') await deps.putAside(agencyId, violation);
  else deps.telemetry.measure('nudge-put', 1);
  const { violationId, reason } = violation;
  deps.telemetry.log.info('nudge to the wearer', { agencyId, violationId, reason, outcome });
};

const onQueue = (deps: EscalateDeps, records: readonly QueueRecord[]): Promise<BatchResponse> =>
  workOffQueue(records, async ({ messageId, body }) => {
    try {
      const message = deadlineMessageSchema.parse(JSON.parse(body));
      await (message.kind === 'transfer-due' ? onTransferDue(deps, message) : onDue(deps, message));
      return 'done';
    } catch (error) {
      // Retry: and after the last try the dead-letter queue, while the sweep goes on driving the
      // alert.
      deps.telemetry.log.error('deadline not handled', { messageId, error: errorName(error) });
      return 'failed';
    }
  });

type Due = Readonly<{ agencyId: AgencyId; alertId: AlertId; epoch: number }>;

/** An alert whose time has come, by a timer or by the sweep. */
const onDue = async (deps: EscalateDeps, { agencyId, alertId, epoch }: Due): Promise<void> => {
  const ask = async (alert: Alert | null): Promise<Asked> => ({
    ...(await tickOf(deps, agencyId, { alert, epoch })),
    roster: await deps.context.rosterOf(agencyId, alert),
  });
  const { decision, alert } = await deps.changeAlert(agencyId, alertId, ask);
  // A schedule wakes us some minutes early: the delay that is exact is armed now.
  const isEarly = decision.outcome === 'nothing' && decision.reason === 'early-tick';
  if (isEarly && alert !== null) await deps.alertTimer(agencyId, alert, deps.now());
  report(deps, decision, { agencyId, alertId });
};

const report = (
  { telemetry }: EscalateDeps,
  decision: AlertDecision,
  ids: Readonly<{ agencyId: string; alertId: string }>,
): void => {
  switch (decision.outcome) {
    case 'happened':
      for (const event of decision.events) telemetry.log.info(event.type, { ...ids });
      for (const event of decision.events) telemetry.measure(event.type, 1);
      return;
    case 'nothing':
      telemetry.log.info('nothing to do', { ...ids, reason: decision.reason });
      return;
    case 'refused':
      telemetry.log.warn('refused', { ...ids, reason: decision.refusal.code });
      return;
    default:
      decision satisfies never;
  }
};
