import * as z from 'zod';
import { arnOf } from '../../cloud/place.ts';
import { keyNeeds, type Need, type NeedsRow, type NeedsTable, type Surroundings } from './need.ts';

const publishSchema = z.looseObject({
  PhoneNumber: z.string().optional(),
  TopicArn: z.string().optional(),
  TargetArn: z.string().optional(),
});
const topicSchema = z.looseObject({ TopicArn: z.string() });
const subscribeSchema = topicSchema.extend({
  Protocol: z.string(),
  Endpoint: z.string().optional(),
});
const createSchema = z.looseObject({ Name: z.string() });

/**
 * Stands for a phone number: the resource of a text message, which no pattern of ARNs fits. The
 * number itself is a person's and goes into no log.
 */
const PHONE_NUMBER = 'phone-number';

/**
 * What whoever publishes to the topic with this ARN needs.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const publishNeeds = (arn: string, surroundings: Surroundings): Need[] => [
  { action: 'sns:Publish', resource: arn },
  ...keyNeeds(
    {
      of: arn,
      through: 'sns',
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      encryptionContext: { 'aws:sns:topicArn': arn },
    },
    surroundings,
  ),
];

const publish: NeedsRow = ({ input }, surroundings) => {
  const { PhoneNumber, TopicArn, TargetArn } = publishSchema.parse(input);
  if (PhoneNumber !== undefined) return [{ action: 'sns:Publish', resource: PHONE_NUMBER }];
  return publishNeeds(TopicArn ?? TargetArn ?? '', surroundings);
};

const subscribe: NeedsRow = ({ input }) => {
  const { TopicArn, Protocol, Endpoint } = subscribeSchema.parse(input);
  const context = {
    'sns:Protocol': Protocol,
    ...(Endpoint === undefined ? {} : { 'sns:Endpoint': Endpoint }),
  };
  return [{ action: 'sns:Subscribe', resource: TopicArn, context }];
};

/** Tags that are given with a topic need the right to give them. */
const create: NeedsRow = ({ input }, { place }) => {
  const form = createSchema.parse(input);
  const resource = arnOf(place, 'sns', form.Name);
  const hasTags = Object.keys(form).some((field) => field.startsWith('Tags.'));
  const tagging = hasTags ? [{ action: 'sns:TagResource', resource }] : [];
  return [{ action: 'sns:CreateTopic', resource }, ...tagging];
};

const onTopic =
  (action: string): NeedsRow =>
  ({ input }) => [{ action: `sns:${action}`, resource: topicSchema.parse(input).TopicArn }];

/**
 * What calls of SNS need.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
 */
export const SNS_NEEDS: NeedsTable = {
  CreateTopic: create,
  DeleteTopic: onTopic('DeleteTopic'),
  GetTopicAttributes: onTopic('GetTopicAttributes'),
  ListSubscriptionsByTopic: onTopic('ListSubscriptionsByTopic'),
  Publish: publish,
  SetTopicAttributes: onTopic('SetTopicAttributes'),
  Subscribe: subscribe,
};
