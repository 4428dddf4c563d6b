import type { AgencyId } from '../model/ids.ts';
import { type Instant, secondsAfter, toIso } from '../model/instant.ts';
import type { Liaison } from '../model/liaison.ts';
import { EVENT_VERSION, eventIdOf, type IncidentId, type LiaisonEvent } from './event.ts';
import { headlineOf } from './headline.ts';

/** Whether it arrived is known by then. */
const EXPIRES_SECONDS = 3_600;

export type TestAsked = Readonly<{
  agencyId: AgencyId;
  liaison: Liaison;
  incidentId: IncidentId;
  at: Instant;
}>;

/**
 * An event that is about nobody, and shows that messages arrive: of a class that the liaison may
 * hear of, with no part of anything that its policy could withhold. It calls for nothing, and
 * nothing follows it.
 */
export const testEventOf = ({ agencyId, liaison, incidentId, at }: TestAsked): LiaisonEvent => {
  const [about = 'exclusion-zone'] = liaison.classes;
  const event: LiaisonEvent = {
    schema: `homeward.liaison-event.${EVENT_VERSION}`,
    eventId: eventIdOf(incidentId, 1),
    recipient: liaison.liaisonId,
    agency: agencyId,
    incidentId,
    sequence: 1,
    replaces: null,
    replacesIssuedAt: null,
    follows: null,
    type: 'raised',
    status: 'Test',
    issuedAt: toIso(at),
    expiresAt: toIso(secondsAfter(at, EXPIRES_SECONDS)),
    class: about,
    severity: liaison.leastSeverity,
    headline: '-',
  };
  return { ...event, headline: headlineOf(event) };
};
