import { type ChannelKey, IN_ANY_FORMAT } from './channels.ts';
import type { MessageKey } from './messages.ts';

/** What Homeward does at a channel: it sends there, or receives. */
export type Operation = Readonly<{
  action: 'send' | 'receive';
  channel: ChannelKey;
  summary: string;
  messages: readonly MessageKey[];
  reply?: readonly MessageKey[];
  bindings?: Readonly<Record<string, unknown>>;
}>;

/** Who may stand behind a topic: the recipient's queue as it is, an address in SNS's envelope. */
const subscribers = (status: readonly string[]) => {
  const filterPolicy = { recipient: ['west-yorkshire'], status: [...status] };
  return {
    sns: {
      consumers: [
        { protocol: 'sqs', endpoint: { name: 'queue' }, rawMessageDelivery: true, filterPolicy },
        {
          protocol: 'https',
          endpoint: { url: 'https://feeds.police.example/homeward' },
          rawMessageDelivery: false,
          filterPolicy,
        },
      ],
    },
  };
};

const AFTER = {
  type: 'object',
  properties: {
    after: { type: 'integer', minimum: 0, description: 'Events behind this position; 0: all.' },
    limit: { type: 'integer', minimum: 1, maximum: 100, description: 'How many at most.' },
  },
};

const http = (method: 'GET' | 'POST', query?: object) => ({
  http: { method, ...(query && { query }), bindingVersion: '0.3.0' },
});

export const OPERATIONS = {
  tell: {
    action: 'send',
    channel: 'topic',
    summary: 'Tells recipients of what is real.',
    messages: IN_ANY_FORMAT,
    bindings: subscribers(['Actual']),
  },
  tellOfExercises: {
    action: 'send',
    channel: 'exerciseTopic',
    summary: 'Tells recipients of exercises and tests.',
    messages: IN_ANY_FORMAT,
    bindings: subscribers(['Exercise', 'Test']),
  },
  tellInOrder: {
    action: 'send',
    channel: 'orderedTopic',
    summary: 'Tells recipients, incident by incident in order.',
    messages: IN_ANY_FORMAT,
    bindings: { sns: { consumers: [subscribers(['Actual']).sns.consumers[0]] } },
  },
  fillQueue: {
    action: 'send',
    channel: 'queue',
    summary: 'Brings what a recipient is told to its queue.',
    messages: IN_ANY_FORMAT,
    bindings: { sqs: { queues: [{ name: 'feedQueueUrl', fifoQueue: false }] } },
  },
  post: {
    action: 'send',
    channel: 'push',
    summary: 'Posts what a recipient is told to its address.',
    messages: IN_ANY_FORMAT,
    bindings: http('POST'),
  },
  giveEvents: {
    action: 'send',
    channel: 'events',
    summary: 'Answers a recipient that asks for the events behind a position.',
    messages: ['feedPage'],
    bindings: http('GET', AFTER),
  },
  giveCapIndex: {
    action: 'send',
    channel: 'cap',
    summary: 'Answers a recipient that asks which incidents stand.',
    messages: ['capIndex'],
    bindings: http('GET'),
  },
  giveCapEvent: {
    action: 'send',
    channel: 'capEvent',
    summary: 'Answers a recipient that asks for an event as a message of CAP.',
    messages: ['cap'],
    bindings: http('GET'),
  },
  giveKeys: {
    action: 'send',
    channel: 'keys',
    summary: 'Answers anybody who wants to verify what we post.',
    messages: ['keys'],
    bindings: http('GET'),
  },
  takeAcks: {
    action: 'receive',
    channel: 'acks',
    summary: 'Notes which events a recipient has stored.',
    messages: ['acks'],
    reply: ['acksAnswer'],
    bindings: http('POST'),
  },
  takeMessages: {
    action: 'receive',
    channel: 'messages',
    summary: 'Takes what a recipient says of an incident: that it has it, accepts or rejects it.',
    messages: ['liaisonMessage'],
    bindings: http('POST'),
  },
} as const satisfies Readonly<Record<string, Operation>>;
