import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Addressed, contactOf } from '#domain/contacts/contact-of.ts';
import type { Contact } from '#domain/escalate/roster.ts';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import { batchGet } from './batch-get.ts';
import { contactsKey } from './contact-keys.ts';
import { knownFrom } from './contacts.ts';
import { keyItem } from './items.ts';
import { sharedKey } from './keys.ts';

/** Loads the people whom a policy may come to. */
export const people = (client: DynamoDBClient, table: string) => {
  /** People as they are on record, with what is known of their contacts. */
  const loadKnown = async (agencyId: AgencyId, ids: readonly PersonId[]): Promise<Addressed[]> => {
    const keys = [...new Set(ids)].flatMap((id) => [
      keyItem(sharedKey(agencyId, 'PERSON', id)),
      keyItem(contactsKey(agencyId, id)),
    ]);
    return knownFrom(await batchGet(client, table, keys));
  };
  const loadContacts = async (agencyId: AgencyId, ids: readonly PersonId[]): Promise<Contact[]> => {
    return (await loadKnown(agencyId, ids)).map(contactOf);
  };
  return { loadKnown, loadContacts };
};
export type People = ReturnType<typeof people>;
