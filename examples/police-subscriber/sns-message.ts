import { createVerify, X509Certificate } from 'node:crypto';
import * as z from 'zod';

const envelope = {
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  /** Version 1 is SHA-1, which proves nothing any more. */
  SignatureVersion: z.literal('2'),
  Signature: z.base64(),
  SigningCertURL: z.url(),
};

/** What SNS posts to an address. */
export const snsMessageSchema = z.discriminatedUnion('Type', [
  z.object({ ...envelope, Type: z.literal('Notification'), Subject: z.string().optional() }),
  z.object({
    ...envelope,
    Type: z.enum(['SubscriptionConfirmation', 'UnsubscribeConfirmation']),
    SubscribeURL: z.url(),
    Token: z.string(),
  }),
]);
export type SnsMessage = z.infer<typeof snsMessageSchema>;

/** Made of letters, digits and dashes, as a topic's ARN names it. */
const TOPIC_ARN = /^arn:(aws|aws-cn|aws-us-gov):sns:([a-z0-9-]+):\d{12}:/;

/**
 * The host of SNS in the topic's own region; whoever could name another would sign for himself.
 * A pattern will not do: `sns.s3-eu-west-1.amazonaws.com` is a bucket, and anybody's.
 */
const snsHostOf = (topicArn: string): string | null => {
  const [, partition, region] = TOPIC_ARN.exec(topicArn) ?? [];
  if (region === undefined) return null;
  return `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
};

/** Where SNS keeps its certificates. */
const CERTIFICATE_PATH = /^\/SimpleNotificationService-[A-Za-z0-9]+\.pem$/;

const isAtSns = (url: string, topicArn: string): boolean => {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isPlain = port === '' && username === '' && password === '';
  return protocol === 'https:' && isPlain && hostname === snsHostOf(topicArn);
};

const isCertificateOfSns = (url: string, topicArn: string): boolean =>
  isAtSns(url, topicArn) && CERTIFICATE_PATH.test(new URL(url).pathname);

/** What was signed: names and values in the order of the names, a line each. */
const signedText = (message: SnsMessage): string => {
  const { MessageId, TopicArn, Message, Timestamp, Type } = message;
  const rest =
    message.Type === 'Notification'
      ? { ...(message.Subject === undefined ? {} : { Subject: message.Subject }) }
      : { SubscribeURL: message.SubscribeURL, Token: message.Token };
  const signed: Record<string, string> = { MessageId, TopicArn, Message, Timestamp, Type, ...rest };
  return Object.keys(signed)
    .sort()
    .map((name) => `${name}\n${signed[name]}\n`)
    .join('');
};

type Asked = Readonly<{
  /** The topics that were subscribed to; anybody can sign up an address at a topic of his own. */
  topicArns: readonly string[];
  /** Gets the certificate, over TLS, following no redirect. */
  certificateAt: (url: string) => Promise<string>;
  now: Date;
}>;

/** Says why a message is not to be believed; null: it is what SNS sent from our topic. */
export const doubtOf = async (message: SnsMessage, asked: Asked): Promise<string | null> => {
  if (!asked.topicArns.includes(message.TopicArn)) return 'of another topic';
  if (!isCertificateOfSns(message.SigningCertURL, message.TopicArn)) {
    return 'the certificate is not at SNS';
  }
  if (message.Type !== 'Notification' && !isAtSns(message.SubscribeURL, message.TopicArn)) {
    return 'the address to confirm at is not of SNS';
  }
  const certificate = new X509Certificate(await asked.certificateAt(message.SigningCertURL));
  if (asked.now < certificate.validFromDate || asked.now > certificate.validToDate) {
    return 'the certificate is not valid now';
  }
  const verify = createVerify('RSA-SHA256').update(signedText(message), 'utf8');
  const isSigned = verify.verify(certificate.publicKey, message.Signature, 'base64');
  return isSigned ? null : 'the signature is not of this certificate';
};
