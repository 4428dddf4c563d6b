import * as z from 'zod';
import { osgbSchema } from '../geo/osgb.ts';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';
import { contractClassSchema } from '../model/alert-class.ts';
import { dispositionSchema } from '../model/closing.ts';
import { phoneSchema } from '../model/contact.ts';
import { fixSourceSchema } from '../model/device-event.ts';
import { liaisonIdSchema, wearerIdSchema } from '../model/ids.ts';
import { orderTypeSchema, riskLevelSchema } from '../model/order.ts';
import { referenceSchema } from '../model/picture.ts';
import { powerOfArrestSchema } from '../model/power.ts';
import { violationReasonSchema } from '../model/reasons.ts';
import { severitySchema } from '../model/severity.ts';
import { zoneAreaSchema } from '../model/zone-area.ts';

/** Changes when a field goes or changes its meaning; one more that may be absent is no change. */
export const EVENT_VERSION = 1;

/** A control room reads it on a phone. */
export const MOST_HEADLINE_CHARACTERS = 160;

/** CAP's words for what is real, what is practised, and what only shows that messages arrive. */
export const trafficSchema = z.enum(['Actual', 'Exercise', 'Test']);
export type Traffic = z.infer<typeof trafficSchema>;

export const eventTypeSchema = z.enum(['raised', 'updated', 'cancelled', 'closed']);
export type EventType = z.infer<typeof eventTypeSchema>;

/** Letters and digits that say nothing, and are others for each recipient of the same alert. */
export const incidentIdSchema = z
  .string()
  .regex(/^[a-z2-7]{26}$/, 'an incident id has 26 letters a-z or digits 2-7')
  .brand<'IncidentId'>();
export type IncidentId = z.infer<typeof incidentIdSchema>;

/** The incident, and the number of the event in it: `<incident>.3`. */
export const eventIdSchema = z
  .string()
  .regex(/^[a-z2-7]{26}\.[1-9]\d{0,5}$/, 'an event id is <incident id>.<sequence>')
  .brand<'EventId'>();
export type EventId = z.infer<typeof eventIdSchema>;

/** The id of an incident's nth event. */
export const eventIdOf = (incidentId: IncidentId, sequence: number): EventId =>
  eventIdSchema.parse(`${incidentId}.${sequence}`);

/** An instant as feeds write it: UTC, to the millisecond. */
const iso = z.iso.datetime({ offset: false });

/** Everything that policies allow or withhold, by the names of `disclosableSchema`. */
const disclosed = {
  /** The agency's own reference of the wearer: never a name. */
  wearerRef: wearerIdSchema.optional(),
  person: z.object({ name: z.string() }).optional(),
  risk: z
    .object({
      level: riskLevelSchema,
      mappa: z.object({ level: z.number().int(), category: z.number().int() }).nullable(),
    })
    .optional(),
  order: z
    .object({ type: orderTypeSchema, legalBasis: z.string(), endsAt: iso.nullable() })
    .optional(),
  power: z.object({ arrest: powerOfArrestSchema, endsAt: iso.nullable() }).optional(),
  finding: z
    .object({
      reason: violationReasonSchema,
      /** What the data show, in words, and no more. */
      what: z.string(),
      since: iso,
      /** In the wall clock of the order's zone, for people. */
      sinceLocal: z.string(),
      detectedAt: iso,
      endedAt: iso.nullable(),
      /** At most 0.99; null for a plain fact, for which nothing was weighed. */
      certainty: z.number().min(0).max(0.99).nullable(),
      /** Whether it is as good as certain: a plain fact, or at least 90 % sure. */
      confirmed: z.boolean(),
    })
    .optional(),
  place: z.object({ name: z.string() }).optional(),
  /** Where the zone lies that it is about. It may tell where somebody lives whom it protects. */
  area: zoneAreaSchema.optional(),
  /** The last position behind the finding; null: there is none. */
  position: z
    .object({
      lat: latitudeSchema,
      lon: longitudeSchema,
      accuracyMetres: z.number().nullable(),
      source: fixSourceSchema,
      recordedAt: iso,
      /** Null outside Great Britain. */
      osgb: osgbSchema.nullable(),
    })
    .nullable()
    .optional(),
  /** The recipient's own reference of this order. */
  reference: referenceSchema.nullable().optional(),
  contactBack: z.object({ name: z.string(), phone: phoneSchema }).nullable().optional(),
  /** How it ended: of what is cancelled or closed. */
  outcome: z
    .object({
      disposition: z.union([dispositionSchema, z.enum(['withdrawn', 'became-graver'])]),
      why: z.string(),
    })
    .nullable()
    .optional(),
};

/**
 * What one recipient is told of one alert: the one event from which every feed is rendered. The
 * parts that its policy withholds are absent.
 */
export const liaisonEventSchema = z.object({
  schema: z.literal(`homeward.liaison-event.${EVENT_VERSION}`),
  eventId: eventIdSchema,
  recipient: liaisonIdSchema,
  /** The agency that sends it. */
  agency: z.string(),
  incidentId: incidentIdSchema,
  /** 1, 2, 3 ... in an incident, for this recipient, without a gap. */
  sequence: z.number().int().min(1),
  /** The event before it, in whose place it stands; null for the first alone. */
  replaces: eventIdSchema.nullable(),
  /** When that one was issued: a message of CAP names what it replaces by its time too. */
  replacesIssuedAt: iso.nullable(),
  /** The incident that this one goes on from, where there is one. */
  follows: incidentIdSchema.nullable(),
  type: eventTypeSchema,
  status: trafficSchema,
  issuedAt: iso,
  expiresAt: iso,
  class: contractClassSchema,
  severity: severitySchema,
  /** Of what is disclosed only; risk first. */
  headline: z.string().min(1).max(MOST_HEADLINE_CHARACTERS),
  ...disclosed,
});
export type LiaisonEvent = z.infer<typeof liaisonEventSchema>;
