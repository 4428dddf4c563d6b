import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import { eventIdOf } from '#domain/liaison/event.ts';
import { acksSchema, feedPageSchema, MOST_EVENTS } from '#domain/liaison/feed-page.ts';
import { disclosedEvents, incidentIds } from '#test/support/liaison-events.ts';

const eventIds = fc
  .tuple(incidentIds, fc.integer({ min: 1, max: 999_999 }))
  .map(([id, nth]) => eventIdOf(id, nth));

describe('acknowledgements', () => {
  it('are read as RFC 8936 writes them', () => {
    fc.assert(
      fc.property(fc.array(eventIds, { maxLength: 5 }), eventIds, (ack, failed) => {
        const sent = { ack, setErrs: { [failed]: { err: 'invalid_request' } } };
        expect(acksSchema.parse(sent)).toEqual({
          ack,
          setErrs: { [failed]: { err: 'invalid_request', description: '' } },
        });
      }),
    );
  });

  it('may leave out either part', () => {
    expect(acksSchema.parse({})).toEqual({ ack: [], setErrs: {} });
  });

  it.each([
    ['of something that is no event', { ack: ['evt-1'] }],
    ['of a prototype', { ack: ['__proto__'] }],
    ['that are no list', { ack: 'all' }],
    ['without a word on what went wrong', { setErrs: { [`${'a'.repeat(26)}.1`]: {} } }],
    ['of an error of no event', { setErrs: { any: { err: 'x' } } }],
    ['of too many at once', { ack: Array(MOST_EVENTS + 1).fill(`${'a'.repeat(26)}.1`) }],
    [
      'of too many errors at once',
      {
        setErrs: Object.fromEntries(
          Array.from({ length: MOST_EVENTS + 1 }, (_, i) => [
            `${'a'.repeat(26)}.${i + 1}`,
            { err: 'x' },
          ]),
        ),
      },
    ],
  ])('%s are refused', (_, sent) => {
    expect(acksSchema.safeParse(sent).success).toBe(false);
  });
});

describe('a page of a feed', () => {
  it('holds cloud events at their positions', () => {
    fc.assert(
      fc.property(fc.array(disclosedEvents, { maxLength: 3 }), fc.nat(1000), (events, after) => {
        const page = {
          liaisonId: 'west-yorkshire',
          events: events.map((event, i) => ({
            position: after + i + 1,
            event: cloudEventOf(event),
          })),
          next: after + events.length,
          more: false,
        };
        expect(feedPageSchema.safeParse(JSON.parse(JSON.stringify(page))).success).toBe(true);
      }),
    );
  });
});
