import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { atomOf, currentEntries, type IndexEntry } from '#domain/liaison/atom.ts';
import type { LiaisonEvent } from '#domain/liaison/event.ts';
import { plainText } from '#domain/liaison/plain-text.ts';
import { instant } from '#domain/model/instant.ts';
import { ATOM_GRAMMAR, schemaProblems } from '#local/contract/xml-schemas.ts';
import { disclosedEvents } from '#test/support/liaison-events.ts';

const BASE = 'https://api.example.org/v1/feeds/west-yorkshire';
const READ_AT = '2026-11-22T19:05:00.000Z';
const NOW = instant(Date.parse(READ_AT));

const entryOf = (event: LiaisonEvent, at = 1): IndexEntry => ({
  event,
  capUrl: `${BASE}/events/${at}/cap`,
});

const indexOf = (entries: readonly IndexEntry[], agency = 'Probation North') =>
  atomOf({
    ...{ agency, liaisonId: 'west-yorkshire', selfUrl: `${BASE}/cap`, readAt: READ_AT },
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

describe('the incidents that stand', () => {
  const first = sampled({ sequence: 1 });
  const second = sampled({ sequence: 2, type: 'updated' });

  it('are listed once, by their latest event, in whichever order they are read', () => {
    const [one, two] = [entryOf(first, 1), entryOf(second, 2)];
    expect(currentEntries([one, two], NOW)).toEqual([two]);
    expect(currentEntries([two, one], NOW)).toEqual([two]);
  });

  it.each(['cancelled', 'closed'] as const)('leave out what is %s', (type) => {
    const over = sampled({ sequence: 2, type });
    expect(currentEntries([entryOf(first), entryOf(over)], NOW)).toEqual([]);
  });

  it('leave out what has expired', () => {
    expect(currentEntries([entryOf(sampled({ expiresAt: READ_AT }))], NOW)).toEqual([]);
  });

  it('leave one incident as it is whatever becomes of another', () => {
    const other = sampled({ type: 'closed' }, 2);
    expect(other.incidentId).not.toBe(first.incidentId);
    expect(currentEntries([entryOf(first), entryOf(other)], NOW)).toEqual([entryOf(first)]);
  });
});
