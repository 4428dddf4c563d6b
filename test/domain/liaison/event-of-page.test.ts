import { describe, expect, it } from 'vitest';
import { incidentIdSchema, liaisonEventSchema, trafficSchema } from '#domain/liaison/event.ts';
import { eventOfPage } from '#domain/liaison/event-of-page.ts';
import { doorFor, trafficOf } from '#domain/liaison/traffic.ts';
import { facts, violation } from '#test/support/alerts.ts';
import { liaison } from '#test/support/liaisons.ts';
import { orderWith } from '#test/support/orders.ts';
import { page } from '#test/support/pages.ts';

const INCIDENT = incidentIdSchema.parse('abcdefghijklmnopqrstuvwxyz');
type Fields = Readonly<Record<string, unknown>>;

const eventOf = (
  fields: Fields = {},
  ordered: Fields = {},
  { sequence = 1, ...place }: Fields & { sequence?: number } = {},
) =>
  eventOfPage({
    page: page({ ...fields }),
    sequence,
    inFeed: { sequence: 1, follows: null, outcome: null, ...place },
    order: orderWith(ordered),
    liaison: liaison(),
    incidentId: INCIDENT,
    follows: null,
    replacesIssuedAt: null,
    traffic: 'Actual',
    agency: 'demo',
  });

describe('what there is to say of an alert', () => {
  it('is a whole event, of what the page, the order and the liaison say', () => {
    const event = eventOf(
      {},
      {
        ...{ policeForce: 'met', policeReference: 'KP/1234', riskLevel: 'high' },
        ...{ powerOfArrest: 'yes', type: 'community' },
      },
    );
    expect(liaisonEventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({
      ...{ type: 'raised', class: 'curfew', severity: 'severe', sequence: 1, replaces: null },
      ...{ wearerRef: 'w-1', person: { name: 'Jo Bloggs' }, reference: 'KP/1234' },
      ...{ risk: { level: 'high' }, power: { arrest: 'yes' } },
      finding: { what: 'left home during curfew', certainty: 0.97, confirmed: true },
      position: { lat: 51.50412, lon: -0.10077, osgb: { errorMetres: 6 } },
    });
  });

  it('is never said to be certain', () => {
    const sure = facts({ violation: violation({ certainty: 1 }) });
    expect(eventOf({ facts: sure }).finding?.certainty).toBe(0.99);
    const unsure = facts({ violation: violation({ certainty: 0.8 }) });
    expect(eventOf({ facts: unsure }).finding?.confirmed).toBe(false);
    const plain = facts({ violation: violation({ certainty: null, evidence: [] }) });
    expect(eventOf({ facts: plain })).toMatchObject({
      ...{ finding: { certainty: null, confirmed: true }, position: null },
    });
  });

  it.each([
    ['update', 'updated'],
    ['stand-down', 'cancelled'],
    ['closed', 'closed'],
  ])('of purpose %s is %s, and names what it replaces', (purpose, type) => {
    const outcome = { disposition: 'withdrawn', why: 'not shown' };
    const event = eventOf({ purpose }, {}, { sequence: 3, outcome });
    expect(event).toMatchObject({ type, replaces: `${INCIDENT}.2`, outcome });
  });

  it('has a power of arrest only while it lasts', () => {
    const ended = { powerOfArrest: 'yes', powerEndsAt: '2026-03-02T19:00:00Z' };
    expect(eventOf({}, ended).power?.arrest).toBe('no');
    expect(eventOf().power?.arrest).toBe('unknown');
  });
});

describe('traffic', () => {
  it('is real only where stack, wearer and alert are', () => {
    expect(trafficOf(page(), 'actual')).toBe('Actual');
    expect(trafficOf(page(), 'exercise')).toBe('Exercise');
    expect(trafficOf(page({ facts: facts({ isExercise: true }) }), 'actual')).toBe('Exercise');
    expect(trafficOf(page({ isTest: true }), 'actual')).toBe('Test');
  });

  it('that is not real goes out where nobody takes it for real', () => {
    expect(trafficSchema.options.map(doorFor)).toEqual([...['actual', 'exercise', 'exercise']]);
  });
});
