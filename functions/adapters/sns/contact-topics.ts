import { CreateTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { PersonId } from '#domain/model/ids.ts';

/** SNS takes no dots: written otherwise, so that no two people ever share a topic. */
const topicNameOf = (personId: PersonId): string =>
  personId.replaceAll('_', '_5f').replaceAll('.', '_2e');

/**
 * The topic through which one person gets e-mail. Both calls do nothing the second time. The person
 * confirms the subscription from their own mailbox; only somebody with rights here can end it.
 */
export const contactTopics =
  (client: SNSClient, prefix: string) =>
  async (personId: PersonId, email: string): Promise<string> => {
    const Name = `${prefix}${topicNameOf(personId)}`;
    const { TopicArn } = await client.send(new CreateTopicCommand({ Name }));
    if (TopicArn === undefined) throw new Error('SNS made a topic and did not say which');
    const command = new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: email });
    await client.send(command);
    return TopicArn;
  };
export type EnsureContactTopic = ReturnType<typeof contactTopics>;
