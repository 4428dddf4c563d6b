import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import {
  checkMessages,
  eventsIn,
  type FeedMessage,
  inEveryFormat,
  sentToFeeds,
  uncheckedKinds,
} from '#local/contract/feed-checks.ts';
import { disclosedEvents } from '#test/support/liaison-events.ts';

const events = fc.sample(disclosedEvents, { numRuns: 60, seed: 5 });
const messages = inEveryFormat(events);

/** Those of one kind, each spoilt. */
const spoilt = (mediaType: string, from: string, to: string): FeedMessage[] =>
  messages
    .filter((message) => message.mediaType === mediaType && message.text.includes(from))
    .slice(0, 1)
    .map(({ text }) => ({ mediaType, text: text.replace(from, to) }));

/** As it is sent: in a JWS, whose signature is not looked at here. */
const inJws = ({ text, mediaType }: FeedMessage): FeedMessage => ({
  mediaType,
  text: ['{}', text, ''].map((part) => Buffer.from(part).toString('base64url')).join('.'),
});

describe('what leaves for recipients', () => {
  const [event] = events;
  const text = event === undefined ? '' : JSON.stringify(cloudEventOf(event));
  const mediaType = 'application/cloudevents+json';

  it('is told from other messages by its recipient, and read back', () => {
    const named = { recipient: 'west-yorkshire', 'content-type': mediaType };
    const sent = sentToFeeds([
      { channel: 'queue', text, attributes: named },
      { channel: 'queue', text: '{}', attributes: {} },
      { channel: 'sms', text: 'hello', attributes: named },
    ]);
    expect(sent).toEqual([{ mediaType, text }]);
    expect(eventsIn(sent)).toEqual([event]);
  });

  it('is found where it was posted, too', () => {
    const attributes = { recipient: 'west-yorkshire', 'content-type': mediaType };
    expect(sentToFeeds([{ channel: 'https', text, attributes }])).toEqual([{ mediaType, text }]);
  });

  it('is wrong where it does not say what it is', async () => {
    const sent = sentToFeeds([{ channel: 'queue', text, attributes: { recipient: 'met' } }]);
    const [checked] = await checkMessages(sent);
    expect(checked?.problems).not.toEqual([]);
  });
});

describe('events in every format', () => {
  it('are what each format asks for, by all who have a say in it', async () => {
    const checked = await checkMessages(messages);
    expect(checked.map(({ by, problems }) => [by, problems])).toEqual([
      ['CloudEvents 1.0: schema and rules', []],
      ['GeoJSON: schema and RFC 7946', []],
      ['Cloud event: the contract', []],
      ['CAP 1.2: cap/cap12.xsd', []],
      ['CAP 1.2: cap/cap12_extended.xsd', []],
      ['CAP 1.2: the rules of its validator', []],
      ['Incident: the contract', []],
      ['Atom: RFC 4287', []],
      ['Page of the feed: the contract', []],
    ]);
    expect(checked[0]?.count).toBe(events.length);
  });

  it('are looked at within the JWS that carries them', async () => {
    const incidents = messages.filter(({ mediaType }) => mediaType === 'application/jose');
    const [checked] = await checkMessages(incidents.map(inJws));
    expect(checked).toEqual({ by: 'Incident: the contract', count: events.length, problems: [] });
  });

  it.each([
    ['a cloud event', spoilt('application/cloudevents+json', '"1.0"', '"0.3"')],
    ['a feature', spoilt('application/cloudevents+json', '"Feature"', '"Thing"')],
    ['a message of CAP', spoilt('application/cap+xml', 'Private', 'Secret')],
    ['an incident', spoilt('application/jose', '"sequence":', '"number":')],
    ['an index', spoilt('application/atom+xml', '<updated>', '<changed>')],
    ['a page of the feed', spoilt('application/json', '"position":1', '"position":0')],
    [
      'a polygon',
      spoilt(
        'application/cloudevents+json',
        '"Polygon","coordinates":[[[',
        '"Polygon","coordinates":[[[0,0],[',
      ),
    ],
    ['something else', [{ mediaType: 'text/plain', text: 'hello' }]],
  ])('are found wrong where %s is spoilt', async (_, some) => {
    const checked = await checkMessages(some);
    expect(some).toHaveLength(1);
    expect(checked.flatMap(({ problems }) => problems)).not.toEqual([]);
  });

  it('are missed where a kind is not there at all', () => {
    expect(uncheckedKinds(messages)).toEqual([]);
    const some = messages.filter(({ mediaType }) => !/atom|jose/.test(mediaType));
    expect(uncheckedKinds(some)).toEqual(['application/jose', 'application/atom+xml']);
  });
});

/** Every field of JSON that has to be there, by its path. */
const MUST_JSON = [
  ...['specversion', 'id', 'source', 'type', 'subject', 'sequence', 'data'],
  ...['data.type', 'data.geometry', 'data.properties', 'data.properties.status'],
];
const without = (value: unknown, [name = '', ...rest]: readonly string[]): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
          if (key !== name) return [[key, one]];
          return rest.length === 0 ? [] : [[key, without(one, rest)]];
        }),
      );

/** Every element of CAP that a reader may ask for. */
const MUST_XML = [
  ...['identifier', 'sender', 'sent', 'status', 'msgType', 'scope', 'category', 'event'],
  ...['urgency', 'severity', 'certainty', 'description'],
];

describe('one message among good ones that is broken', () => {
  const brokenIn = (mediaType: string, breakIt: (text: string) => string) => {
    const some = messages.filter((message) => message.mediaType === mediaType);
    return checkMessages(
      some.map(({ text }, i) => ({ mediaType, text: i === 7 ? breakIt(text) : text })),
    );
  };

  it.each(MUST_JSON)('is found where %s is gone from a cloud event', async (path) => {
    const checked = await brokenIn('application/cloudevents+json', (text) =>
      JSON.stringify(without(JSON.parse(text), path.split('.'))),
    );
    expect(checked.flatMap(({ problems }) => problems).length).toBeGreaterThan(0);
  });

  it.each(MUST_XML)('is found where %s is gone from CAP', async (name) => {
    const checked = await brokenIn('application/cap+xml', (text) =>
      text.replace(new RegExp(`<${name}>[^<]*</${name}>`, 'g'), ''),
    );
    expect(checked.flatMap(({ problems }) => problems).length).toBeGreaterThan(0);
  });
});
