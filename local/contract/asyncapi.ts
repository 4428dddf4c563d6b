import { topicAttributesSchema } from '#domain/liaison/topic-message.ts';
import { CHANNELS, type Channel } from './channels.ts';
import { embeddedSchemaOf } from './json-schema.ts';
import { type ContractMessage, examplesOf, MESSAGES, type MessageKey } from './messages.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { CONTRACT_VERSION } from './version.ts';

type Json = Readonly<Record<string, unknown>>;

const INFO = {
  title: 'Homeward: what recipients outside the agency are told',
  version: CONTRACT_VERSION,
  description:
    'Alerts on people on monitoring, for police forces and other recipients, each by its own ' +
    'policy. How to subscribe: docs/feeds.md.',
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
} as const;

const variable = (description: string) => ({ description });
const REGION = { region: variable('Where the stack stands.') };

const SERVERS = {
  topics: { host: 'sns.{region}.amazonaws.com', protocol: 'sns', variables: REGION },
  queues: { host: 'sqs.{region}.amazonaws.com', protocol: 'sqs', variables: REGION },
  api: {
    host: '{apiHost}',
    protocol: 'https',
    variables: { apiHost: variable("From the stack's output ApiUrl.") },
    security: [{ $ref: '#/components/securitySchemes/token' }],
  },
  recipient: {
    host: '{recipientHost}',
    protocol: 'https',
    variables: { recipientHost: variable('Where the recipient wants to be posted to.') },
  },
} as const;

const ref = (...path: readonly string[]) => ({ $ref: `#/${path.join('/')}` });

const mapValues = <V, W>(values: Readonly<Record<string, V>>, to: (value: V) => W) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, to(value)]));

const messageOf = (message: ContractMessage): Json => {
  const { title, description } = message.schema.meta() ?? {};
  return {
    name: message.name,
    title,
    ...(description && { description }),
    contentType: message.contentType,
    ...(message.onTopic && { headers: ref('components', 'schemas', 'topicAttributes') }),
    payload: ref('components', 'schemas', message.name),
    examples: examplesOf(message).map((payload) => ({ payload })),
  };
};

const channelOf = ({ server, parameters, messages, ...channel }: Channel): Json => ({
  ...channel,
  servers: [ref('servers', server)],
  parameters: mapValues(parameters, variable),
  messages: Object.fromEntries(
    messages.map((key) => [key, ref('components', 'messages', MESSAGES[key].name)]),
  ),
});

const operationOf = ({ channel, messages, reply, ...operation }: Operation): Json => {
  const among = (keys: readonly MessageKey[]) =>
    keys.map((key) => ref('channels', channel, 'messages', key));
  return {
    ...operation,
    channel: ref('channels', channel),
    messages: among(messages),
    ...(reply && { reply: { channel: ref('channels', channel), messages: among(reply) } }),
  };
};

/** The whole contract as one AsyncAPI 3 document, in which every reference leads within it. */
export const asyncApiDocument = (): Json => ({
  asyncapi: '3.0.0',
  info: INFO,
  defaultContentType: 'application/json',
  servers: SERVERS,
  channels: mapValues<Channel, Json>(CHANNELS, channelOf),
  operations: mapValues<Operation, Json>(OPERATIONS, operationOf),
  components: {
    schemas: {
      topicAttributes: embeddedSchemaOf(topicAttributesSchema),
      ...Object.fromEntries(
        Object.values(MESSAGES).map(({ name, schema }) => [name, embeddedSchemaOf(schema)]),
      ),
    },
    messages: Object.fromEntries(
      Object.values(MESSAGES).map((message) => [message.name, messageOf(message)]),
    ),
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: "The recipient's own token." },
    },
  },
});
