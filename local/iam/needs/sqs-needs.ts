import * as z from 'zod';
import { arnOf } from '../../cloud/place.ts';
import { keyNeeds, type Need, type NeedsRow, type NeedsTable, type Surroundings } from './need.ts';

const queueSchema = z.looseObject({ QueueUrl: z.string() });
const namedSchema = z.looseObject({ QueueName: z.string() });

/** A new data key is made and checked for whoever sends; opened for whoever receives. */
const SENDING = ['kms:GenerateDataKey', 'kms:Decrypt'];
const RECEIVING = ['kms:Decrypt'];

/**
 * What whoever sends to, or receives from, an encrypted queue needs of its key.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
 * sqs-key-management.html
 */
export const queueKeyNeeds = (
  arn: string,
  use: 'send' | 'receive',
  surroundings: Surroundings,
): Need[] =>
  keyNeeds(
    {
      of: arn,
      through: 'sqs',
      actions: use === 'send' ? SENDING : RECEIVING,
      encryptionContext: { 'aws:sqs:arn': arn },
    },
    surroundings,
  );

/** What whoever sends a message to the queue with this ARN needs. */
export const sendNeeds = (arn: string, surroundings: Surroundings): Need[] => [
  { action: 'sqs:SendMessage', resource: arn },
  ...queueKeyNeeds(arn, 'send', surroundings),
];

const queueArn = (input: unknown, { place }: Surroundings): string => {
  const { QueueUrl } = queueSchema.parse(input);
  return arnOf(place, 'sqs', QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1));
};

const onQueue =
  (action: string): NeedsRow =>
  ({ input }, surroundings) => [
    { action: `sqs:${action}`, resource: queueArn(input, surroundings) },
  ];

const send: NeedsRow = ({ input }, surroundings) =>
  sendNeeds(queueArn(input, surroundings), surroundings);

const receive: NeedsRow = ({ input }, surroundings) => {
  const resource = queueArn(input, surroundings);
  return [
    { action: 'sqs:ReceiveMessage', resource },
    ...queueKeyNeeds(resource, 'receive', surroundings),
  ];
};

const getUrl: NeedsRow = ({ input }, { place }) => {
  const { QueueName } = namedSchema.parse(input);
  return [{ action: 'sqs:GetQueueUrl', resource: arnOf(place, 'sqs', QueueName) }];
};

/**
 * What calls of SQS need; a batch needs the right of the single operation.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export const SQS_NEEDS: NeedsTable = {
  ChangeMessageVisibility: onQueue('ChangeMessageVisibility'),
  ChangeMessageVisibilityBatch: onQueue('ChangeMessageVisibility'),
  DeleteMessage: onQueue('DeleteMessage'),
  DeleteMessageBatch: onQueue('DeleteMessage'),
  GetQueueAttributes: onQueue('GetQueueAttributes'),
  GetQueueUrl: getUrl,
  PurgeQueue: onQueue('PurgeQueue'),
  ReceiveMessage: receive,
  SendMessage: send,
  SendMessageBatch: send,
};
