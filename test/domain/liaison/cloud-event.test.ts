import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cloudEventOf, cloudEventSchema } from '#domain/liaison/cloud-event.ts';
import { type LiaisonEvent, liaisonEventSchema } from '#domain/liaison/event.ts';
import { disclosableSchema } from '#domain/model/liaison.ts';
import { cloudEventProblems, featureProblems } from '#local/contract/independent-checks.ts';
import { eventOf } from '#local/contract/read-back.ts';
import { disclosedEvents, liaisonEvents } from '#test/support/liaison-events.ts';

const sent = (event: LiaisonEvent): unknown => JSON.parse(JSON.stringify(cloudEventOf(event)));

describe('a liaison event as a CloudEvent', () => {
  it('is valid by the schema and the rules of CloudEvents 1.0, whatever is withheld', () => {
    fc.assert(
      fc.property(disclosedEvents, (event) => {
        expect(cloudEventProblems(JSON.stringify(cloudEventOf(event)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('carries a GeoJSON Feature that is valid by its schema and by RFC 7946', () => {
    fc.assert(
      fc.property(disclosedEvents, (event) => {
        expect(featureProblems(z.object({ data: z.unknown() }).parse(sent(event)).data)).toEqual(
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  it('says all that the event says, and can be read back', () => {
    fc.assert(
      fc.property(disclosedEvents, (event) => {
        const read = eventOf(cloudEventSchema.parse(sent(event)));
        expect(JSON.stringify(read)).toBe(JSON.stringify(liaisonEventSchema.parse(event)));
      }),
      { numRuns: 300 },
    );
  });

  it('has no part that the policy withholds, and no position but in its geometry', () => {
    fc.assert(
      fc.property(disclosedEvents, (event) => {
        const { data } = cloudEventOf(event);
        const parts = disclosableSchema.options.filter((part) => part in data.properties);
        expect(parts).toEqual(disclosableSchema.options.filter((part) => part in event));
        if (!event.position) expect(data.geometry).toBeNull();
        expect(Object.keys(data.properties.position ?? {})).not.toContain('lat');
      }),
    );
  });

  it('sorts by its sequence as text', () => {
    fc.assert(
      fc.property(liaisonEvents, liaisonEvents, (a, b) => {
        const byText = cloudEventOf(a).sequence < cloudEventOf(b).sequence;
        expect(byText).toBe(a.sequence < b.sequence);
      }),
    );
  });

  it('writes the agency into its source whatever its letters are', () => {
    const [event] = fc.sample(liaisonEvents, { numRuns: 1, seed: 1 });
    const odd = liaisonEventSchema.parse({ ...event, agency: "Leeds & Co. (North)/'\ud800" });
    const { source } = cloudEventSchema.parse(sent(odd));
    expect(source).toBe("urn:homeward:Leeds%20%26%20Co.%20(North)%2F'%EF%BF%BD");
    expect(cloudEventProblems(JSON.stringify(cloudEventOf(odd)))).toEqual([]);
  });
});

describe('the independent checks', () => {
  const [event] = fc.sample(
    liaisonEvents.filter(({ position }) => position !== null),
    { numRuns: 1, seed: 2 },
  );
  const good = z.record(z.string(), z.unknown()).parse(event === undefined ? null : sent(event));
  const point = (...coordinates: unknown[]) => ({ type: 'Point', coordinates });
  const feature = { type: 'Feature', properties: null, geometry: point(-1.5, 53.8) };

  it.each([
    ['no id', { id: undefined }],
    ['an empty source', { source: '' }],
    ['a source that is no reference', { source: 'urn:home ward' }],
    ['another version of the specification', { specversion: '0.3' }],
    ['a time without a zone', { time: '2026-11-22T10:00:00' }],
    ['an attribute with a capital letter', { severityText: 'x' }],
    ['an attribute with a dash', { 'severity-text': 'x' }],
    ['an attribute with too long a name', { dataclassificationlevel: 'x' }],
    ['an attribute that is an object', { sequence: { is: 1 } }],
    ['an attribute that is null', { sequence: null }],
    ['a fraction', { severitynumber: 1.5 }],
    ['a control character in an attribute', { subject: 'a\u0007' }],
    ['an end before its beginning', { expirytime: '1999-01-01T00:00:00.000Z' }],
  ])('find %s', (_, change) => {
    expect(cloudEventProblems(JSON.stringify(good))).toEqual([]);
    expect(cloudEventProblems(JSON.stringify({ ...good, ...change }))).not.toEqual([]);
  });

  it.each([
    ['no geometry', { geometry: undefined }],
    ['a point of one number', { geometry: point(1) }],
    ['a point of four numbers', { geometry: point(1, 2, 3, 4) }],
    ['latitude first', { geometry: point(53.8, -101.5) }],
    ['a longitude of 181 degrees', { geometry: point(181, 0) }],
    ['a reference system of its own', { crs: { type: 'name' } }],
    ['coordinates beside the geometry', { coordinates: [1, 2] }],
    ['properties that are a list', { properties: [] }],
  ])('find %s', (_, change) => {
    expect(featureProblems(feature)).toEqual([]);
    expect(featureProblems({ ...feature, ...change })).not.toEqual([]);
  });
});
