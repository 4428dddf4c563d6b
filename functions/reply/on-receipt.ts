import type { AgencyId } from '#domain/model/ids.ts';
import { secondsBetween } from '#domain/model/instant.ts';
import { readReceipt } from '#domain/reply/receipt.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Receipts } from '../adapters/dynamodb/receipts.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import type { DeliveryEvent } from './run.ts';

export type ReceiptDeps = Readonly<{
  now: Clock;
  agencyId: AgencyId;
  receipts: Pick<Receipts, 'note'>;
  telemetry: Telemetry;
}>;

/** A receipt may overtake the note of what was sent. After so long it is of no page. */
const NOTED_WITHIN_SECONDS = 120;

/** Thrown where a receipt comes before it is known what was sent. Retry: it is known soon. */
class NotYetSent extends Error {
  constructor() {
    super('a receipt came before what it is of was noted');
    this.name = 'NotYetSent';
  }
}

/** Raises the state of a page by what its provider says. Nothing waits for it. */
export const onReceipt = async (
  { now, agencyId, receipts, telemetry }: ReceiptDeps,
  { eventType, eventTimestamp, messageId }: DeliveryEvent,
): Promise<void> => {
  const said = readReceipt(eventType, eventTimestamp);
  const noted = said === null ? 'says-nothing' : await receipts.note(agencyId, messageId, said);
  if (noted === 'page-unknown' && secondsBetween(eventTimestamp, now()) < NOTED_WITHIN_SECONDS) {
    throw new NotYetSent();
  }
  telemetry.measure(`receipts-${noted}`, 1);
  if (noted === 'lost') telemetry.log.warn('page undelivered', { messageId, reason: eventType });
};
