import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { capOf } from '#domain/liaison/cap.ts';
import { type LiaisonEvent, liaisonEventSchema } from '#domain/liaison/event.ts';
import { plainText } from '#domain/liaison/plain-text.ts';
import { capProblems } from '#local/contract/cap-rules.ts';
import { CAP_SCHEMAS, schemaProblems } from '#local/contract/xml-schemas.ts';
import { disclosedEvents, liaisonEvents } from '#test/support/liaison-events.ts';

const INCIDENT = 'abcdefghijklmnopqrstuvwxyz';

/** An event about which nothing but that it is there is disclosed. */
const anEvent = (changes: object = {}): LiaisonEvent =>
  liaisonEventSchema.parse({
    schema: 'homeward.liaison-event.1',
    eventId: `${INCIDENT}.1`,
    recipient: 'west-yorkshire',
    agency: 'Probation North',
    incidentId: INCIDENT,
    sequence: 1,
    replaces: null,
    replacesIssuedAt: null,
    follows: null,
    type: 'raised',
    status: 'Actual',
    issuedAt: '2026-11-22T19:05:07.891Z',
    expiresAt: '2026-11-23T19:05:07.891Z',
    class: 'exclusion-zone',
    severity: 'extreme',
    headline: 'URGENT HIGH RISK',
    ...changes,
  });

const aLaterEvent = (changes: object = {}): LiaisonEvent =>
  anEvent({
    eventId: `${INCIDENT}.2`,
    sequence: 2,
    replaces: `${INCIDENT}.1`,
    replacesIssuedAt: '2026-11-22T19:00:00.000Z',
    type: 'updated',
    ...changes,
  });

const aFinding = (changes: object = {}) => ({
  reason: 'device-silent',
  what: 'inside the zone',
  since: '2026-11-22T18:59:00.000Z',
  sinceLocal: 'Sun 22 Nov 18:59 GMT',
  detectedAt: '2026-11-22T19:01:00.000Z',
  endedAt: null,
  certainty: 0.94,
  confirmed: true,
  ...changes,
});

const parser = new XMLParser({
  ...{ parseTagValue: false, trimValues: false },
  isArray: (name) => ['category', 'parameter', 'area'].includes(name),
});

const readSchema = z.object({
  alert: z.object({
    ...{ identifier: z.string(), sender: z.string(), sent: z.string(), status: z.string() },
    ...{
      msgType: z.string(),
      scope: z.string(),
      addresses: z.string(),
      note: z.string().optional(),
    },
    ...{ references: z.string().optional(), incidents: z.string() },
    info: z.object({
      ...{ language: z.string(), category: z.array(z.string()), event: z.string() },
      ...{ responseType: z.string(), urgency: z.string(), severity: z.string() },
      ...{ certainty: z.string(), expires: z.string(), headline: z.string() },
      ...{ senderName: z.string(), description: z.string(), instruction: z.string().optional() },
      contact: z.string().optional(),
      parameter: z.array(z.object({ valueName: z.string(), value: z.string() })),
      area: z.array(z.object({ areaDesc: z.string(), circle: z.string().optional() })).optional(),
    }),
  }),
});

const read = (event: LiaisonEvent) => readSchema.parse(parser.parse(capOf(event))).alert;

const parametersIn = (event: LiaisonEvent): Readonly<Record<string, string>> =>
  Object.fromEntries(read(event).info.parameter.map(({ valueName, value }) => [valueName, value]));

describe('an event as CAP', () => {
  it('is for its recipient alone, in whole seconds of UTC', () => {
    expect(read(anEvent())).toMatchObject({
      identifier: `${INCIDENT}.1`,
      sender: 'urn:homeward:Probation%20North',
      sent: '2026-11-22T19:05:07-00:00',
      status: 'Actual',
      scope: 'Private',
      addresses: 'west-yorkshire',
      incidents: INCIDENT,
      info: { language: 'en-GB', expires: '2026-11-23T19:05:07-00:00', certainty: 'Unknown' },
    });
  });

  it('names the incident that it goes on from', () => {
    const follows = INCIDENT.replaceAll('a', 'b');
    expect(read(anEvent({ follows })).incidents).toBe(`${INCIDENT} ${follows}`);
  });

  it.each([
    ['raised', 'Alert', 'Assess', 'Immediate', anEvent()],
    ['updated', 'Update', 'Assess', 'Immediate', aLaterEvent()],
    ['cancelled', 'Cancel', 'AllClear', 'Past', aLaterEvent({ type: 'cancelled' })],
    ['closed', 'Update', 'AllClear', 'Past', aLaterEvent({ type: 'closed' })],
  ])('that is %s is an %s of response %s', (_type, msgType, responseType, urgency, event) => {
    expect(read(event)).toMatchObject({ msgType, info: { responseType, urgency } });
  });

  it('names what it replaces by sender, identifier and time', () => {
    expect(read(anEvent()).references).toBeUndefined();
    expect(read(aLaterEvent()).references).toBe(
      `urn:homeward:Probation%20North,${INCIDENT}.1,2026-11-22T19:00:00-00:00`,
    );
  });

  it('is refused where nobody knows when what it replaces was issued', () => {
    expect(() => capOf(aLaterEvent({ replacesIssuedAt: null }))).toThrow(
      `${INCIDENT}.2 cannot be written as CAP`,
    );
  });

  it.each(['Exercise', 'Test'])('of status %s says so in its note', (status) => {
    expect(read(anEvent({ status })).note).toMatch(new RegExp(`^${status}: `));
    expect(read(anEvent()).note).toBeUndefined();
  });

  it.each([
    [null, 'Observed'],
    [0.9, 'Observed'],
    [0.899, 'Likely'],
    [0.501, 'Likely'],
    [0.5, 'Possible'],
    [0, 'Possible'],
  ])('of which the certainty is %s is %s', (certainty, expected) => {
    const event = anEvent({ finding: aFinding({ certainty }) });
    expect(read(event).info.certainty).toBe(expected);
  });

  it.each([
    ['moderate', 'Moderate', 'Expected'],
    ['severe', 'Severe', 'Immediate'],
    ['extreme', 'Extreme', 'Immediate'],
  ])('that is %s is %s, and %s', (severity, expected, urgency) => {
    expect(read(anEvent({ severity })).info).toMatchObject({ severity: expected, urgency });
  });

  it.each([
    ['exclusion-zone', ['Security']],
    ['victim-proximity', ['Security', 'Safety']],
    ['welfare', ['Safety']],
  ])('about %s is of %s', (about, category) => {
    expect(read(anEvent({ class: about })).info.category).toEqual(category);
  });

  it('puts the place into a circle of its accuracy, rounded up, and on the National Grid', () => {
    const position = {
      ...{ lat: 53.8002152, lon: -1.6637917, accuracyMetres: 12.2, source: 'gnss' },
      recordedAt: '2026-11-22T19:00:30.000Z',
      osgb: { eastingMetres: 422_243, northingMetres: 433_818, errorMetres: 6 },
    };
    const event = anEvent({ position, place: { name: 'Park & Ride' } });

    expect(read(event).info.area).toEqual([
      {
        areaDesc: 'Last known position (Park & Ride)',
        circle: '53.800215,-1.663792 0.013',
      },
    ]);
    expect(parametersIn(event)).toMatchObject({
      osgbEastingMetres: '422243',
      osgbNorthingMetres: '433818',
      osgbErrorMetres: '6',
      positionAccuracyMetres: '12.2',
    });
  });

  it('gives a point where nobody measured how accurate it is, and says that', () => {
    const position = {
      ...{ lat: 1, lon: 2, accuracyMetres: null, source: 'cell', osgb: null },
      recordedAt: '2026-11-22T19:00:30.000Z',
    };
    const event = anEvent({ position });

    expect(read(event).info.area?.[0]?.circle).toBe('1.000000,2.000000 0.000');
    expect(parametersIn(event)).toMatchObject({ positionAccuracyMetres: 'unknown' });
    expect(parametersIn(event)).not.toHaveProperty('osgbEastingMetres');
  });

  const areasIn = (event: LiaisonEvent): string[] =>
    (capOf(event).match(/<area>.*?<\/area>/g) ?? []).map((area) => area.replace(/<\/?area>/g, ''));
  const RING = [
    ...([
      [-1.6, 53.8],
      [-1.59, 53.8],
      [-1.59, 53.81],
    ] as const),
    ...([
      [-1.6, 53.81],
      [-1.6, 53.8],
    ] as const),
  ];

  it('draws the zone as an area of its own, behind the last position', () => {
    const position = {
      ...{ lat: 53.805, lon: -1.595, accuracyMetres: 12, source: 'gnss', osgb: null },
      recordedAt: '2026-11-22T19:00:30.000Z',
    };
    const area = { type: 'Polygon', coordinates: [RING] };
    expect(areasIn(anEvent({ position, area, place: { name: 'School' } }))).toEqual([
      '<areaDesc>Last known position (School)</areaDesc><circle>53.805000,-1.595000 0.012</circle>',
      '<areaDesc>The zone (School)</areaDesc><polygon>53.8000000,-1.6000000' +
        ' 53.8000000,-1.5900000 53.8100000,-1.5900000 53.8100000,-1.6000000' +
        ' 53.8000000,-1.6000000</polygon>',
    ]);
  });

  it('says of a circle that it is the zone, or that the zone lies within', () => {
    const circle = { type: 'Circle', centre: { lat: 53.8, lon: -1.6 }, radiusMetres: 250 };
    expect(areasIn(anEvent({ area: { ...circle, shows: 'zone' } }))).toEqual([
      '<areaDesc>The zone</areaDesc><circle>53.800000,-1.600000 0.250</circle>',
    ]);
    expect(areasIn(anEvent({ area: { ...circle, shows: 'around' } })).join()).toContain(
      '<areaDesc>The zone lies within</areaDesc>',
    );
  });

  it('never writes a circle as a power of ten, however little is known', () => {
    const position = {
      ...{ lat: 1e-9, lon: -1e-9, accuracyMetres: 1e25, source: 'cell', osgb: null },
      recordedAt: '2026-11-22T19:00:30.000Z',
    };
    expect(read(anEvent({ position })).info.area?.[0]?.circle).toBe('0.000000,-0.000000 10000.000');
  });

  it('says the law, the risk and whom to call back, where that is disclosed', () => {
    const event = anEvent({
      order: { type: 'bail', legalBasis: 'Bail Act 1976, s.3', endsAt: null },
      power: { arrest: 'unknown', endsAt: null },
      risk: { level: 'very-high', mappa: { level: 2, category: 1 } },
      reference: 'KP/1234/AB',
      contactBack: { name: 'Duty desk', phone: '+441130000000' },
    });

    expect(read(event).info).toMatchObject({
      contact: 'Duty desk, +441130000000',
      instruction: 'Call back: Duty desk, +441130000000.',
      description:
        'An alert.\nRisk: very-high, MAPPA category 1 level 2.\n' +
        'Order: bail, Bail Act 1976, s.3.\nPower of arrest: unknown.',
    });
    expect(parametersIn(event)).toEqual({
      ...{ type: 'raised', sequence: '1', reference: 'KP/1234/AB', riskLevel: 'very-high' },
      ...{ mappaCategory: '1', mappaLevel: '2', orderType: 'bail', powerOfArrest: 'unknown' },
      legalBasis: 'Bail Act 1976, s.3',
    });
  });

  it('has nothing of what is not disclosed', () => {
    expect(parametersIn(anEvent())).toEqual({ type: 'raised', sequence: '1' });
    expect(read(anEvent()).info).not.toHaveProperty('area');
    expect(read(anEvent()).info.description).toBe('An alert.');
  });
});

describe('every event that can be disclosed', () => {
  it('is valid by both schemas and by the rules that no schema holds', async () => {
    const events = [...fc.sample(disclosedEvents, 250), ...fc.sample(liaisonEvents, 100)];
    const messages = events.map(capOf);

    expect(messages.flatMap(capProblems)).toEqual([]);
    const found = await Promise.all(CAP_SCHEMAS.map((schema) => schemaProblems(messages, schema)));
    expect(found.flat()).toEqual([]);
  });

  it('comes back from a reader with the same texts', () => {
    const written = (text: string) => (plainText(text).trim() === '' ? '-' : plainText(text));
    fc.assert(
      fc.property(disclosedEvents, (event) => {
        const { info, addresses } = read(event);
        const parameters = parametersIn(event);
        expect([addresses, info.headline, info.senderName]).toEqual(
          [event.recipient, event.headline, event.agency].map(written),
        );
        const { person, place, order, contactBack } = event;
        expect([parameters.personName, parameters.place, parameters.legalBasis]).toEqual(
          [person?.name, place?.name, order?.legalBasis].map((text) =>
            text === undefined ? undefined : written(text),
          ),
        );
        const contact =
          contactBack == null ? undefined : `${contactBack.name}, ${contactBack.phone}`;
        expect(info.contact).toBe(contact === undefined ? undefined : written(contact));
      }),
      { numRuns: 200 },
    );
  });
});
