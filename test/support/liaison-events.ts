import fc from 'fast-check';
import {
  eventIdOf,
  eventTypeSchema,
  type IncidentId,
  incidentIdSchema,
  type LiaisonEvent,
  liaisonEventSchema,
  MOST_HEADLINE_CHARACTERS,
  trafficSchema,
} from '#domain/liaison/event.ts';
import { contractClassSchema } from '#domain/model/alert-class.ts';
import { dispositionSchema } from '#domain/model/closing.ts';
import { fixSourceSchema } from '#domain/model/device-event.ts';
import { type Disclosable, disclosableSchema } from '#domain/model/liaison.ts';
import { orderTypeSchema, riskLevelSchema } from '#domain/model/order.ts';
import { powerOfArrestSchema } from '#domain/model/power.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { severitySchema } from '#domain/model/severity.ts';

/** Names as people give them, and as nobody should: a zone may be called anything. */
const HOSTILE = [
  'Fish & Chips <b>"Leeds"</b>',
  "O'Neill, Siân",
  ']]>&#0;<!ENTITY x SYSTEM "file:///etc/passwd">',
  '\u202egnp.exe',
  'line one\r\nline two\tand a tab',
  'bell \u0007 and nul \u0000',
  'half a pair \ud83d',
  '家 🏠 עברית',
  ' ',
];

/** Any text, of 1 to so many characters (UTF-16 units). */
const texts = (mostCharacters: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
      { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
    )
    .map((text) => text.slice(0, mostCharacters));

const idTexts = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const phones = fc.stringMatching(/^\+[1-9]\d{6,14}$/);
const references = fc.stringMatching(/^[A-Za-z0-9/.-]{1,32}$/);

/** Incident ids of any alerts. */
export const incidentIds: fc.Arbitrary<IncidentId> = fc
  .stringMatching(/^[a-z2-7]{26}$/)
  .map((text) => incidentIdSchema.parse(text));

const instants = fc
  .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2039, 11) })
  .map((milliseconds) => new Date(milliseconds).toISOString());
const later = (iso: string, seconds: number): string =>
  new Date(Date.parse(iso) + seconds * 1000).toISOString();
const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 4 });
const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const metres = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const positions = fc.record({
  lat: fc.oneof(degrees(90), fc.constantFrom(-90, 0, -0, 1e-7, 90)),
  lon: fc.oneof(degrees(180), fc.constantFrom(-180, 0, -0, -1e-7, 180)),
  accuracyMetres: nullable(metres(0.1, 100_000)),
  source: fc.constantFrom(...fixSourceSchema.options),
  recordedAt: instants,
  osgb: nullable(
    fc.record({
      eastingMetres: metres(0, 700_000),
      northingMetres: metres(0, 1_300_000),
      errorMetres: fc.constant(5),
    }),
  ),
});

const mappa = fc.record({
  level: fc.integer({ min: 1, max: 3 }),
  category: fc.integer({ min: 1, max: 4 }),
});

const findings = fc.record({
  reason: fc.constantFrom(...Object.keys(REASONS)),
  what: texts(300),
  since: instants,
  sinceLocal: texts(40),
  detectedAt: instants,
  endedAt: nullable(instants),
  certainty: nullable(fc.double({ min: 0, max: 0.99, noNaN: true })),
  confirmed: fc.boolean(),
});

/** Convex, so that no edges meet: corners on a circle, in turn. */
const polygons = fc
  .record({
    ...{
      lat: degrees(80),
      lon: degrees(170),
      radius: fc.double({ min: 0.001, max: 5, noNaN: true }),
    },
    corners: fc.integer({ min: 3, max: 64 }),
  })
  .map(({ lat, lon, radius, corners }) => {
    const ring = Array.from({ length: corners }, (_, i): [number, number] => {
      const turn = (2 * Math.PI * i) / corners;
      return [lon + radius * Math.cos(turn), lat + radius * Math.sin(turn)];
    });
    const [first] = ring;
    return { type: 'Polygon', coordinates: [[...ring, ...(first === undefined ? [] : [first])]] };
  });
const areas = fc.oneof(
  polygons,
  fc.record({
    ...{ type: fc.constant('Circle'), radiusMetres: metres(1, 1_000_000) },
    centre: fc.record({ lat: degrees(85), lon: degrees(180) }),
    shows: fc.constantFrom('zone', 'around'),
  }),
);

/** Every part that a policy can allow, by its name. */
const PARTS = {
  wearerRef: idTexts,
  person: fc.record({ name: texts(100) }),
  risk: fc.record({ level: fc.constantFrom(...riskLevelSchema.options), mappa: nullable(mappa) }),
  order: fc.record({
    type: fc.constantFrom(...orderTypeSchema.options),
    legalBasis: texts(200),
    endsAt: nullable(instants),
  }),
  power: fc.record({
    arrest: fc.constantFrom(...powerOfArrestSchema.options),
    endsAt: nullable(instants),
  }),
  finding: findings,
  place: fc.record({ name: texts(200) }),
  area: areas,
  position: nullable(positions),
  reference: nullable(references),
  contactBack: nullable(fc.record({ name: texts(100), phone: phones })),
  outcome: nullable(
    fc.record({
      disposition: fc.constantFrom(...dispositionSchema.options, 'withdrawn', 'became-graver'),
      why: texts(300),
    }),
  ),
} satisfies Readonly<Record<Disclosable, fc.Arbitrary<unknown>>>;

const envelopes = fc
  .record({
    incidentId: incidentIds,
    sequence: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 999_999 })),
    recipient: idTexts,
    agency: idTexts,
    follows: nullable(incidentIds),
    type: fc.constantFrom(...eventTypeSchema.options),
    status: fc.constantFrom(...trafficSchema.options),
    issuedAt: instants,
    expiresAfterSeconds: fc.integer({ min: 1, max: 86_400 }),
    replacedSecondsBefore: fc.integer({ min: 0, max: 86_400 }),
    class: fc.constantFrom(...contractClassSchema.options),
    severity: fc.constantFrom(...severitySchema.options),
    headline: texts(MOST_HEADLINE_CHARACTERS),
  })
  .map(({ expiresAfterSeconds, replacedSecondsBefore, type, ...rest }) => ({
    ...rest,
    schema: 'homeward.liaison-event.1',
    eventId: eventIdOf(rest.incidentId, rest.sequence),
    replaces: rest.sequence === 1 ? null : eventIdOf(rest.incidentId, rest.sequence - 1),
    replacesIssuedAt: rest.sequence === 1 ? null : later(rest.issuedAt, -replacedSecondsBefore),
    type: rest.sequence === 1 ? 'raised' : type,
    expiresAt: later(rest.issuedAt, expiresAfterSeconds),
  }));

/** Events of which everything is disclosed. */
export const liaisonEvents: fc.Arbitrary<LiaisonEvent> = fc
  .tuple(envelopes, fc.record(PARTS))
  .map(([envelope, parts]) => liaisonEventSchema.parse({ ...envelope, ...parts }));

/** What policies allow: any choice of the parts, also none and all. */
export const policies: fc.Arbitrary<Disclosable[]> = fc.oneof(
  { weight: 8, arbitrary: fc.subarray(disclosableSchema.options) },
  { weight: 1, arbitrary: fc.constant<Disclosable[]>([]) },
  { weight: 1, arbitrary: fc.constant(disclosableSchema.options) },
);

/** Events as some policy leaves them: the parts that it withholds are absent. */
export const disclosedEvents: fc.Arbitrary<LiaisonEvent> = fc
  .tuple(envelopes, fc.record(PARTS), policies)
  .map(([envelope, parts, fields]) => {
    const allowed = fields.map((field) => [field, parts[field]]);
    return liaisonEventSchema.parse({ ...envelope, ...Object.fromEntries(allowed) });
  });
