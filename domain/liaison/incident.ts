import * as z from 'zod';
import { isoInstantSchema } from '../model/instant.ts';
import { type Severity, severitySchema } from '../model/severity.ts';
import { type EventType, type LiaisonEvent, liaisonEventSchema } from './event.ts';

/** Changes when a field goes, or changes its meaning. */
export const INCIDENT_VERSION = 1;

/** What may be asked to be acknowledged: everything, or nothing. */
export const ackWantedSchema = z.enum(['all', 'none']);

const of = liaisonEventSchema.shape;

/** What every message says of itself: the envelope. */
const envelope = {
  schemaVersion: z.literal(INCIDENT_VERSION),
  /** The same when it is sent again. */
  messageId: of.eventId,
  sentAt: of.issuedAt,
  /** It is of no use after so long. */
  ttlSeconds: z.number().int().min(1),
  ackWanted: ackWantedSchema,
  fromAgency: of.agency,
  toAgency: of.recipient,
  incidentId: of.incidentId,
  /** 1, 2, 3 ... in an incident. */
  sequence: of.sequence,
  replaces: of.replaces,
  follows: of.follows,
  status: of.status,
};

const risk = of.risk.unwrap().shape;
const finding = of.finding.unwrap().shape;

/** What is disclosed of the incident; what a recipient's policy withholds is absent. */
const body = {
  class: of.class,
  /** 1 is the most urgent. */
  priority: z.number().int().min(1).max(3),
  severity: severitySchema,
  headline: of.headline,
  /** What was found, and whether that is as good as certain. */
  finding: z.object(finding).optional(),
  /** Where: a name of the place, the zone, a position, or all of them. */
  missionLocation: z
    .object({
      text: z.string().optional(),
      area: of.area,
      wgs84: z.object({ lat: z.number(), lon: z.number() }).optional(),
      osgb: of.position.unwrap().unwrap().shape.osgb.optional(),
      accuracyMetres: z.number().nullable().optional(),
      source: of.position.unwrap().unwrap().shape.source.optional(),
      fixedAt: of.issuedAt.optional(),
    })
    .optional(),
  person: z
    .object({
      ref: of.wearerRef,
      name: z.string().optional(),
      riskLevel: risk.level.optional(),
      mappa: risk.mappa.optional(),
    })
    .optional(),
  legal: z
    .object({
      orderType: of.order.unwrap().shape.type.optional(),
      legalBasis: z.string().optional(),
      orderEndsAt: of.order.unwrap().shape.endsAt.optional(),
      powerOfArrest: of.power.unwrap().shape.arrest.optional(),
      powerEndsAt: of.power.unwrap().shape.endsAt.optional(),
    })
    .optional(),
  /** The recipient's own reference. */
  reference: of.reference,
  contactBack: of.contactBack,
};

const ending = { outcome: of.outcome };

/** An incident as one control room hands it to another: a transfer, and what becomes of it. */
export const incidentMessageSchema = z
  .discriminatedUnion('messageType', [
    z.object({ messageType: z.literal('create'), raisedAt: of.issuedAt, ...envelope, ...body }),
    z.object({ messageType: z.literal('update'), ...envelope, ...body }),
    z.object({ messageType: z.literal('close'), ...envelope, ...body, ...ending }),
    z.object({ messageType: z.literal('cancel'), ...envelope, ...body, ...ending }),
  ])
  .meta({
    title: 'incident message',
    description:
      'An incident that is transferred to a control room, as the payload of a JWS: a profile to be confirmed with BAPCO, and no claim to conform to MAIT',
    examples: [
      {
        messageType: 'create',
        raisedAt: '2026-03-02T20:00:00.000Z',
        schemaVersion: 1,
        messageId: 'aaaaaaaaaaaaaaaaaaaaaaaaaa.1',
        sentAt: '2026-03-02T20:00:00.000Z',
        ttlSeconds: 3600,
        ackWanted: 'all',
        fromAgency: 'county',
        toAgency: 'essex',
        incidentId: 'aaaaaaaaaaaaaaaaaaaaaaaaaa',
        sequence: 1,
        replaces: null,
        follows: null,
        status: 'Exercise',
        class: 'exclusion-zone',
        priority: 2,
        severity: 'severe',
        headline: 'High risk: W-10123 inside exclusion zone since 19:58, may be arrested',
        missionLocation: {
          text: 'Hill Road School',
          wgs84: { lat: 51.5034, lon: -0.1276 },
          osgb: { eastingMetres: 530047, northingMetres: 179951, errorMetres: 5 },
          accuracyMetres: 6,
          source: 'gnss',
          fixedAt: '2026-03-02T19:59:30.000Z',
        },
        person: { ref: 'W-10123', riskLevel: 'high', mappa: null },
        legal: { orderType: 'bail', powerOfArrest: 'yes', powerEndsAt: null },
        reference: 'KP/1234/AB',
        contactBack: { name: 'Monitoring centre', phone: '+442079460000' },
      },
    ],
  });
export type IncidentMessage = z.infer<typeof incidentMessageSchema>;

const MESSAGE_TYPES = {
  raised: 'create',
  updated: 'update',
  closed: 'close',
  cancelled: 'cancel',
} as const satisfies Readonly<Record<EventType, IncidentMessage['messageType']>>;

const PRIORITIES: Readonly<Record<Severity, number>> = { extreme: 1, severe: 2, moderate: 3 };

const epochOf = (iso: string): number => isoInstantSchema.parse(iso);

/** Nothing at all where nothing of it is disclosed. */
const orNothing = <K extends string, T extends object>(name: K, value: T) =>
  Object.keys(value).length === 0 ? {} : { [name]: value };

const locationOf = ({ place, area, position }: LiaisonEvent) => ({
  ...(place === undefined ? {} : { text: place.name }),
  ...(area === undefined ? {} : { area }),
  ...(position === undefined || position === null
    ? {}
    : {
        wgs84: { lat: position.lat, lon: position.lon },
        ...{ osgb: position.osgb, accuracyMetres: position.accuracyMetres },
        ...{ source: position.source, fixedAt: position.recordedAt },
      }),
});

const personOf = ({ wearerRef, person, risk: known }: LiaisonEvent) => ({
  ...(wearerRef === undefined ? {} : { ref: wearerRef }),
  ...(person === undefined ? {} : { name: person.name }),
  ...(known === undefined ? {} : { riskLevel: known.level, mappa: known.mappa }),
});

const legalOf = ({ order, power }: LiaisonEvent) => ({
  ...(order === undefined
    ? {}
    : { orderType: order.type, legalBasis: order.legalBasis, orderEndsAt: order.endsAt }),
  ...(power === undefined ? {} : { powerOfArrest: power.arrest, powerEndsAt: power.endsAt }),
});

const disclosedOf = (event: LiaisonEvent) => {
  const { finding: found, reference, contactBack, outcome, type } = event;
  const isEnd = type === 'closed' || type === 'cancelled';
  return {
    ...(found === undefined ? {} : { finding: found }),
    ...orNothing('missionLocation', locationOf(event)),
    ...orNothing('person', personOf(event)),
    ...orNothing('legal', legalOf(event)),
    ...(reference === undefined ? {} : { reference }),
    ...(contactBack === undefined ? {} : { contactBack }),
    ...(outcome === undefined || !isEnd ? {} : { outcome }),
  };
};

/**
 * A disclosed event as a message of the transfer of an incident. `isAckWanted`: whether its
 * recipient has to receive and to accept it.
 */
export const incidentOf = (
  event: LiaisonEvent,
  { isAckWanted }: Readonly<{ isAckWanted: boolean }>,
): IncidentMessage => {
  const { type, issuedAt, expiresAt, severity } = event;
  const ttlSeconds = Math.ceil((epochOf(expiresAt) - epochOf(issuedAt)) / 1_000);
  return incidentMessageSchema.parse({
    messageType: MESSAGE_TYPES[type],
    ...(type === 'raised' ? { raisedAt: issuedAt } : {}),
    schemaVersion: INCIDENT_VERSION,
    ...{ messageId: event.eventId, sentAt: issuedAt, ttlSeconds: Math.max(1, ttlSeconds) },
    ackWanted: isAckWanted ? 'all' : 'none',
    ...{ fromAgency: event.agency, toAgency: event.recipient, incidentId: event.incidentId },
    ...{ sequence: event.sequence, replaces: event.replaces, follows: event.follows },
    ...{ status: event.status, class: event.class, severity, priority: PRIORITIES[severity] },
    headline: event.headline,
    ...disclosedOf(event),
  });
};
