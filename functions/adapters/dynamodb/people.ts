import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Contact, ContactChannel } from '#domain/escalate/roster.ts';
import type { AgencyId, PersonId, RotaId } from '#domain/model/ids.ts';
import { personSchema, type Rota, rotaSchema } from '#domain/model/person.ts';
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

/** Loads the people and rotas that a policy may come to, those on call included. */
export const people = (client: DynamoDBClient, table: string) => {
  const loadContacts = async (agencyId: AgencyId, ids: readonly PersonId[]): Promise<Contact[]> => {
    const keys = [...new Set(ids)].map((id) => keyItem(sharedKey(agencyId, 'PERSON', id)));
    return (await batchGet(client, table, keys)).map(contactFrom);
  };
  const loadRotas = async (agencyId: AgencyId, ids: readonly RotaId[]): Promise<Rota[]> => {
    const keys = [...new Set(ids)].map((id) => keyItem(sharedKey(agencyId, 'ROTA', id)));
    return (await batchGet(client, table, keys)).map((item) => readJson(item, 'body', rotaSchema));
  };
  return { loadContacts, loadRotas };
};
export type People = ReturnType<typeof people>;
