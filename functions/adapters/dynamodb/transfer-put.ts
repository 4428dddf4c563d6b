import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { decideTransfer } from '#domain/liaison/decide-transfer.ts';
import type { LiaisonEvent } from '#domain/liaison/event.ts';
import { afterEvents } from '#domain/liaison/evolve-transfer.ts';
import type { Transfer } from '#domain/liaison/transfer.ts';
import { type SentEvent, type TransferAbout, termsOf } from '#domain/liaison/transfer-commands.ts';
import type { Page } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Instant, isoInstantSchema } from '#domain/model/instant.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import { happened } from '#domain/notify/words.ts';
import { type TransferTables, transfers, transferWrites } from './transfers.ts';

/** An event of the feed of a liaison, and the page that it was made of. */
export type Appended = Readonly<{
  event: LiaisonEvent;
  page: Page;
  liaison: Liaison;
  at: Instant;
}>;

const sentOf = ({ event, at }: Appended): SentEvent => {
  const { eventId, sequence, type } = event;
  return {
    eventId,
    sequence,
    type,
    sentAt: at,
    expiresAt: isoInstantSchema.parse(event.expiresAt),
  };
};

const aboutOf = (
  { event, page, liaison }: Appended,
  known: Transfer | null,
): TransferAbout | null => {
  // What has begun goes on under its terms, also where they have been taken away since.
  const terms = known ?? termsOf(liaison);
  if (terms === null) return null;
  const { acceptance, liaisonId, liaisonName, isPushed } = terms;
  const { alertId, wearerId, severity, facts } = page;
  const { orderId, orderVersion } = facts.violation;
  return {
    ...{ acceptance, liaisonId, liaisonName, isPushed },
    ...{ incidentId: event.incidentId, status: event.status },
    ...{ alertId, wearerId, orderId, orderVersion, severity, about: happened(facts) },
  };
};

/**
 * What is saved in the transaction that appends an event to a feed, so that its receipt and its
 * acceptance are waited for from that instant on. Nothing for a liaison that accepts nothing, and
 * for an event that is known.
 */
export const transferPut =
  (client: DynamoDBClient, tables: TransferTables) =>
  async (agencyId: AgencyId, appended: Appended): Promise<TransactWriteItem[]> => {
    const before = await transfers(client, tables).load(agencyId, appended.event.incidentId);
    const about = aboutOf(appended, before);
    if (about === null) return [];
    const command = { type: 'sent', event: sentOf(appended), about } as const;
    const decision = decideTransfer(before, command, appended.at);
    if (decision.outcome !== 'happened') return [];
    const { events } = decision;
    const after = afterEvents(before, events);
    return after === null ? [] : transferWrites(tables, agencyId, { before, after, events });
  };
export type TransferPut = ReturnType<typeof transferPut>;
