import { type Instant, toIso } from '#domain/model/instant.ts';
import type { PublishedMessage } from '../gateway/subscriptions.ts';
import type { SignatureVersion, Signer } from './signer.ts';

/**
 * What a topic posts, without its signature.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export type Letter = Readonly<
  | (Common & { Type: 'Notification'; Subject?: string; MessageAttributes?: Attributes })
  | (Common & { Type: 'SubscriptionConfirmation'; Token: string; SubscribeURL: string })
>;

type Common = { MessageId: string; TopicArn: string; Message: string; Timestamp: string };
type Attributes = Readonly<Record<string, { Type: string; Value: string }>>;

export const notificationOf = (message: PublishedMessage, at: Instant): Letter => {
  const attributes = Object.entries(message.attributes).map(([name, Value]) => [
    name,
    { Type: message.attributeTypes[name] ?? 'String', Value },
  ]);
  return {
    Type: 'Notification',
    MessageId: message.messageId,
    TopicArn: message.topicArn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: message.text,
    Timestamp: toIso(at),
    ...(attributes.length === 0 ? {} : { MessageAttributes: Object.fromEntries(attributes) }),
  };
};

type Asked = Readonly<{ messageId: string; topicArn: string; token: string; subscribeUrl: string }>;

export const confirmationOf = (asked: Asked, at: Instant): Letter => ({
  Type: 'SubscriptionConfirmation',
  MessageId: asked.messageId,
  Token: asked.token,
  TopicArn: asked.topicArn,
  Message:
    `You have chosen to subscribe to the topic ${asked.topicArn}.\n` +
    'To confirm the subscription, visit the SubscribeURL included in this message.',
  SubscribeURL: asked.subscribeUrl,
  Timestamp: toIso(at),
});

const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    ...['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  ],
} as const;

/**
 * The text that is signed: names and values, each on a line, in the order of the names.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export const signedText = (letter: Letter): string => {
  const values = new Map<string, unknown>(Object.entries(letter));
  return SIGNED[letter.Type]
    .filter((name) => values.get(name) !== undefined)
    .map((name) => `${name}\n${values.get(name)}\n`)
    .join('');
};

/** Where SNS itself is on AWS; here the console serves below `/sns` what lies there. */
export const snsUrl = (region: string): string => `https://sns.${region}.amazonaws.com`;

/** Where the certificate is, and what ends a subscription. */
export type SnsAddress = Readonly<{ url: string; subscriptionArn: string }>;

/** The body of a post: the letter, signed. */
export const sealed = (
  letter: Letter,
  by: { signer: Signer; version: SignatureVersion },
  { url, subscriptionArn }: SnsAddress,
): string =>
  JSON.stringify({
    ...letter,
    SignatureVersion: by.version,
    Signature: by.signer.sign(signedText(letter), by.version),
    SigningCertURL: `${url}/${by.signer.fileName}`,
    ...(letter.Type === 'Notification'
      ? { UnsubscribeURL: `${url}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}` }
      : {}),
  });
