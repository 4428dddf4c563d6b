import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATOM_MEDIA_TYPE, atomOf } from '#domain/liaison/atom.ts';
import { capOf } from '#domain/liaison/cap.ts';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import { disclose } from '#domain/liaison/disclose.ts';
import { incidentIdSchema, type LiaisonEvent } from '#domain/liaison/event.ts';
import { eventOfPage } from '#domain/liaison/event-of-page.ts';
import { topicAttributesOf } from '#domain/liaison/topic-message.ts';
import { toIso } from '#domain/model/instant.ts';
import { type Disclosable, disclosableSchema, feedFormatSchema } from '#domain/model/liaison.ts';
import { writeEvent } from '#functions/deliver/write-event.ts';
import { facts, T, violation } from '#test/support/alerts.ts';
import { policies } from '#test/support/liaison-events.ts';
import { liaison } from '#test/support/liaisons.ts';
import { orderWith } from '#test/support/orders.ts';
import { page } from '#test/support/pages.ts';

/** Letters that stand nowhere else, by the part that they belong to. */
const words = (part: string) => fc.stringMatching(/^[b-z]{9}$/).map((rest) => `Q${part}${rest}`);
const digits = (count: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${count - 1}}$`));
/** Days of a year that nothing else is in. */
const instantsIn = (year: number) =>
  fc
    .integer({ min: Date.UTC(year, 0, 2), max: Date.UTC(year, 11, 30) })
    .map((milliseconds) => new Date(milliseconds).toISOString());
/** Within Great Britain, so that there is a grid reference; seven digits behind the point. */
const degrees = (min: number, max: number) =>
  fc
    .integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) })
    .map((tens) => (10 * tens + 7) / 1e7);
const ringRound = ([lat, lon]: readonly [number, number]) => {
  const corner = (north: number, east: number) =>
    [Number((lon + east).toFixed(7)), Number((lat + north).toFixed(7))] as const;
  const corners = [corner(0, 0), corner(0, 0.0031), corner(0.0027, 0.0031), corner(0, 0)];
  return { type: 'Polygon', coordinates: [corners] };
};

/** All that there is to say, each value made up so that it can be found again. */
const secrets = fc.record({
  wearerId: words('wearer'),
  name: words('person'),
  mappa: fc.record({ level: fc.constant(3), category: fc.constant(2) }),
  legalBasis: words('order'),
  orderEndsAt: instantsIn(2041),
  powerEndsAt: instantsIn(2042),
  zoneName: words('place'),
  lat: degrees(51, 53),
  lon: degrees(-3, -1),
  accuracy: digits(5),
  fixedAt: instantsIn(2023),
  openedAt: instantsIn(2024),
  certainty: fc.integer({ min: 501, max: 899 }).map((tens) => (10 * tens + 7) / 10_000),
  zone: fc.tuple(degrees(55, 57), degrees(-4.9, -4.1)),
  reference: fc.tuple(words('ref'), digits(5)).map(([word, number]) => `${word}/${number}`),
  backName: words('back'),
  phone: digits(9).map((number) => `+44${number}`),
  why: words('why'),
  officer: words('officer'),
  condition: words('condition'),
});
type Secrets = typeof secrets extends fc.Arbitrary<infer S> ? S : never;

const INCIDENT = incidentIdSchema.parse('abcdefghijklmnopqrstuvwxyz');

const eventOf = (s: Secrets, sequence: number, purpose: string): LiaisonEvent => {
  const fix = { kind: 'fix', lat: s.lat, lon: s.lon, source: 'cell' };
  const found = violation({
    ...{ wearerId: s.wearerId, violationId: `${s.wearerId}.curfew.abc`, certainty: s.certainty },
    ...{ conditionId: s.condition, openedAt: Date.parse(s.openedAt), reason: 'left-during' },
    ...{ detectedAt: Date.parse(s.openedAt), distanceMetres: null },
    evidence: [{ ...fix, accuracyMetres: Number(s.accuracy), recordedAt: Date.parse(s.fixedAt) }],
  });
  const said = facts({
    ...{ wearerName: s.name, zoneName: s.zoneName, placeLabel: null, violation: found },
    ...{ legalBasis: s.legalBasis, zoneArea: ringRound(s.zone) },
  });
  const outcome = { disposition: 'recall-requested', why: s.why } as const;
  return eventOfPage({
    page: page({
      ...{ wearerId: s.wearerId, alertId: `${s.wearerId}.curfew.abc`, facts: said, purpose },
      pageId: `${s.wearerId}.curfew.abc/alert/0/0/liaison.met`,
    }),
    inFeed: { sequence: 1, follows: null, outcome },
    sequence,
    order: orderWith({
      ...{ policeForce: 'met', policeReference: s.reference, mappa: s.mappa },
      ...{ riskLevel: 'very-high', powerOfArrest: 'yes', powerEndsAt: s.powerEndsAt },
      ...{ type: 'immigration', legalBasis: s.legalBasis, endsAt: s.orderEndsAt },
      responsibleOfficer: s.officer,
    }),
    liaison: liaison({ contactBack: { name: s.backName, phone: s.phone } }),
    ...{ incidentId: INCIDENT, follows: null, traffic: 'Exercise', agency: 'north' },
    replacesIssuedAt: sequence === 1 ? null : toIso(T),
  });
};

/** A number as far as it is written everywhere, whatever is rounded: `51.123`. */
const near = (degree: number): string => String(degree).slice(0, degree < 0 ? 7 : 6);
const digitsOf = (phone: string): string => phone.slice(-7);
const day = (iso: string): string => iso.slice(0, 10);

/** A part's values as they would show themselves; names of fields where a value says little. */
const valuesOf = (s: Secrets, whole: LiaisonEvent): Readonly<Record<Disclosable, string[]>> => {
  const { osgb } = whole.position ?? {};
  const [zoneLat, zoneLon] = s.zone;
  return {
    wearerRef: [s.wearerId],
    person: [s.name],
    risk: ['very-high', 'very high', 'mappa', 'MAPPA', 'riskLevel'],
    order: [s.legalBasis, day(s.orderEndsAt), 'immigration', 'orderType'],
    power: [day(s.powerEndsAt), 'ower of arrest', 'powerOfArrest', '"power"', '"arrest"'],
    finding: [day(s.openedAt), String(s.certainty).slice(2), 'left home', 'left-during'],
    place: [s.zoneName],
    area: [near(zoneLat), near(zoneLon), near(zoneLat + 0.0027), 'olygon', 'The zone'],
    position: [
      ...[near(s.lat), near(s.lon), s.accuracy, day(s.fixedAt), '"cell"', '>cell<'],
      ...(osgb == null ? [] : [String(osgb.eastingMetres), String(osgb.northingMetres)]),
    ],
    reference: [s.reference, s.reference.split('/')[0] ?? ''],
    contactBack: [s.backName, digitsOf(s.phone)],
    outcome: [s.why, 'recall-requested'],
  };
};

const sign = {
  whole: async ({ text }: Readonly<{ text: string }>) =>
    ['{"alg":"ES256"}', text, 'proof']
      .map((part) => Buffer.from(part, 'utf8').toString('base64url'))
      .join('.'),
};
const unpacked = (text: string): string =>
  /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
    ? text
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString('utf8'))
        .join('\n')
    : text;

/** Every text that leaves for a recipient of an event: pushed in each format, and fetched. */
const allThatLeaves = async (event: LiaisonEvent): Promise<Readonly<Record<string, string>>> => {
  const pushed = await Promise.all(
    feedFormatSchema.options.map(async (format): Promise<[string, string]> => {
      const written = await writeEvent(sign)(event, liaison({ format }));
      const attributes = topicAttributesOf(event, liaison({ format }));
      const { text, ...beside } = written;
      return [format, [unpacked(text), JSON.stringify({ beside, attributes })].join('\n')];
    }),
  );
  const index = {
    ...{ agency: event.agency, liaisonId: event.recipient, selfUrl: 'cap', readAt: toIso(T) },
    nextUrl: null,
    entries: [{ event, capUrl: 'events/1/cap', isExpired: true }],
  };
  return {
    ...Object.fromEntries(pushed),
    'a page of the feed': JSON.stringify({ events: [{ position: 1, event: cloudEventOf(event) }] }),
    'the feed as CAP': capOf(event),
    [ATOM_MEDIA_TYPE]: atomOf(index),
  };
};

const cases = fc.record({
  ...{ secrets, fields: policies, sequence: fc.integer({ min: 1, max: 3 }) },
  purpose: fc.constantFrom('alert', 'update', 'stand-down', 'closed'),
});

describe('whatever leaves for somebody outside, in every format', () => {
  it('holds no value of a part that their policy does not name, nor anything else', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ secrets: s, fields, sequence, purpose }) => {
        const whole = eventOf(s, sequence, purpose);
        const texts = await allThatLeaves(disclose(whole, { fields }));
        const values = valuesOf(s, whole);
        const withheld = disclosableSchema.options.flatMap((part) =>
          fields.includes(part) ? [] : values[part],
        );
        // What is allowed may look like what is withheld: five digits of both, say.
        const allowed = JSON.stringify(fields.map((part) => [values[part], whole[part]]));
        fc.pre(!withheld.some((one) => allowed.includes(one)));
        for (const [format, text] of Object.entries(texts)) {
          const leaked = [...withheld, s.officer, s.condition].filter((one) => text.includes(one));
          expect(leaked, format).toEqual([]);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('would show each part where its policy names it: the search finds what is there', async () => {
    const [s] = fc.sample(secrets, { numRuns: 1, seed: 3 });
    if (s === undefined) throw new Error('no secrets');
    const whole = eventOf(s, 2, 'closed');
    const texts = Object.values(await allThatLeaves(disclose(whole, liaison()))).join('\n');
    const values = valuesOf(s, whole);
    for (const part of disclosableSchema.options) {
      const unseen = values[part].filter((one) => !texts.includes(one));
      expect(unseen, part).toEqual([]);
    }
  });
});
