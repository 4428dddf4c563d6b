import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { QueueEngine } from '../engines/queues.ts';
import type { WritableOutbox } from '../outbox/outbox.ts';
import type { PostOffice } from '../posting/post-office.ts';
import { type Reply, xmlReply } from '../reply.ts';
import { createTurns } from '../turns.ts';
import type { ServiceCall } from './call.ts';
import type { AnswerCall } from './gateway.ts';
import { publishProblem } from './publish-rules.ts';
import {
  answerXml,
  elementText,
  errorXml,
  messageAttributesOf,
  messageAttributeTypesOf,
  readForm,
  type SnsForm,
  subscriptionAttributesOf,
} from './sns-form.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

export type AnswerSnsParts = {
  engine: QueueEngine;
  outbox: WritableOutbox;
  subscriptions: Subscriptions;
  posts: Pick<PostOffice, 'confirm'>;
};

const PASSED_ON = new Set([
  ...['CreateTopic', 'DeleteTopic', 'ListTopics', 'GetTopicAttributes', 'SetTopicAttributes'],
  ...['TagResource', 'UntagResource', 'ListTagsForResource'],
  ...['ListSubscriptions', 'ListSubscriptionsByTopic', 'GetSubscriptionAttributes'],
]);

const E164 = /^\+[1-9]\d{6,14}$/;
const LONGEST_TEXT_CHARACTERS = 1600;

const invalid = (problem: string): Reply =>
  xmlReply(400, errorXml('InvalidParameter', `Invalid parameter: ${problem}`, randomUUID()));

const ENDPOINT = /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:endpoint\/([A-Z_]+)\/[^/]+\/[^/]+$/;
const textsSchema = z.record(z.string(), z.string());

/** What a message to an app says on each platform; undefined where it cannot be read. */
const pushTexts = (form: SnsForm): Readonly<Record<string, string>> | undefined => {
  if (form.MessageStructure !== 'json') return { default: form.Message ?? '' };
  try {
    return textsSchema.safeParse(JSON.parse(form.Message ?? '')).data;
  } catch {
    // Record: the caller is told that nothing can be read.
    return undefined;
  }
};

const contentOf = (form: SnsForm) => ({
  ...(form.Subject === undefined ? {} : { subject: form.Subject }),
  text: form.Message ?? '',
  attributes: messageAttributesOf(form),
});

/** Topics: fauxqs for queues; text messages and e-mail go to the outbox. */
export const answerSns = ({ engine, outbox, subscriptions, posts }: AnswerSnsParts): AnswerCall => {
  const inTurns = createTurns();
  const text = (form: SnsForm, phoneNumber: string): Reply => {
    if (!E164.test(phoneNumber)) return invalid(`PhoneNumber Reason: ${phoneNumber} is not valid`);
    if (outbox.isRefused('sms', phoneNumber)) {
      return invalid('PhoneNumber Reason: it is opted out');
    }
    const content = contentOf(form);
    if (content.text.length === 0 || content.text.length > LONGEST_TEXT_CHARACTERS) {
      return invalid(`Message Reason: between 1 and ${LONGEST_TEXT_CHARACTERS} characters`);
    }
    const messageId = randomUUID();
    outbox.accept({ ...content, channel: 'sms', to: phoneNumber, messageId });
    const result = `<MessageId>${messageId}</MessageId>`;
    return xmlReply(200, answerXml('Publish', result, randomUUID()));
  };

  /** To an app: of the texts for each platform, that of the endpoint's, as SNS takes it apart. */
  const push = (form: SnsForm, endpointArn: string): Reply => {
    const platform = ENDPOINT.exec(endpointArn)?.[1];
    if (platform === undefined)
      return invalid('TargetArn Reason: no endpoint found for the target');
    if (outbox.isRefused('push', endpointArn)) {
      return xmlReply(400, errorXml('EndpointDisabled', 'Endpoint is disabled', randomUUID()));
    }
    const texts = pushTexts(form);
    const text = texts?.[platform] ?? texts?.default;
    if (text === undefined) return invalid('Message Reason: no text for this platform');
    const messageId = randomUUID();
    outbox.accept({ channel: 'push', to: endpointArn, text, attributes: {}, messageId });
    return xmlReply(200, answerXml('Publish', `<MessageId>${messageId}</MessageId>`, randomUUID()));
  };

  const publish = async (call: ServiceCall): Promise<Reply | undefined> => {
    const form = readForm(call.body);
    if (form.PhoneNumber !== undefined) return text(form, form.PhoneNumber);
    if (form.TargetArn !== undefined) return push(form, form.TargetArn);
    // Per-protocol texts would have to be split as SNS does; nobody needs that yet.
    if (form.MessageStructure === 'json') return undefined;
    const { TopicArn: topicArn = '' } = form;
    const content = contentOf(form);
    const isRaw = subscriptions.hasRawSubscriber(topicArn);
    const problem = publishProblem(form, content.attributes, isRaw);
    if (problem !== undefined) return invalid(problem);
    // In turns, so that what is found delivered is this message and no other.
    return inTurns(topicArn, async () => {
      const reply = await engine.forward(call.headers, call.body);
      const messageId = elementText(reply.body.toString(), 'MessageId');
      if (reply.status === 200 && messageId !== undefined) {
        const attributeTypes = messageAttributeTypesOf(form);
        await subscriptions.deliver({ ...content, attributeTypes, topicArn, messageId });
      }
      return reply;
    });
  };

  const subscribe = async (call: ServiceCall): Promise<Reply | undefined> => {
    const form = readForm(call.body);
    const { TopicArn: topicArn = '', Protocol: protocol, Endpoint: endpoint = '' } = form;
    const attributes = subscriptionAttributesOf(form);
    const canFollow = protocol === 'sqs' || (protocol === 'email' && !attributes.FilterPolicy);
    if (!canFollow) return undefined;
    // The engine answers a bad request in SNS's own words, and remembers a good one.
    const reply = await engine.forward(call.headers, call.body);
    if (reply.status !== 200) return reply;
    const subscription: Subscription = { topicArn, protocol, endpoint, attributes };
    const arn = await subscriptions.add(subscription);
    subscriptions.keep(subscription);
    const isPending = protocol === 'email' && form.ReturnSubscriptionArn !== 'true';
    const shown = isPending ? 'pending confirmation' : arn;
    const result = `<SubscriptionArn>${shown}</SubscriptionArn>`;
    return xmlReply(200, answerXml('Subscribe', result, randomUUID()));
  };

  return async (call) => {
    if (call.operation === 'Publish') return publish(call);
    if (call.operation === 'Subscribe') return subscribe(call);
    if (call.operation === 'ConfirmSubscription') {
      const { TopicArn = '', Token = '' } = readForm(call.body);
      return posts.confirm(TopicArn, Token);
    }
    if (call.operation === 'Unsubscribe') {
      subscriptions.remove(readForm(call.body).SubscriptionArn ?? '');
      return engine.forward(call.headers, call.body);
    }
    return PASSED_ON.has(call.operation) ? engine.forward(call.headers, call.body) : undefined;
  };
};
