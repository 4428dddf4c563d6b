import { type Instant, secondsAfter } from '../model/instant.ts';
import type { TroubleCause } from '../model/transfer-trouble.ts';
import { newsIn } from './answers.ts';
import { evolveTransfer, resendGapSeconds, wasSent } from './evolve-transfer.ts';
import { MOST_AHEAD_SECONDS, MOST_BEHIND_SECONDS } from './their-clock.ts';
import {
  acceptDueAt,
  isTaken,
  type ReceiptCode,
  standingAnswer,
  type Transfer,
} from './transfer.ts';
import type {
  TransferCommand,
  TransferDecision,
  TransferEvent,
  TransferIdle,
  TransferRefusal,
} from './transfer-commands.ts';

const nothing = (reason: TransferIdle): TransferDecision => ({ outcome: 'nothing', reason });
const refuse = (code: TransferRefusal): TransferDecision => ({ outcome: 'refused', code });

/** So often an acceptance lets people go: whoever wavers on is no longer believed. */
const MOST_LET_GO = 2;

/** Whether nothing that they say lets people go any more, until the incident is over. */
const staysCalled = ({ trouble, spellsBefore }: Transfer): boolean =>
  trouble !== null && trouble.spell - spellsBefore > MOST_LET_GO;

/** Why nobody there has it in hand; null: somebody has, nobody must, or there is time yet. */
const causeOf = (transfer: Transfer, now: Instant): TroubleCause | null => {
  const { isOver, newest, trouble } = transfer;
  if (isOver) return null;
  if (isTaken(transfer)) return staysCalled(transfer) ? (trouble?.cause ?? null) : null;
  const answer = standingAnswer(transfer);
  if (answer?.is === 'rejected') return answer.cause;
  if (answer?.is === 'aborted') return 'aborted';
  // People who have been called are not sent home because a machine has now taken it.
  if (trouble !== null) return trouble.cause;
  const { receipt } = newest;
  if (receipt !== null && receipt.code !== 'stored') return receipt.code;
  return now >= acceptDueAt(transfer) ? 'no-answer' : null;
};

/** What follows for people here: they are called, told why, or let go. Once in each spell. */
const followed = (before: Transfer | null, after: Transfer, at: Instant): TransferEvent[] => {
  const { trouble, spells, askedAt, isOver } = after;
  const cause = causeOf(after, at);
  if (cause === null) {
    return trouble === null
      ? []
      : [{ type: 'transfer-taken', at, why: isOver ? 'closed' : 'accepted' }];
  }
  if (trouble === null) {
    const since = before !== null && isTaken(before) ? at : askedAt;
    return [{ type: 'transfer-untaken', at, spell: spells + 1, since, cause }];
  }
  return trouble.cause === cause ? [] : [{ type: 'transfer-untaken-why', at, cause }];
};

const happened = (
  before: Transfer | null,
  at: Instant,
  ...events: readonly TransferEvent[]
): TransferDecision => {
  const after = events.reduce(evolveTransfer, before);
  const follows = after === null ? [] : followed(before, after, at);
  return { outcome: 'happened', events: [...events, ...follows] };
};

/** Says that the newest event has come, or why not. That it has come is never taken back. */
const received = (transfer: Transfer, code: ReceiptCode, at: Instant): TransferEvent[] => {
  const { receipt, eventId } = transfer.newest;
  const known = receipt?.code;
  const isNew = known === undefined || (known !== 'stored' && code === 'stored');
  return isNew ? [{ type: 'transfer-receipt', at, eventId, code }] : [];
};

const onReceipt = (
  transfer: Transfer,
  { eventId, code }: Extract<TransferCommand, { type: 'receipt' }>,
  at: Instant,
): TransferDecision => {
  if (!wasSent(transfer, eventId)) return refuse('event-unknown');
  if (eventId !== transfer.newest.eventId) return nothing('event-replaced');
  const events = received(transfer, code, at);
  return events.length === 0 ? nothing('receipt-known') : happened(transfer, at, ...events);
};

/** Why what they say cannot be of the time that they give; null: it can. */
const whyMisdated = (
  { askedAt }: Transfer,
  saidAt: Instant,
  at: Instant,
): 'from-the-future' | 'dated-before-sent' | null => {
  if (saidAt > secondsAfter(at, MOST_AHEAD_SECONDS)) return 'from-the-future';
  return secondsAfter(saidAt, MOST_BEHIND_SECONDS) < askedAt ? 'dated-before-sent' : null;
};

const onAnswer = (
  transfer: Transfer,
  { answer, eventId, reference }: Extract<TransferCommand, { type: 'answer' }>,
  at: Instant,
): TransferDecision => {
  const misdated = whyMisdated(transfer, answer.at, at);
  if (misdated !== null) return refuse(misdated);
  if (eventId !== null && !wasSent(transfer, eventId)) return refuse('event-unknown');
  const { answers, overAt, isOver, newest } = transfer;
  const isOfBefore = !isOver && overAt !== null && answer.at <= overAt;
  const news = newsIn(answer, answers);
  const events: TransferEvent[] = [
    // Who answers an event has it, whether or not their system has said so.
    ...(eventId === newest.eventId ? received(transfer, 'stored', at) : []),
    ...(news === 'news' && !isOfBefore ? [{ type: 'transfer-answered', at, answer } as const] : []),
    ...(reference === null ? [] : confirmed(transfer, { reference, asOf: answer.at, at })),
  ];
  if (events.length > 0) return happened(transfer, at, ...events);
  return nothing(news === 'known' ? 'answer-known' : 'answer-superseded');
};

type Confirmed = Readonly<{ reference: string; asOf: Instant; at: Instant }>;

/** Said again within a minute of what is known it is no news, and would only fill the record. */
const CONFIRMED_SECONDS = 60;

const confirmed = (transfer: Transfer, { reference, asOf, at }: Confirmed): TransferEvent[] => {
  const event = { type: 'transfer-live', at, reference, asOf } as const;
  const { live } = transfer;
  if (live === null) return [event];
  const after = evolveTransfer(transfer, event)?.live;
  const isEarlier = secondsAfter(asOf, CONFIRMED_SECONDS) <= live.since;
  const isLater = asOf >= secondsAfter(live.confirmedAt, CONFIRMED_SECONDS);
  const isNews = isEarlier || isLater || after?.reference !== live.reference;
  return isNews ? [event] : [];
};

const onLive = (
  transfer: Transfer,
  { reference, asOf }: Extract<TransferCommand, { type: 'live' }>,
  at: Instant,
): TransferDecision => {
  const misdated = whyMisdated(transfer, asOf, at);
  if (misdated !== null) return refuse(misdated);
  const events = confirmed(transfer, { reference, asOf, at });
  return events.length === 0 ? nothing('live-known') : happened(transfer, at, ...events);
};

/** It is sent again as long as it is of use, and nobody there has said that they have it. */
const resent = ({ newest, acceptance }: Transfer, at: Instant): TransferEvent[] => {
  const { nextTryAt, eventId, expiresAt } = newest;
  if (nextTryAt === null || at < nextTryAt) return [];
  if (at >= expiresAt) return [{ type: 'transfer-given-up', at, eventId }];
  const tries = newest.tries + 1;
  const gapSeconds = resendGapSeconds(acceptance.receiptSeconds, tries);
  const next = secondsAfter(at, gapSeconds);
  return [{ type: 'transfer-sent-again', at, eventId, tries, nextTryAt: next }];
};

const onTick = (transfer: Transfer, epoch: number, at: Instant): TransferDecision => {
  if (transfer.epoch !== epoch || transfer.nextDueAt === null) return nothing('stale-tick');
  if (at < transfer.nextDueAt) return nothing('early-tick');
  return happened(transfer, at, ...resent(transfer, at));
};

const onSent = (
  transfer: Transfer | null,
  { event, about }: Extract<TransferCommand, { type: 'sent' }>,
  at: Instant,
): TransferDecision => {
  if (transfer === null) return happened(null, at, { type: 'transfer-begun', at, event, about });
  if (event.sequence <= transfer.newest.sequence) return nothing('sent-before');
  return happened(transfer, at, { type: 'transfer-sent', at, event, about });
};

/**
 * Decides what a command does to the transfer of one incident to one liaison: events, nothing with
 * a reason, or a refusal. Messages of theirs may be lost, late, doubled and in any order: the same
 * answer stands in the end (see `standingOf`). A rejection after an acceptance calls people here;
 * an acceptance that is clearly later than a rejection lets them go, twice at most.
 */
export const decideTransfer = (
  transfer: Transfer | null,
  command: TransferCommand,
  now: Instant,
): TransferDecision => {
  if (command.type === 'sent') return onSent(transfer, command, now);
  if (transfer === null) return refuse('incident-unknown');
  switch (command.type) {
    case 'receipt':
      return onReceipt(transfer, command, now);
    case 'answer':
      return onAnswer(transfer, command, now);
    case 'live':
      return onLive(transfer, command, now);
    case 'tick':
      return onTick(transfer, command.epoch, now);
    default:
      return command satisfies never;
  }
};
