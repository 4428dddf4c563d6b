import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

const database = new DynamoDBClient({});

/** Writes one row per message: its text, its number of deliveries, and when; fails for `bad`. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { body, messageId, attributes } of event.Records) {
    console.log(`${body} delivery ${attributes.ApproximateReceiveCount}`);
    if (body === 'hang') await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (body === 'bad') batchItemFailures.push({ itemIdentifier: messageId });
    const item = {
      pk: { S: body },
      deliveries: { N: attributes.ApproximateReceiveCount },
      sentAt: { N: attributes.SentTimestamp },
      writtenAt: { N: String(Date.now()) },
    };
    await database.send(new PutItemCommand({ TableName: process.env.TABLE, Item: item }));
  }
  return { batchItemFailures };
};
