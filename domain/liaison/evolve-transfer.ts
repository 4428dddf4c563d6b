import { violationIdSchema } from '../model/ids.ts';
import { type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import { NO_ANSWERS, withAnswer } from './answers.ts';
import { type EventType, eventIdOf } from './event.ts';
import { dueOf, type Newest, type Transfer } from './transfer.ts';
import type { SentEvent, TransferAbout, TransferEvent } from './transfer-commands.ts';

/** However often it was sent again in vain: not more seldom than this. */
const LONGEST_GAP_SECONDS = 900;
/** Doubled so often, any wait is longer than that. */
const MOST_DOUBLINGS = 10;

/** How long after the nth time it is sent once more: twice as long each time, to a bound. */
export const resendGapSeconds = (receiptSeconds: number, tries: number): number =>
  Math.max(
    receiptSeconds,
    Math.min(receiptSeconds * 2 ** Math.min(tries, MOST_DOUBLINGS), LONGEST_GAP_SECONDS),
  );

const isEnd = (type: EventType): boolean => type === 'closed' || type === 'cancelled';

/** The event now newest: sent again without a receipt, where messages go out at all. */
const newestOf = (event: SentEvent, { acceptance, isPushed }: TransferAbout): Newest => ({
  ...event,
  tries: 0,
  nextTryAt: isPushed ? secondsAfter(event.sentAt, acceptance.receiptSeconds) : null,
  receipt: null,
});

const begun = (event: SentEvent, about: TransferAbout): Transfer => {
  const isOver = isEnd(event.type);
  return {
    ...about,
    epoch: 0,
    newest: newestOf(event, about),
    askedAt: event.sentAt,
    isOver,
    overAt: isOver ? event.sentAt : null,
    ...{ answers: NO_ANSWERS, live: null, trouble: null, nextDueAt: null },
    ...{ spells: 0, spellsBefore: 0 },
  };
};

/** An incident that was closed and is told again has to be accepted again. */
const sent = (transfer: Transfer, event: SentEvent, about: TransferAbout): Transfer => {
  const { isOver: wasOver, overAt } = transfer;
  const isOver = isEnd(event.type);
  const isAgain = wasOver && !isOver;
  return {
    ...transfer,
    ...{ severity: about.severity, about: about.about, orderVersion: about.orderVersion },
    newest: newestOf(event, transfer),
    isOver,
    overAt: isOver && !wasOver ? event.sentAt : overAt,
    ...(isAgain
      ? { askedAt: event.sentAt, answers: NO_ANSWERS, spellsBefore: transfer.spells }
      : {}),
  };
};

const withNewest = (transfer: Transfer, change: Partial<Newest>): Transfer => ({
  ...transfer,
  newest: { ...transfer.newest, ...change },
});

/** What they said of their own system, whatever order it came in. */
const confirmed = (
  transfer: Transfer,
  { reference, asOf }: Readonly<{ reference: string; asOf: Instant }>,
): Transfer => {
  const { live } = transfer;
  if (live === null) return { ...transfer, live: { since: asOf, reference, confirmedAt: asOf } };
  const since = asOf < live.since ? asOf : live.since;
  const isNewer =
    asOf > live.confirmedAt || (asOf === live.confirmedAt && reference > live.reference);
  return {
    ...transfer,
    live: {
      since,
      reference: isNewer ? reference : live.reference,
      confirmedAt: laterOf(live.confirmedAt, asOf),
    },
  };
};

const untaken = (
  transfer: Transfer,
  { spell, since, cause, at }: Extract<TransferEvent, { type: 'transfer-untaken' }>,
): Transfer => {
  const { wearerId, incidentId } = transfer;
  const violationId = violationIdSchema.parse(`${wearerId}.transfer.${incidentId}.${spell}`);
  const trouble = { spell, since, raisedAt: at, cause, violationId, revision: 1 };
  return { ...transfer, spells: spell, trouble };
};

const changed = (transfer: Transfer, event: TransferEvent): Transfer => {
  switch (event.type) {
    case 'transfer-begun':
    case 'transfer-sent':
      return sent(transfer, event.event, event.about);
    case 'transfer-sent-again':
      return withNewest(transfer, { tries: event.tries, nextTryAt: event.nextTryAt });
    case 'transfer-receipt':
      return withNewest(transfer, {
        nextTryAt: null,
        receipt: { code: event.code, at: event.at },
      });
    case 'transfer-given-up':
      return withNewest(transfer, { nextTryAt: null });
    case 'transfer-answered':
      return { ...transfer, answers: withAnswer(transfer.answers, event.answer) };
    case 'transfer-live':
      return confirmed(transfer, event);
    case 'transfer-untaken':
      return untaken(transfer, event);
    case 'transfer-untaken-why': {
      const { trouble } = transfer;
      return trouble === null
        ? transfer
        : {
            ...transfer,
            trouble: { ...trouble, cause: event.cause, revision: trouble.revision + 1 },
          };
    }
    case 'transfer-taken':
      return { ...transfer, trouble: null };
    default:
      return event satisfies never;
  }
};

/** A transfer after something happened to it. Null: nothing can happen before it has begun. */
export const evolveTransfer = (
  transfer: Transfer | null,
  event: TransferEvent,
): Transfer | null => {
  if (transfer === null && event.type !== 'transfer-begun') return null;
  const known = event.type === 'transfer-begun' ? begun(event.event, event.about) : transfer;
  if (known === null) return null;
  const after = event.type === 'transfer-begun' ? known : changed(known, event);
  return { ...after, nextDueAt: dueOf(after) };
};

/** A transfer after all that one decision came to, under its next epoch. */
export const afterEvents = (
  transfer: Transfer | null,
  events: readonly TransferEvent[],
): Transfer | null => {
  const after = events.reduce(evolveTransfer, transfer);
  return after === null ? null : { ...after, epoch: (transfer?.epoch ?? 0) + 1 };
};

/** Whether an id is that of an event of the incident that was sent. */
export const wasSent = ({ incidentId, newest }: Transfer, eventId: string): boolean => {
  const sequence = Number(eventId.slice(eventId.lastIndexOf('.') + 1));
  const isSequence = Number.isSafeInteger(sequence) && sequence >= 1;
  return isSequence && sequence <= newest.sequence && eventIdOf(incidentId, sequence) === eventId;
};
