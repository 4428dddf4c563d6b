import type { EventId } from '#domain/liaison/event.ts';
import { type Door, doorFor } from '#domain/liaison/traffic.ts';
import type { ChangedTransfer } from '../adapters/change-transfer.ts';
import type { NoteUnusable } from '../adapters/dynamodb/delivery-trouble.ts';
import type { LiaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import type { Said } from './read-feed-message.ts';
import type { LiaisonCall } from './route.ts';

export type FeedReceiptDeps = Readonly<{
  liaisonFeeds: Pick<LiaisonFeeds, 'findInEither' | 'acknowledge'>;
  /** Tells the duty manager of one that they cannot use; false: it is none of theirs. */
  noteUnusable: NoteUnusable;
  telemetry: Telemetry;
}>;

/** In which of a liaison's feeds the event stands that a receipt is of; null: in none. */
export const doorOfReceipt = async (
  { liaisonFeeds: { findInEither } }: FeedReceiptDeps,
  { agencyId, liaisonId }: LiaisonCall,
  { incidentId, command }: Said,
): Promise<Door | null> => {
  if (command.type !== 'receipt' || !command.eventId.startsWith(`${incidentId}.`)) return null;
  const found = await findInEither({ agencyId, liaisonId }, command.eventId);
  return found && doorFor(found.event.status);
};

/** Notes that they cannot use an event; false: it is none of theirs. */
export const takeUnusable = async (
  { noteUnusable, telemetry }: Omit<FeedReceiptDeps, 'liaisonFeeds'>,
  { agencyId, liaisonId, now }: LiaisonCall,
  { eventId, reason }: Readonly<{ eventId: EventId; reason: string }>,
): Promise<boolean> => {
  const isTheirs = await noteUnusable({ agencyId, liaisonId }, eventId, now);
  if (!isTheirs) return false;
  telemetry.measure('eventsUnusable', 1);
  telemetry.log.error('event could not be used', { agencyId, liaisonId, eventId, reason });
  return true;
};

/** A receipt of what nobody there has to accept acknowledges it, or says that it is no use. */
export const takeFeedReceipt = async (
  deps: FeedReceiptDeps,
  call: LiaisonCall,
  { command, door }: Readonly<{ command: Said['command']; door: Door }>,
): Promise<ChangedTransfer> => {
  if (command.type !== 'receipt') throw new Error(`${command.type} is no receipt`);
  const { agencyId, liaisonId, now } = call;
  const { eventId, code } = command;
  if (code !== 'stored') {
    await takeUnusable(deps, call, { eventId, reason: code });
    return { decision: { outcome: 'happened', events: [] }, transfer: null };
  }
  const noted = await deps.liaisonFeeds.acknowledge({ agencyId, liaisonId, door }, eventId, now);
  return noted === 'noted'
    ? { decision: { outcome: 'happened', events: [] }, transfer: null }
    : { decision: { outcome: 'nothing', reason: 'receipt-known' }, transfer: null };
};
