import { toOsgb } from '../geo/osgb.ts';
import type { Page } from '../model/alert.ts';
import { contractClassSchema } from '../model/alert-class.ts';
import type { LiaisonId } from '../model/ids.ts';
import { DAY_SECONDS, isoOrNull, secondsAfter, toIso } from '../model/instant.ts';
import type { Liaison } from '../model/liaison.ts';
import type { Order } from '../model/order.ts';
import type { Violation } from '../model/violation.ts';
import { happened, SUREST, where } from '../notify/words.ts';
import { formatLocal } from '../time/local-time.ts';
import {
  EVENT_VERSION,
  type EventType,
  eventIdOf,
  type IncidentId,
  type LiaisonEvent,
} from './event.ts';
import { headlineOf } from './headline.ts';

/** What is still said of an incident a day after its last event is for people to ask. */
const EXPIRES_SECONDS = DAY_SECONDS;
/** As good as certain, as for severity. */
const CONFIRMED_CERTAINTY = 0.9;

const TYPES: Readonly<Record<Page['purpose'], EventType>> = {
  alert: 'raised',
  review: 'raised',
  update: 'updated',
  'stand-down': 'cancelled',
  closed: 'closed',
};

/** What an event is made of. */
export type Told = Readonly<{
  page: Page;
  inFeed: NonNullable<Page['inFeed']>;
  /** 1, 2, 3 ... in the incident, as this recipient knows it. */
  sequence: number;
  /** The version of the order under which it was found. */
  order: Order;
  liaison: Liaison;
  incidentId: IncidentId;
  /** The incident that it goes on from, where this recipient was told of that one. */
  follows: IncidentId | null;
  /** When the event was issued that it replaces; null: it is the first. */
  replacesIssuedAt: string | null;
  traffic: LiaisonEvent['status'];
  agency: string;
}>;

const findingOf = ({ facts }: Page): NonNullable<LiaisonEvent['finding']> => {
  const { violation, timeZone } = facts;
  const { certainty } = violation;
  return {
    reason: violation.reason,
    what: happened(facts),
    since: toIso(violation.openedAt),
    sinceLocal: formatLocal(violation.openedAt, timeZone),
    detectedAt: toIso(violation.detectedAt),
    endedAt: isoOrNull(violation.endedAt),
    certainty: certainty === null ? null : Math.min(SUREST, certainty),
    confirmed: certainty === null || certainty >= CONFIRMED_CERTAINTY,
  };
};

const positionOf = ({ evidence }: Violation): NonNullable<LiaisonEvent['position']> | null => {
  const fix = evidence.findLast((one) => one.kind === 'fix');
  if (fix === undefined) return null;
  const { lat, lon, accuracyMetres, source, recordedAt } = fix;
  const at = { lat, lon, accuracyMetres, source, recordedAt: toIso(recordedAt) };
  return { ...at, osgb: toOsgb(fix) };
};

const referenceOf = (order: Order, liaisonId: LiaisonId) =>
  order.policeForce === liaisonId
    ? order.policeReference
    : (order.liaisons.find((one) => one.liaisonId === liaisonId)?.reference ?? null);

/** An order's power of arrest; what is over is nobody's to use. */
const powerOf = ({ powerOfArrest, powerEndsAt, endsAt }: Order, at: Page['createdAt']) => {
  const lastsUntil = powerEndsAt ?? endsAt;
  const isOver = lastsUntil !== null && at >= lastsUntil;
  return { arrest: isOver ? ('no' as const) : powerOfArrest, endsAt: isoOrNull(lastsUntil) };
};

/** Everything that there is to say of an alert to a liaison, before its policy is asked. */
export const eventOfPage = (told: Told): LiaisonEvent => {
  const { page, inFeed, order, liaison, incidentId, traffic, agency } = told;
  const { follows, replacesIssuedAt, sequence } = told;
  const { outcome } = inFeed;
  const { facts, createdAt } = page;
  const place = where(facts);
  const event: LiaisonEvent = {
    schema: `homeward.liaison-event.${EVENT_VERSION}`,
    eventId: eventIdOf(incidentId, sequence),
    recipient: liaison.liaisonId,
    agency,
    incidentId,
    sequence,
    replaces: sequence === 1 ? null : eventIdOf(incidentId, sequence - 1),
    replacesIssuedAt,
    follows,
    // Whoever was told of nothing yet has nothing that could be updated.
    type: sequence === 1 ? 'raised' : TYPES[page.purpose],
    status: traffic,
    issuedAt: toIso(createdAt),
    expiresAt: toIso(secondsAfter(createdAt, EXPIRES_SECONDS)),
    class: contractClassSchema.parse(page.conditionKind),
    severity: page.severity,
    headline: '-',
    wearerRef: page.wearerId,
    person: { name: facts.wearerName },
    risk: { level: order.riskLevel, mappa: order.mappa },
    order: {
      type: order.type,
      legalBasis: facts.legalBasis,
      endsAt: isoOrNull(order.endsAt),
    },
    power: powerOf(order, createdAt),
    finding: findingOf(page),
    ...(place === null ? {} : { place: { name: place } }),
    ...(facts.zoneArea === undefined ? {} : { area: facts.zoneArea }),
    position: positionOf(facts.violation),
    reference: referenceOf(order, liaison.liaisonId),
    contactBack: liaison.contactBack,
    outcome,
  };
  return { ...event, headline: headlineOf(event) };
};
