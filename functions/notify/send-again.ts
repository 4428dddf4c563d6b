import type { AgencyId } from '#domain/model/ids.ts';
import type { LiaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import type { Liaisons } from '../adapters/dynamodb/liaisons.ts';
import type { EventAgain } from '../adapters/dynamodb/outbox.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';
import type { DeliverEvent } from './deliver-event.ts';

export type SendAgainDeps = Readonly<{
  feeds: Pick<LiaisonFeeds, 'find'>;
  loadLiaison: Liaisons['load'];
  deliver: DeliverEvent;
}>;

/**
 * Delivers an event of a feed once more, as it stands there and under the same message id, for no
 * receipt has come. Returns the provider's id.
 */
export const sendAgain =
  ({ feeds, loadLiaison, deliver }: SendAgainDeps) =>
  async (agencyId: AgencyId, { liaisonId, eventId, tries }: EventAgain): Promise<string> => {
    const [liaison, found] = await Promise.all([
      loadLiaison(agencyId, liaisonId),
      feeds.find({ agencyId, liaisonId }, eventId),
    ]);
    // Record: the row says it, and people are called all the same.
    if (liaison === null || found === null) {
      throw new NeverAccepted('the event or its liaison is not on record', null);
    }
    if (liaison.responseWithdrawn !== null) {
      throw new NeverAccepted('the liaison has withdrawn its response', null);
    }
    return deliver(found, liaison, tries);
  };
export type SendAgain = ReturnType<typeof sendAgain>;
