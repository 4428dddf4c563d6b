import { createHash } from 'node:crypto';
import { CreateTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { PersonId } from '#domain/model/ids.ts';

/** SNS takes no dots: written otherwise, so that it can be read whose topic it is. */
const readable = (personId: PersonId): string =>
  personId.replaceAll('_', '_5f').replaceAll('.', '_2e');

/** No two people share a topic, and neither do two mailboxes of one person. */
const topicNameOf = (personId: PersonId, email: string): string => {
  const digest = createHash('sha256').update(`${personId} ${email}`).digest('hex');
  return `${readable(personId)}-${digest.slice(0, 16)}`;
};

/**
 * The topic through which one person gets e-mail at one address. Whoever gets another address gets
 * another topic: the mailbox they had stays subscribed to the former one, to which nothing is sent
 * any more. Both calls do nothing the second time. The person confirms the subscription from their
 * own mailbox; only somebody with rights here can end it.
 */
export const contactTopics =
  (client: SNSClient, prefix: string) =>
  async (personId: PersonId, email: string): Promise<string> => {
    const Name = `${prefix}${topicNameOf(personId, email)}`;
    const { TopicArn } = await client.send(new CreateTopicCommand({ Name }));
    if (TopicArn === undefined) throw new Error('SNS made a topic and did not say which');
    const command = new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: email });
    await client.send(command);
    return TopicArn;
  };
export type EnsureContactTopic = ReturnType<typeof contactTopics>;
