import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { DynamoDBStreamEvent } from 'aws-lambda';

const topics = new SNSClient({});

/** Publishes each new row; throws for the row `poison`, so that its whole batch fails. */
export const handler = async (event: DynamoDBStreamEvent): Promise<void> => {
  const names = event.Records.map(({ dynamodb }) => dynamodb?.NewImage?.pk?.S ?? '');
  console.log(`batch ${names.join(',')}`);
  if (names.includes('poison')) throw new Error('poison');
  for (const name of names) {
    const colour = name.startsWith('red') ? 'red' : 'blue';
    await topics.send(
      new PublishCommand({
        TopicArn: process.env.TOPIC_ARN,
        Message: name,
        MessageAttributes: { colour: { DataType: 'String', StringValue: colour } },
      }),
    );
  }
};
