import * as z from 'zod';
import { ATOM_MEDIA_TYPE, atomOf } from '#domain/liaison/atom.ts';
import { CAP_MEDIA_TYPE, capOf } from '#domain/liaison/cap.ts';
import {
  CLOUD_EVENT_MEDIA_TYPE,
  cloudEventOf,
  cloudEventSchema,
} from '#domain/liaison/cloud-event.ts';
import { acksAnswerSchema, acksSchema, feedPageSchema } from '#domain/liaison/feed-page.ts';
import { incidentMessageSchema } from '#domain/liaison/incident.ts';
import { messageSchema } from '#domain/liaison/message.ts';
import { MEDIA_TYPES } from '#domain/liaison/topic-message.ts';
import type { Direction } from './compatibility.ts';
import { closedExample, raisedExample } from './example-events.ts';

/** One kind of message between us and a recipient. What it means stands in its schema's meta. */
export type ContractMessage = Readonly<{
  /** Of its file, and of the message in AsyncAPI. */
  name: string;
  direction: Direction;
  contentType: string;
  schema: z.ZodType;
  /** Topics carry it, with attributes beside it. */
  onTopic?: true;
}>;

/** Of RFC 7515, appendix A.3. */
const EXAMPLE_KEY = {
  ...{ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: 'example' },
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
} as const;

const JSON_TYPE = 'application/json';

const cloudEvent = {
  name: 'cloud-event',
  direction: 'sent',
  contentType: CLOUD_EVENT_MEDIA_TYPE,
  onTopic: true,
  schema: cloudEventSchema.meta({
    title: 'Cloud event',
    description:
      'One event of one incident, for one recipient. What its policy withholds is absent.',
    examples: [cloudEventOf(raisedExample), cloudEventOf(closedExample)],
  }),
} as const satisfies ContractMessage;

const cap = {
  name: 'cap',
  direction: 'sent',
  contentType: CAP_MEDIA_TYPE,
  onTopic: true,
  schema: z.string().meta({
    title: 'Message of CAP 1.2',
    description: 'The same event in XML, by the Common Alerting Protocol of OASIS.',
    examples: [capOf(raisedExample), capOf(closedExample)],
  }),
} as const satisfies ContractMessage;

const FEED_URL = `https://api.northshire.example/v1/feeds/${raisedExample.recipient}`;

const capIndex = {
  name: 'cap-index',
  direction: 'sent',
  contentType: ATOM_MEDIA_TYPE,
  schema: z.string().meta({
    title: 'Index of current incidents',
    description: 'Atom (RFC 4287), with a link to the message of CAP that each stands at.',
    examples: [
      atomOf({
        agency: raisedExample.agency,
        liaisonId: raisedExample.recipient,
        selfUrl: `${FEED_URL}/cap?status=Exercise`,
        nextUrl: null,
        readAt: raisedExample.issuedAt,
        entries: [{ event: raisedExample, capUrl: `${FEED_URL}/events/7/cap`, isExpired: false }],
      }),
    ],
  }),
} as const satisfies ContractMessage;

const feedPage = {
  name: 'feed-page',
  direction: 'sent',
  contentType: JSON_TYPE,
  schema: feedPageSchema.meta({
    title: 'Page of a feed',
    description: 'Events in the order of the feed, whose positions have no gap.',
    examples: [
      {
        liaisonId: raisedExample.recipient,
        events: [
          { position: 7, event: cloudEventOf(raisedExample) },
          { position: 8, event: cloudEventOf(closedExample) },
        ],
        next: 8,
        more: false,
      },
    ],
  }),
} as const satisfies ContractMessage;

const acks = {
  name: 'acks',
  direction: 'accepted',
  contentType: JSON_TYPE,
  schema: acksSchema.meta({
    title: 'Acknowledgements',
    description: 'Events that the recipient has stored, and those that it could not use.',
    examples: [
      { ack: [raisedExample.eventId] },
      {
        ack: [],
        setErrs: {
          [closedExample.eventId]: { err: 'invalid_request', description: 'no incident of ours' },
        },
      },
    ],
  }),
} as const satisfies ContractMessage;

const acksAnswer = {
  name: 'acks-answer',
  direction: 'sent',
  contentType: JSON_TYPE,
  schema: acksAnswerSchema.meta({
    title: 'What came of acknowledgements',
    examples: [{ acknowledged: [raisedExample.eventId], unknown: [] }],
  }),
} as const satisfies ContractMessage;

/** The payload of a JWS: what stands in it, not the JWS itself. */
const incident = {
  name: 'incident',
  direction: 'sent',
  contentType: MEDIA_TYPES.incident,
  onTopic: true,
  schema: incidentMessageSchema,
} as const satisfies ContractMessage;

const liaisonMessage = {
  name: 'liaison-message',
  direction: 'accepted',
  contentType: MEDIA_TYPES.incident,
  schema: messageSchema,
} as const satisfies ContractMessage;

const keys = {
  name: 'keys',
  direction: 'sent',
  contentType: 'application/jwk-set+json',
  schema: z
    .object({
      keys: z.array(
        z.object({
          ...{ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() },
          ...{ kid: z.string(), alg: z.literal('ES256'), use: z.literal('sig') },
        }),
      ),
    })
    .meta({
      title: 'Keys that verify our signatures',
      description: 'A JWK Set (RFC 7517). May be kept for five minutes.',
      examples: [{ keys: [EXAMPLE_KEY] }],
    }),
} as const satisfies ContractMessage;

/** Everything that is agreed with recipients, message by message. */
export const MESSAGES = {
  ...{ cloudEvent, cap, incident },
  ...{ capIndex, feedPage, acks, acksAnswer, liaisonMessage, keys },
} as const satisfies Readonly<Record<string, ContractMessage>>;
export type MessageKey = keyof typeof MESSAGES;

export const allMessages = (): readonly ContractMessage[] => Object.values(MESSAGES);

/** The examples that a schema brings along. */
export const examplesOf = ({ schema }: ContractMessage): readonly unknown[] =>
  z.array(z.unknown()).parse(schema.meta()?.examples ?? []);
