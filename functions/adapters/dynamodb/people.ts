import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Contact, ContactChannel } from '#domain/escalate/roster.ts';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import { personSchema } from '#domain/model/person.ts';
import { batchGet } from './batch-get.ts';
import { type Item, keyItem, readJson } from './items.ts';
import { sharedKey } from './keys.ts';

const contactFrom = (item: Item): Contact => {
  const { personId, mobile } = readJson(item, 'body', personSchema);
  const topicArn = item.topicArn?.S ?? null;
  const sms: ContactChannel[] =
    mobile === null ? [] : [{ recipient: { channel: 'sms', personId, mobile }, afterSeconds: 0 }];
  const email: ContactChannel[] =
    topicArn === null
      ? []
      : [{ recipient: { channel: 'email', personId, topicArn }, afterSeconds: 0 }];
  return { personId, channels: [...sms, ...email], unusable: [], isQuiet: false };
};

/** Loads the people whom a policy may come to. */
export const people = (client: DynamoDBClient, table: string) => {
  const loadContacts = async (agencyId: AgencyId, ids: readonly PersonId[]): Promise<Contact[]> => {
    const keys = [...new Set(ids)].map((id) => keyItem(sharedKey(agencyId, 'PERSON', id)));
    return (await batchGet(client, table, keys)).map(contactFrom);
  };
  return { loadContacts };
};
export type People = ReturnType<typeof people>;
