import { ATOM_MEDIA_TYPE, atomOf } from '#domain/liaison/atom.ts';
import { CAP_MEDIA_TYPE, capOf } from '#domain/liaison/cap.ts';
import {
  CLOUD_EVENT_MEDIA_TYPE,
  cloudEventOf,
  cloudEventSchema,
} from '#domain/liaison/cloud-event.ts';
import type { LiaisonEvent } from '#domain/liaison/event.ts';
import { incidentOf } from '#domain/liaison/incident.ts';
import { MEDIA_TYPES } from '#domain/liaison/topic-message.ts';
import { capProblems } from './cap-rules.ts';
import { cloudEventProblems, dataOf, featureProblems } from './independent-checks.ts';
import { MESSAGES } from './messages.ts';
import { publishedProblems } from './published-check.ts';
import { eventOf } from './read-back.ts';
import { ATOM_GRAMMAR, CAP_SCHEMAS, schemaProblems } from './xml-schemas.ts';

/** Something that a recipient is given, by its media type. */
export type FeedMessage = Readonly<{ mediaType: string; text: string }>;

/** One check of all messages of a kind: by whose rules, of how many, and what was wrong. */
export type Checked = Readonly<{ by: string; count: number; problems: readonly string[] }>;

type Check = (texts: readonly string[]) => Promise<string[]>;

/** What cannot even be read is a problem of the message, and of none of the others. */
const problemsIn = (problemsOf: (text: string) => string[], text: string): string[] => {
  try {
    return problemsOf(text);
  } catch (error) {
    // Record: it stands in the report.
    return [`cannot be read: ${error instanceof Error ? error.message : error}`];
  }
};

const eachBy =
  (problemsOf: (text: string) => string[]): Check =>
  async (texts) =>
    texts.flatMap((text, i) =>
      problemsIn(problemsOf, text).map((problem) => `message ${i + 1}: ${problem}`),
    );

const bySchema =
  (schema: Parameters<typeof schemaProblems>[1]): Check =>
  (texts) =>
    schemaProblems(texts, schema);

/** What a JWS carries; a message that is not signed yet is that by itself. */
const payloadOf = (text: string): string =>
  text.startsWith('{') ? text : Buffer.from(text.split('.')[1] ?? '', 'base64url').toString('utf8');

const ofCloudEvents = publishedProblems(MESSAGES.cloudEvent);
const ofIncidents = publishedProblems(MESSAGES.incident);
const ofPages = publishedProblems(MESSAGES.feedPage);

/** What is fetched is plain JSON. */
const PAGE_MEDIA_TYPE = 'application/json';

/** By media type, who has something to say of it. */
const CHECKS: Readonly<Record<string, readonly (readonly [by: string, check: Check])[]>> = {
  [CLOUD_EVENT_MEDIA_TYPE]: [
    ['CloudEvents 1.0: schema and rules', eachBy(cloudEventProblems)],
    ['GeoJSON: schema and RFC 7946', eachBy((text) => featureProblems(dataOf(text)))],
    ['Cloud event: the contract', eachBy(ofCloudEvents)],
  ],
  [MEDIA_TYPES.incident]: [
    ['Incident: the contract', eachBy((text) => ofIncidents(payloadOf(text)))],
  ],
  [CAP_MEDIA_TYPE]: [
    ...CAP_SCHEMAS.map((schema) => [`CAP 1.2: ${schema}`, bySchema(schema)] as const),
    ['CAP 1.2: the rules of its validator', eachBy(capProblems)],
  ],
  [ATOM_MEDIA_TYPE]: [['Atom: RFC 4287', bySchema(ATOM_GRAMMAR)]],
  [PAGE_MEDIA_TYPE]: [['Page of the feed: the contract', eachBy(ofPages)]],
};

/** Kinds of which there is none to look at: nothing was proven of them. */
export const uncheckedKinds = (messages: readonly FeedMessage[]): string[] => {
  const seen = new Set(messages.map(({ mediaType }) => mediaType));
  return Object.keys(CHECKS).filter((mediaType) => !seen.has(mediaType));
};

/** Holds messages to what others published on their formats. One of an unknown kind is wrong. */
export const checkMessages = async (messages: readonly FeedMessage[]): Promise<Checked[]> => {
  const byType = Map.groupBy(messages, ({ mediaType }) => mediaType);
  const checked = [...byType].map(async ([mediaType, some]): Promise<Checked[]> => {
    const texts = some.map(({ text }) => text);
    const checks = CHECKS[mediaType];
    if (checks === undefined) {
      const problems = [`nobody knows what to hold ${mediaType} to`];
      return [{ by: mediaType, count: texts.length, problems }];
    }
    return Promise.all(
      checks.map(async ([by, check]) => ({
        ...{ by, count: texts.length },
        problems: await check(texts),
      })),
    );
  });
  return (await Promise.all(checked)).flat();
};

type Entry = Readonly<{
  channel: string;
  text: string;
  attributes: Readonly<Record<string, string>>;
}>;

/** Into a queue of theirs, or posted to an address of theirs. */
const FEED_CHANNELS = ['queue', 'https'];

/**
 * What was sent to recipients outside the agency, by what its attribute says that it is. Other
 * queues, such as that of test alerts, name no recipient.
 */
export const sentToFeeds = (outbox: readonly Entry[]): FeedMessage[] =>
  outbox
    .filter(
      ({ channel, attributes }) => FEED_CHANNELS.includes(channel) && 'recipient' in attributes,
    )
    .map(({ text, attributes }) => ({ text, mediaType: attributes['content-type'] ?? 'unknown' }));

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Record: the check of what was sent says so.
    return null;
  }
};

/** The events that were sent as cloud events; those that cannot be read are for the checks. */
export const eventsIn = (messages: readonly FeedMessage[]): LiaisonEvent[] =>
  messages
    .filter(({ mediaType }) => mediaType === CLOUD_EVENT_MEDIA_TYPE)
    .flatMap(({ text }) => cloudEventSchema.safeParse(asJson(text)).data ?? [])
    .map(eventOf);

const atomIndexOf = (agency: string, events: readonly LiaisonEvent[]): FeedMessage => {
  const recipient = events[0]?.recipient ?? '';
  const base = `https://api.example/v1/feeds/${recipient}`;
  const entries = events.map((event, i) => ({
    ...{ event, capUrl: `${base}/events/${i + 1}/cap`, isExpired: i % 2 === 1 },
  }));
  const readAt = events.at(-1)?.issuedAt ?? '';
  const urls = { selfUrl: `${base}/cap`, nextUrl: null };
  const text = atomOf({ agency, liaisonId: recipient, ...urls, readAt, entries });
  return { mediaType: ATOM_MEDIA_TYPE, text };
};

const pageOf = (events: readonly LiaisonEvent[]): FeedMessage => ({
  mediaType: PAGE_MEDIA_TYPE,
  text: JSON.stringify({
    liaisonId: events[0]?.recipient,
    events: events.map((event, i) => ({ position: i + 1, event: cloudEventOf(event) })),
    ...{ next: events.length, more: false },
  }),
});

/** Some recipients' events in every format that there is, whichever they are sent in. */
export const inEveryFormat = (events: readonly LiaisonEvent[]): FeedMessage[] => [
  ...events.map((event) => ({
    mediaType: CLOUD_EVENT_MEDIA_TYPE,
    text: JSON.stringify(cloudEventOf(event)),
  })),
  ...events.map((event) => ({ mediaType: CAP_MEDIA_TYPE, text: capOf(event) })),
  ...events.map((event) => ({
    mediaType: MEDIA_TYPES.incident,
    text: JSON.stringify(incidentOf(event, { isAckWanted: true })),
  })),
  ...[...Map.groupBy(events, ({ recipient }) => recipient).values()].map((some) =>
    atomIndexOf(some[0]?.agency ?? '', some),
  ),
  ...[...Map.groupBy(events, ({ recipient }) => recipient).values()].map(pageOf),
];
