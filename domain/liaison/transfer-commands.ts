import type { Instant } from '../model/instant.ts';
import type { Liaison } from '../model/liaison.ts';
import type { TroubleCause } from '../model/transfer-trouble.ts';
import type { Answer } from './answers.ts';
import type { EventId } from './event.ts';
import type { Newest, ReceiptCode, Transfer } from './transfer.ts';

/** An event of the incident as it is appended to the liaison's feed. */
export type SentEvent = Pick<Newest, 'eventId' | 'sequence' | 'type' | 'sentAt' | 'expiresAt'>;

/** What a transfer is about, and under which terms: as its first event has it. */
export type TransferAbout = Pick<
  Transfer,
  | 'incidentId'
  | 'liaisonId'
  | 'liaisonName'
  | 'acceptance'
  | 'isPushed'
  | 'status'
  | 'alertId'
  | 'wearerId'
  | 'orderId'
  | 'orderVersion'
  | 'severity'
  | 'about'
>;

/** The terms of a liaison that accepts or rejects; null for one that does not. */
export const termsOf = ({
  acceptance,
  liaisonId,
  name,
  delivery,
}: Liaison): Pick<TransferAbout, 'acceptance' | 'liaisonId' | 'liaisonName' | 'isPushed'> | null =>
  acceptance === null
    ? null
    : { acceptance, liaisonId, liaisonName: name, isPushed: delivery.by !== 'pull' };

/** What may come to a transfer: from us, from them, or by the clock. */
export type TransferCommand =
  | Readonly<{ type: 'sent'; event: SentEvent; about: TransferAbout }>
  | Readonly<{ type: 'receipt'; eventId: EventId; code: ReceiptCode }>
  /** `eventId`: of the event that they answer, where they say so. `reference`: their own. */
  | Readonly<{ type: 'answer'; answer: Answer; eventId: EventId | null; reference: string | null }>
  /** It stands in their system under a reference of theirs, as of an instant by their clock. */
  | Readonly<{ type: 'live'; reference: string; asOf: Instant }>
  | Readonly<{ type: 'tick'; epoch: number }>;

/** What happened to a transfer. Each is an entry of the record; together they are its state. */
export type TransferEvent =
  | Readonly<{ type: 'transfer-begun'; at: Instant; event: SentEvent; about: TransferAbout }>
  | Readonly<{ type: 'transfer-sent'; at: Instant; event: SentEvent; about: TransferAbout }>
  /** Under the same message id: they may have it already. */
  | Readonly<{
      type: 'transfer-sent-again';
      at: Instant;
      eventId: EventId;
      tries: number;
      nextTryAt: Instant;
    }>
  | Readonly<{ type: 'transfer-receipt'; at: Instant; eventId: EventId; code: ReceiptCode }>
  /** It is of no use any more, and is not sent again. */
  | Readonly<{ type: 'transfer-given-up'; at: Instant; eventId: EventId }>
  | Readonly<{ type: 'transfer-answered'; at: Instant; answer: Answer }>
  | Readonly<{ type: 'transfer-live'; at: Instant; reference: string; asOf: Instant }>
  /** People here are called. */
  | Readonly<{
      type: 'transfer-untaken';
      at: Instant;
      spell: number;
      since: Instant;
      cause: TroubleCause;
    }>
  /** They are being called, and now it is known why. */
  | Readonly<{ type: 'transfer-untaken-why'; at: Instant; cause: TroubleCause }>
  | Readonly<{ type: 'transfer-taken'; at: Instant; why: 'accepted' | 'closed' }>;

/** Why nothing happened, where nothing had to. */
export type TransferIdle =
  | 'sent-before'
  | 'message-known'
  | 'receipt-known'
  | 'event-replaced'
  | 'answer-known'
  | 'answer-superseded'
  | 'live-known'
  | 'stale-tick'
  | 'early-tick';

export type TransferRefusal =
  | 'incident-unknown'
  | 'event-unknown'
  | 'from-the-future'
  | 'dated-before-sent';

export type TransferDecision =
  | Readonly<{ outcome: 'happened'; events: readonly TransferEvent[] }>
  | Readonly<{ outcome: 'nothing'; reason: TransferIdle }>
  | Readonly<{ outcome: 'refused'; code: TransferRefusal }>;
