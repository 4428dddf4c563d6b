import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capOf } from '#domain/liaison/cap.ts';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import { disclose, disclosedParts, isNews } from '#domain/liaison/disclose.ts';
import { eventTypeSchema, type LiaisonEvent, liaisonEventSchema } from '#domain/liaison/event.ts';
import { incidentOf } from '#domain/liaison/incident.ts';
import { topicAttributesOf } from '#domain/liaison/topic-message.ts';
import { type Disclosable, disclosableSchema } from '#domain/model/liaison.ts';
import { severitySchema } from '#domain/model/severity.ts';
import { liaisonEvents, policies } from '#test/support/liaison-events.ts';
import { liaison } from '#test/support/liaisons.ts';

const INCIDENT = 'abcdefghijklmnopqrstuvwxyz';

/** Every leaf that can be is a mark that stands nowhere else. */
const MARKED = {
  wearerRef: 'MARK-wearerRef',
  person: { name: 'MARK-person' },
  risk: { level: 'very-high', mappa: { level: 3, category: 2 } },
  order: { type: 'immigration', legalBasis: 'MARK-order', endsAt: '2031-01-11T01:11:11.111Z' },
  power: { arrest: 'unknown', endsAt: '2032-02-12T02:12:12.222Z' },
  finding: {
    ...{ reason: 'charging-missed', what: 'MARK-finding', since: '2021-03-13T03:13:13.333Z' },
    ...{ sinceLocal: 'MARK-since', detectedAt: '2021-04-14T04:14:14.444Z' },
    ...{ endedAt: '2021-05-15T05:15:15.555Z', certainty: 0.7317, confirmed: false },
  },
  place: { name: 'MARK-place' },
  area: {
    type: 'Polygon',
    coordinates: [
      [
        ...([
          [-2.7111111, 53.4111111],
          [-2.7222222, 53.4111111],
        ] as const),
        ...([
          [-2.7222222, 53.4222222],
          [-2.7111111, 53.4111111],
        ] as const),
      ],
    ],
  },
  position: {
    ...{ lat: 51.7654321, lon: -1.3456789, accuracyMetres: 7319, source: 'wifi' },
    recordedAt: '2021-06-16T06:16:16.666Z',
    osgb: { eastingMetres: 345_671, northingMetres: 765_437, errorMetres: 5 },
  },
  reference: 'MARK/reference',
  contactBack: { name: 'MARK-contact', phone: '+447700977777' },
  outcome: { disposition: 'recall-requested', why: 'MARK-outcome' },
} as const satisfies Readonly<Record<Disclosable, unknown>>;

/** How each part would show itself, in whichever format. */
const SHOWS: Readonly<Record<Disclosable, RegExp>> = {
  wearerRef: /MARK-wearerRef/,
  person: /MARK-person/,
  risk: /very[- ]high|mappa/i,
  order: /MARK-order|immigration|2031/,
  power: /power|arrest|2032/i,
  finding: /MARK-finding|MARK-since|charging-missed|2021-0[345]|7317|confirmed|certainty"/,
  place: /MARK-place/,
  area: /2\.7[12]|53\.4|polygon|The zone/i,
  position: /51\.76|1\.345|345.?671|765.?437|7319|2021-06|easting|wifi/i,
  reference: /MARK\/reference/,
  contactBack: /MARK-contact|977777/,
  outcome: /MARK-outcome|recall-requested/,
};

const eventOf = (fields: object): LiaisonEvent =>
  liaisonEventSchema.parse({
    ...{ schema: 'homeward.liaison-event.1', eventId: `${INCIDENT}.2`, recipient: 'met' },
    ...{ agency: 'demo', incidentId: INCIDENT, sequence: 2, replaces: `${INCIDENT}.1` },
    ...{ replacesIssuedAt: '2026-01-01T00:00:00.000Z', follows: null, status: 'Actual' },
    ...{ issuedAt: '2026-01-01T00:01:00.000Z', expiresAt: '2026-01-02T00:01:00.000Z' },
    ...{ class: 'curfew', headline: '-', ...MARKED, ...fields },
  });

/** Everything that any recipient could be sent of an event. */
const written = (event: LiaisonEvent): string[] => [
  JSON.stringify(cloudEventOf(event)),
  capOf(event),
  JSON.stringify(incidentOf(event, { isAckWanted: true })),
  JSON.stringify(topicAttributesOf(event, liaison())),
];

describe('what a recipient is sent', () => {
  it('holds no part that its policy withholds, in any format', () => {
    const cases = fc.record({
      fields: policies,
      type: fc.constantFrom(...eventTypeSchema.options),
      severity: fc.constantFrom(...severitySchema.options),
    });
    fc.assert(
      fc.property(cases, ({ fields, ...envelope }) => {
        const texts = written(disclose(eventOf(envelope), { fields }));
        for (const part of disclosableSchema.options) {
          if (fields.includes(part)) continue;
          for (const text of texts) expect(text).not.toMatch(SHOWS[part]);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('holds every part that its policy allows', () => {
    const text = JSON.stringify(
      cloudEventOf(disclose(eventOf({ type: 'closed', severity: 'severe' }), liaison())),
    );
    for (const part of disclosableSchema.options) expect(text).toMatch(SHOWS[part]);
  });

  it('is an event still, whatever is withheld, and its parts are those that are logged', () => {
    fc.assert(
      fc.property(liaisonEvents, policies, (event, fields) => {
        const told = disclose(event, { fields });
        expect(liaisonEventSchema.parse(told)).toEqual(told);
        const parts = disclosableSchema.options.filter((part) => part in told);
        expect(parts).toEqual(disclosedParts(event, { fields }));
        expect(told.headline.length).toBeLessThanOrEqual(160);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a headline', () => {
  const headline = (fields: object, policy: readonly Disclosable[] = disclosableSchema.options) =>
    disclose(eventOf(fields), { fields: [...policy] }).headline;

  it('has risk at its front and the power at its end', () => {
    expect(headline({ type: 'raised', severity: 'extreme' })).toBe(
      'URGENT HIGH RISK, very high risk, MAPPA 3. MARK-person MARK-finding: MARK-place since MARK-since. Power of arrest unknown',
    );
  });

  it('says first of all that something is no call any more, or not real', () => {
    expect(headline({ type: 'cancelled', severity: 'severe' })).toMatch(/^CANCELLED, very high/);
    expect(headline({ type: 'closed', status: 'Exercise', severity: 'severe' })).toMatch(
      /^EXERCISE CLOSED, very high/,
    );
    expect(headline({ type: 'updated', status: 'Test', severity: 'severe' })).toMatch(
      /^TEST UPDATE URGENT, /,
    );
  });

  it('keeps risk and power where the rest is too long for a phone', () => {
    const long = { ...MARKED.person, name: '🏠'.repeat(300) };
    const said = headline({ type: 'raised', severity: 'severe', person: long });
    expect(said).toMatch(/^URGENT, very high risk, MAPPA 3\. (?:🏠)+…\. Power of arrest unknown$/u);
    expect(said.length).toBeLessThanOrEqual(160);
  });

  it('names nobody where no name may be told', () => {
    expect(headline({ type: 'raised', severity: 'moderate' }, ['finding'])).toBe(
      'ALERT. MARK-finding since MARK-since',
    );
  });
});

describe('whether an update is news', () => {
  const raised = eventOf({ type: 'raised', severity: 'severe' });
  const update = (fields: object = {}): LiaisonEvent =>
    eventOf({
      ...{ type: 'updated', severity: 'severe', eventId: `${INCIDENT}.3`, sequence: 3 },
      ...{ replaces: `${INCIDENT}.2`, replacesIssuedAt: '2026-01-01T00:01:00.000Z' },
      ...{ issuedAt: '2026-01-01T01:00:00.000Z', expiresAt: '2026-01-02T01:00:00.000Z' },
      ...{ headline: 'UPDATE', ...fields },
    });
  const ended = { finding: { ...MARKED.finding, endedAt: '2021-05-15T06:00:00.000Z' } };

  it('is judged by what it says, and not by its ids, its number or its times', () => {
    expect(isNews(raised, update())).toBe(false);
    expect(isNews(raised, update({ severity: 'extreme' }))).toBe(true);
    expect(isNews(raised, update(ended))).toBe(true);
  });

  it('is judged by what is disclosed: what is withheld is news to nobody', () => {
    const policy = { fields: disclosableSchema.exclude(['finding']).options };
    expect(isNews(disclose(raised, policy), disclose(update(ended), policy))).toBe(false);
  });

  it('is said of any end, and of what was over and is so after all', () => {
    expect(isNews(raised, update({ type: 'cancelled' }))).toBe(true);
    expect(isNews(update({ type: 'closed' }), update())).toBe(true);
  });

  it('holds of any event against itself under any policy, and of any part that changes', () => {
    const any = fc.tuple(liaisonEvents, liaisonEvents, policies);
    fc.assert(
      fc.property(any, ([one, other, fields]) => {
        const known = disclose(one, { fields });
        expect(isNews(known, JSON.parse(JSON.stringify(known)))).toBe(false);
        const changed = disclose({ ...one, person: other.person }, { fields });
        const isTold = fields.includes('person') && one.person?.name !== other.person?.name;
        expect(isNews(known, changed)).toBe(isTold);
      }),
    );
  });
});
