import { type EventId, incidentIdSchema } from '#domain/liaison/event.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { ChangeTransfer } from './change-transfer.ts';

/**
 * Notes that a liaison has an event: it is not sent again. Nothing where nobody there has to accept
 * the incident. The event is known to be theirs.
 */
export const noteReceipt =
  (changeTransfer: ChangeTransfer) =>
  async ({ agencyId }: Readonly<{ agencyId: AgencyId }>, eventId: EventId): Promise<void> => {
    const incidentId = incidentIdSchema.parse(eventId.slice(0, eventId.lastIndexOf('.')));
    const command = { type: 'receipt', eventId, code: 'stored' } as const;
    await changeTransfer(agencyId, { incidentId, command });
  };
