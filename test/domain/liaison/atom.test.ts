import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { atomOf, type IndexEntry } from '#domain/liaison/atom.ts';
import type { LiaisonEvent } from '#domain/liaison/event.ts';
import { plainText } from '#domain/liaison/plain-text.ts';
import { ATOM_GRAMMAR, schemaProblems } from '#local/contract/xml-schemas.ts';
import { disclosedEvents } from '#test/support/liaison-events.ts';

const BASE = 'https://api.example.org/v1/feeds/west-yorkshire';
const READ_AT = '2026-11-22T19:05:00.000Z';

const entryOf = (event: LiaisonEvent, at = 1): IndexEntry => ({
  event,
  capUrl: `${BASE}/events/${at}/cap`,
  isExpired: at % 2 === 0,
});

const indexOf = (entries: readonly IndexEntry[], agency = 'Probation North') =>
  atomOf({
    ...{ agency, liaisonId: 'west-yorkshire', selfUrl: `${BASE}/cap`, readAt: READ_AT },
    nextUrl: entries.length > 4 ? `${BASE}/cap?before=4` : null,
    entries,
  });

const sampled = (changes: Partial<LiaisonEvent>, seed = 1): LiaisonEvent => {
  const event = fc.sample(disclosedEvents, { numRuns: 1, seed })[0];
  if (event === undefined) throw new Error('no event was made');
  return { ...event, expiresAt: '2026-11-23T00:00:00.000Z', type: 'raised', ...changes };
};

const parser = new XMLParser({
  ...{ ignoreAttributes: false, parseTagValue: false, trimValues: false },
  isArray: (name) => name === 'entry',
});

const sample = (name: string): string =>
  readFileSync(new URL(`../../schemas/atom/samples/${name}`, import.meta.url), 'utf8');

describe('the grammar of Atom', () => {
  it('holds for an index of others, and not for one without an id', async () => {
    expect(await schemaProblems([sample('weather_index.atom')], ATOM_GRAMMAR)).toEqual([]);
    expect(await schemaProblems([sample('no_id.atom')], ATOM_GRAMMAR)).not.toEqual([]);
  });
});

describe('the index of a recipient', () => {
  it('links each incident to its message, and says when it last changed', () => {
    const event = sampled({ headline: 'URGENT <b>', issuedAt: '2026-11-22T18:00:00.000Z' });

    expect(parser.parse(indexOf([entryOf(event, 7)])).feed).toMatchObject({
      id: 'urn:homeward:Probation%20North:feed:west-yorkshire',
      updated: '2026-11-22T18:00:00.000Z',
      author: { name: 'Probation North' },
      link: { '@_rel': 'self', '@_href': `${BASE}/cap` },
      entry: [
        {
          title: 'URGENT ‹b›',
          updated: '2026-11-22T18:00:00.000Z',
          link: {
            '@_rel': 'alternate',
            '@_type': 'application/cap+xml',
            '@_href': `${BASE}/events/7/cap`,
          },
        },
      ],
    });
  });

  it('is an index when nothing is in it, of the time when it was read', async () => {
    expect(parser.parse(indexOf([])).feed.updated).toBe(READ_AT);
    expect(await schemaProblems([indexOf([])], ATOM_GRAMMAR)).toEqual([]);
  });

  it('is valid by the grammar, and has an id of its own for each incident', async () => {
    const agencies = fc.string({ unit: 'binary', maxLength: 20 });
    const made = fc.tuple(fc.array(disclosedEvents, { maxLength: 8 }), agencies);
    const indexes = fc.sample(made, 25).map(([events, agency]) =>
      indexOf(
        events.map((event, i) => entryOf(event, i + 1)),
        agency,
      ),
    );

    expect(await schemaProblems(indexes, ATOM_GRAMMAR)).toEqual([]);
  });

  it('says of what has expired that it stands yet, and of what is gone whom to ask', async () => {
    const event = sampled({});
    const gone = { event: null, incidentId: event.incidentId, issuedAt: READ_AT } as const;
    const index = indexOf([entryOf(event, 2), { ...gone, status: 'Actual' }]);
    const [expired, unkept] = parser.parse(index).feed.entry;
    expect(expired.summary).toMatch(/still stands, .* expired: ask/);
    expect(JSON.stringify(expired.category)).toContain('"expired"');
    expect(unkept).toMatchObject({ title: `Incident ${event.incidentId}`, updated: READ_AT });
    expect(unkept.content['#text']).toMatch(/still stands, .* ask the agency/);
    expect(unkept.id).toBe(expired.id.replace(event.agency, 'Probation%20North'));
    expect(await schemaProblems([index], ATOM_GRAMMAR)).toEqual([]);
  });

  it('leads on to the rest of it', () => {
    const many = fc.sample(disclosedEvents, { numRuns: 5, seed: 2 }).map((one) => entryOf(one));
    const { link } = parser.parse(indexOf(many)).feed;
    expect(link[1]).toMatchObject({ '@_rel': 'next', '@_href': `${BASE}/cap?before=4` });
  });

  it('gives a reader back the headlines', () => {
    fc.assert(
      fc.property(fc.array(disclosedEvents, { maxLength: 5 }), (events) => {
        const { feed } = parser.parse(indexOf(events.map((event) => entryOf(event))));
        const titles = (feed.entry ?? []).map(({ title }: { title: string }) => title);
        expect(titles).toEqual(events.map(({ headline }) => plainText(headline)));
      }),
    );
  });
});
