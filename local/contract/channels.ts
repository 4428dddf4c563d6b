import type { MessageKey } from './messages.ts';

type Bindings = Readonly<Record<string, unknown>>;

/** Where messages pass, by the words of AsyncAPI 3. */
export type Channel = Readonly<{
  address: string;
  title: string;
  description: string;
  server: 'topics' | 'queues' | 'api' | 'recipient';
  parameters: Readonly<Record<string, string>>;
  messages: readonly MessageKey[];
  bindings?: Bindings;
}>;

/** What may stand in a message of a topic or a queue, by the recipient's format. */
export const IN_ANY_FORMAT = [
  'cloudEvent',
  'cap',
  'incident',
] as const satisfies readonly MessageKey[];

const LIAISON = { liaisonId: 'The id under which the agency knows the recipient.' };

const topic = (output: string, what: string): Channel => ({
  address: `{${output}}`,
  title: what,
  description: `${what}. Subscriptions filter it by \`recipient\` and \`status\`.`,
  server: 'topics',
  parameters: { [output]: 'The topic, from the output of this name of the stack.' },
  messages: IN_ANY_FORMAT,
  bindings: { sns: { name: output, ordering: { type: 'standard' } } },
});

const orderedTopic: Channel = {
  ...topic('orderedTopicArn', 'The same for forces that want order, with an archive of 30 days'),
  bindings: {
    sns: {
      name: 'orderedTopicArn',
      ordering: { type: 'FIFO', contentBasedDeduplication: false },
    },
  },
};

const queue: Channel = {
  address: '{feedQueueUrl}',
  title: "A recipient's queue",
  description:
    'The body of a message is the event; its attributes are those of the topic. Received, it is ' +
    'hidden for 120 seconds; not deleted, it stays for 7 days.',
  server: 'queues',
  parameters: {
    feedQueueUrl:
      'From the outputs FeedQueueUrl, OrderedFeedQueueUrl, ExerciseQueueUrl or ' +
      "OrderedExerciseQueueUrl, with the recipient's id in capitalised words behind.",
  },
  messages: IN_ANY_FORMAT,
  bindings: {
    sqs: {
      queue: {
        name: 'feedQueueUrl',
        fifoQueue: false,
        visibilityTimeout: 120,
        messageRetentionPeriod: 604_800,
      },
    },
  },
};

const feed = (rest: string, title: string, messages: readonly MessageKey[]): Channel => ({
  address: `/v1/feeds/{liaisonId}/${rest}`,
  title,
  description: `${title}, under the recipient's token; 403 for anybody else's feed.`,
  server: 'api',
  parameters: LIAISON,
  messages,
});

export const CHANNELS = {
  topic: topic('liaisonTopicArn', 'Everything that is real'),
  exerciseTopic: topic('exerciseTopicArn', 'Exercises and tests'),
  orderedTopic,
  queue,
  push: {
    address: '{address}',
    title: "A recipient's own address",
    description:
      'Posted to, each message signed with a key that we publish: an incident is a JWS itself, ' +
      'beside any other format its JWS without the payload (RFC 7515, appendix F) is the header ' +
      'x-homeward-signature. x-homeward-message is the id of the event, x-homeward-status says ' +
      'whether it is real.',
    server: 'recipient',
    parameters: { address: 'As the agency has put it on record.' },
    messages: IN_ANY_FORMAT,
  },
  events: feed('events', 'The events of a feed, to fetch', ['feedPage']),
  cap: feed('cap', 'An index of the incidents that stand now', ['capIndex']),
  capEvent: {
    ...feed('events/{position}/cap', 'One event of a feed as a message of CAP', ['cap']),
    parameters: { ...LIAISON, position: 'Where the event stands in the feed.' },
  },
  keys: {
    address: '/v1/feeds/jwks.json',
    title: 'The keys that our messages are signed with',
    description: 'For everybody: what was, what is and what is about to be in use (RFC 7517).',
    server: 'api',
    parameters: {},
    messages: ['keys'],
  },
  acks: feed('acks', 'Acknowledgements', ['acks', 'acksAnswer']),
  messages: {
    ...feed('messages', 'What a recipient says of an incident', ['liaisonMessage']),
    description:
      'A JWS of a key that is on record; where none is, JSON of the same form under the token, ' +
      'or an acknowledgement of CAP. Each is taken once, by its jti.',
  },
} as const satisfies Readonly<Record<string, Channel>>;
export type ChannelKey = keyof typeof CHANNELS;
