import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';
import type { Severity } from '../model/severity.ts';
import { capSenderOf } from './cap.ts';
import {
  EVENT_VERSION,
  eventIdSchema,
  eventTypeSchema,
  incidentIdSchema,
  type LiaisonEvent,
  liaisonEventSchema,
} from './event.ts';

/** CloudEvents 1.0, structured mode: the media type of a whole event. */
export const CLOUD_EVENT_MEDIA_TYPE = 'application/cloudevents+json';

const DATA_SCHEMA = `urn:homeward:schema:liaison-feature:${EVENT_VERSION}`;

/** As many digits as a sequence may have, so that texts sort as the numbers do. */
const SEQUENCE_DIGITS = 6;

/** Of OpenTelemetry's scale, as the severity extension asks for: WARN, ERROR, FATAL. */
const SEVERITY_NUMBERS = { moderate: 13, severe: 17, extreme: 21 } as const satisfies Readonly<
  Record<Severity, number>
>;

const utc = z.iso.datetime({ offset: false });

const placedSchema = liaisonEventSchema.shape.position
  .unwrap()
  .unwrap()
  .omit({ lat: true, lon: true });

/** RFC 7946: a point is longitude first. Its id is the incident's, which all its events move. */
export const liaisonFeatureSchema = z.object({
  type: z.literal('Feature'),
  id: incidentIdSchema,
  geometry: z
    .object({ type: z.literal('Point'), coordinates: z.tuple([longitudeSchema, latitudeSchema]) })
    .nullable(),
  /** The event, but that its position stands in the geometry. */
  properties: liaisonEventSchema.extend({ position: placedSchema.nullable().optional() }),
});
export type LiaisonFeature = z.infer<typeof liaisonFeatureSchema>;

/** A liaison event as CloudEvents 1.0 has it, with the extensions that its authors list. */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: eventIdSchema,
  source: z.string().regex(/^urn:homeward:[\w.~!*'()%-]*$/, 'a source is urn:homeward:<agency>'),
  type: z.templateLiteral(['homeward.alert.', eventTypeSchema, '.v', z.literal(EVENT_VERSION)]),
  subject: incidentIdSchema,
  time: utc,
  datacontenttype: z.literal('application/geo+json'),
  dataschema: z.literal(DATA_SCHEMA),
  /** In the incident: six digits, which sort as text does. */
  sequence: z.string().regex(/^\d{6}$/),
  partitionkey: incidentIdSchema,
  correlationid: incidentIdSchema,
  recordedtime: utc,
  expirytime: utc,
  severitytext: z.enum(['MODERATE', 'SEVERE', 'EXTREME']),
  severitynumber: z.literal(Object.values(SEVERITY_NUMBERS)),
  dataclassification: z.literal('restricted'),
  data: liaisonFeatureSchema,
});
export type CloudEvent = z.infer<typeof cloudEventSchema>;

const SEVERITY_TEXTS = {
  moderate: 'MODERATE',
  severe: 'SEVERE',
  extreme: 'EXTREME',
} as const satisfies Readonly<Record<Severity, string>>;

/** An event's number in its incident, in six digits. */
export const sequenceText = (sequence: number): string =>
  String(sequence).padStart(SEQUENCE_DIGITS, '0');

const featureOf = (event: LiaisonEvent): LiaisonFeature => {
  const { position, ...rest } = event;
  const feature = { type: 'Feature', id: event.incidentId } as const;
  if (position === undefined) return { ...feature, geometry: null, properties: rest };
  if (position === null) {
    return { ...feature, geometry: null, properties: { ...rest, position: null } };
  }
  const { lat, lon, ...placed } = position;
  return {
    ...feature,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { ...rest, position: placed },
  };
};

/** A disclosed event in CloudEvents' structured mode, with GeoJSON for its data. */
export const cloudEventOf = (event: LiaisonEvent): CloudEvent => ({
  specversion: '1.0',
  id: event.eventId,
  source: capSenderOf(event),
  type: `homeward.alert.${event.type}.v${EVENT_VERSION}`,
  subject: event.incidentId,
  time: event.issuedAt,
  datacontenttype: 'application/geo+json',
  dataschema: DATA_SCHEMA,
  sequence: sequenceText(event.sequence),
  partitionkey: event.incidentId,
  correlationid: event.incidentId,
  recordedtime: event.issuedAt,
  expirytime: event.expiresAt,
  severitytext: SEVERITY_TEXTS[event.severity],
  severitynumber: SEVERITY_NUMBERS[event.severity],
  dataclassification: 'restricted',
  data: featureOf(event),
});
