import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { writeWellFormed } from '#domain/model/well-formed.ts';
import type { PushMessage } from '#domain/notify/render-by-channel.ts';

/** The provider will never take this message: no other try can help. */
export class NeverAccepted extends Error {
  constructor(reason: string, cause: unknown) {
    super(`the message can never be accepted: ${reason}`, { cause });
    this.name = 'NeverAccepted';
  }
}

/** What SNS says of a message or a recipient that is wrong in itself, not of a passing trouble. */
const PERMANENT = new Set([
  'InvalidParameterException',
  'InvalidParameterValueException',
  'NotFoundException',
  'OptedOutException',
  'EndpointDisabledException',
  'PlatformApplicationDisabledException',
]);

/** SNS drops, with raw delivery to a queue, a message that has more. */
const MOST_ATTRIBUTES = 10;

/** What goes to a topic that others subscribe to. */
export type FeedMessage = Readonly<{
  text: string;
  attributes: Readonly<Record<string, string>>;
  /** To a topic that keeps order: within which group, and under which id once. */
  order?: Readonly<{ group: string; once: string }> | undefined;
}>;

const asAttributes = (values: Readonly<Record<string, string>>) => {
  const entries = Object.entries(values);
  if (entries.length > MOST_ATTRIBUTES) throw new RangeError('more than 10 message attributes');
  return Object.fromEntries(
    entries.map(([name, StringValue]): [string, MessageAttributeValue] => [
      name,
      { DataType: 'String', StringValue: StringValue.toWellFormed() },
    ]),
  );
};

/**
 * Publishes, in well-formed Unicode, for the client throws on anything else, and returns the
 * provider's id. Throws NeverAccepted where no other try can help.
 * `textReplyNumber`: text messages come from this number, so that they can be replied to.
 */
export const publisher = (client: SNSClient, textReplyNumber?: string) => {
  const from: Record<string, MessageAttributeValue> =
    textReplyNumber === undefined
      ? {}
      : {
          'AWS.MM.SMS.OriginationNumber': { DataType: 'String', StringValue: textReplyNumber },
        };
  const publish = async (command: PublishCommand): Promise<string> => {
    try {
      const { MessageId } = await client.send(command);
      return MessageId ?? 'unnamed';
    } catch (error) {
      // Record what can never be accepted; anything else is thrown on, to be tried again.
      if (error instanceof Error && PERMANENT.has(error.name))
        throw new NeverAccepted(error.name, error);
      throw error;
    }
  };
  return {
    sms: (to: string, text: string): Promise<string> =>
      publish(
        new PublishCommand({
          PhoneNumber: to,
          Message: text.toWellFormed(),
          MessageAttributes: {
            // Transactional: carriers give it precedence, and quiet hours do not hold it.
            'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
            ...from,
          },
        }),
      ),
    email: (topicArn: string, message: Readonly<{ subject: string; text: string }>) =>
      publish(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: message.subject.toWellFormed(),
          Message: message.text.toWellFormed(),
        }),
      ),
    /** To an app on a phone: in the words of each platform, so that it sounds where it may. */
    push: (endpointArn: string, { title, body, link }: PushMessage) => {
      const alert = { title, body };
      const extra = link === null ? {} : { link };
      const aps = { alert, sound: 'default', 'interruption-level': 'time-sensitive' };
      const apns = writeWellFormed({ aps, ...extra });
      const message = { notification: alert, android: { priority: 'high' }, data: extra };
      const fcm = writeWellFormed({ fcmV1Message: { message } });
      const Message = { default: body, APNS: apns, APNS_SANDBOX: apns, GCM: fcm };
      return publish(
        new PublishCommand({
          TargetArn: endpointArn,
          MessageStructure: 'json',
          Message: writeWellFormed(Message),
        }),
      );
    },
    feed: (topicArn: string, { text, attributes, order }: FeedMessage) =>
      publish(
        new PublishCommand({
          TopicArn: topicArn,
          Message: text.toWellFormed(),
          MessageAttributes: asAttributes(attributes),
          ...(order && { MessageGroupId: order.group, MessageDeduplicationId: order.once }),
        }),
      ),
  };
};
export type Publisher = ReturnType<typeof publisher>;
