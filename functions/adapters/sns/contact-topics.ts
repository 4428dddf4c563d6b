import { CreateTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { PersonId } from '#domain/model/ids.ts';

/**
 * The topic through which one person gets e-mail. Both calls do nothing the second time. The person
 * confirms the subscription from their own mailbox; only somebody with rights here can end it.
 */
export const contactTopics =
  (client: SNSClient, prefix: string) =>
  async (personId: PersonId, email: string): Promise<string> => {
    const Name = `${prefix}${personId}`.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 256);
    const { TopicArn } = await client.send(new CreateTopicCommand({ Name }));
    if (TopicArn === undefined) throw new Error('SNS made a topic and did not say which');
    const command = new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: email });
    await client.send(command);
    return TopicArn;
  };
export type EnsureContactTopic = ReturnType<typeof contactTopics>;
