import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AgencyId, LiaisonId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { documents } from './documents.ts';
import { keyItem, number, text } from './items.ts';
import { type PutOnce, putOnce } from './put-once.ts';
import { sha256Hex } from './tokens.ts';
import { takenMessageKey } from './transfer-keys.ts';

/** A message of a liaison, under the id that it gave it. */
export type TheirMessage = Readonly<{ agencyId: AgencyId; liaisonId: LiaisonId; jti: string }>;

const keyOf = ({ agencyId, liaisonId, jti }: TheirMessage) =>
  takenMessageKey(agencyId, liaisonId, sha256Hex(jti));

/** Which messages of liaisons were taken: each is taken once, for as long as it could be sent. */
export const takenMessages = (client: DynamoDBClient, TableName: string) => {
  const entry = (message: TheirMessage, until: Instant): PutOnce => ({
    Put: {
      TableName,
      Item: {
        ...keyItem(keyOf(message)),
        ...{ entity: text('TAKEN_MESSAGE'), goneAt: number(Math.ceil(until / 1000)) },
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });
  return {
    isTaken: async (message: TheirMessage): Promise<boolean> =>
      (await documents(client, TableName).loadItem(keyOf(message))) !== null,
    /** For the transaction of what the message changes. */
    entry,
    /** Of one that changes nothing. */
    put: (message: TheirMessage, until: Instant) => putOnce(client, entry(message, until)),
  };
};
export type TakenMessages = ReturnType<typeof takenMessages>;
