import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Answer } from '#domain/model/answer.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { answerKey } from './answer-keys.ts';
import { documents } from './documents.ts';
import { keyItem, number, text } from './items.ts';
import { outboxItem } from './outbox-item.ts';
import { type PutOnce, putOnce } from './put-once.ts';

/** Longer than SQS keeps any message: no text is worked off twice. */
const GONE_AFTER_SECONDS = 30 * 24 * 3_600;

const goneAt = ({ createdAt }: Pick<Answer, 'createdAt'>) =>
  number(Math.ceil(createdAt / 1000) + GONE_AFTER_SECONDS);

/** Answers to texts, in the outbox: a text that has one has been worked off. */
export const answers = (client: DynamoDBClient, table: string) => {
  const asPart = (agencyId: AgencyId, answer: Answer): PutOnce => {
    const key = answerKey(agencyId, answer.mobile, answer.answerId);
    const Item = {
      ...outboxItem(key, { kind: 'answer', agencyId, body: answer, from: answer.createdAt }),
      goneAt: goneAt(answer),
    };
    const ConditionExpression = 'attribute_not_exists(pk)';
    return { Put: { TableName: table, Item, ConditionExpression } };
  };
  return {
    /** An answer, to be saved with what it tells of: once. */
    asPart,

    /** Keeps that a text was worked off to which nothing may be answered. */
    keepUnanswered: async (agencyId: AgencyId, answer: Omit<Answer, 'text'>): Promise<void> => {
      const Item = {
        ...keyItem(answerKey(agencyId, answer.mobile, answer.answerId)),
        ...{ entity: text('UNANSWERED'), goneAt: goneAt(answer) },
      };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    /** Whether a text from this phone has been worked off. */
    isAnswered: async (agencyId: AgencyId, mobile: string, answerId: string): Promise<boolean> =>
      (await documents(client, table).loadItem(answerKey(agencyId, mobile, answerId))) !== null,

    /** Puts an answer to what changed nothing. Again, or beside another try, it changes nothing. */
    put: (agencyId: AgencyId, answer: Answer): Promise<'put' | 'known'> =>
      putOnce(client, asPart(agencyId, answer)),
  };
};
export type Answers = ReturnType<typeof answers>;
