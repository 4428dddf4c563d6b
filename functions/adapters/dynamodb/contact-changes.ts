import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Addressed } from '#domain/contacts/contact-of.ts';
import { nextReminderAt } from '#domain/contacts/reminders.ts';
import type { ContactStates } from '#domain/model/contact.ts';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Memo, memoSchema } from '#domain/model/memo.ts';
import type { PersonChannel } from '#domain/model/recipient.ts';
import { contactMemoKey, contactsDueKey, contactsKey } from './contact-keys.ts';
import { addressedFrom } from './contacts.ts';
import { type Documents, documents, versionOf } from './documents.ts';
import { keyItem, number, text } from './items.ts';
import { dueShard, sharedKey } from './keys.ts';
import { outboxItem } from './outbox-item.ts';

const MOST_TRIES = 6;

/** A message about a contact, under a name that it has once. */
export type NamedMessage = Readonly<{
  channel: PersonChannel;
  name: string;
  message: Memo;
}>;

/** What becomes of a person's contacts, and what is said of it in the same transaction. */
export type ContactsChanged = Readonly<{
  states: ContactStates;
  messages: readonly NamedMessage[];
}>;

const messagePut = (
  TableName: string,
  { agencyId, personId }: Readonly<{ agencyId: AgencyId; personId: PersonId }>,
  { channel, name, message }: NamedMessage,
): TransactWriteItem => {
  const key = contactMemoKey(agencyId, { personId, channel }, name);
  const body = memoSchema.parse(message);
  return {
    Put: {
      TableName,
      Item: outboxItem(key, { kind: 'memo', agencyId, body, from: message.createdAt }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
};

/** Puts a person's contacts into the index of due instants, or takes them out. */
const duePut = (TableName: string, agencyId: AgencyId, known: Addressed): TransactWriteItem => {
  const key = contactsDueKey(agencyId, known.person.personId);
  const nextDueAt = nextReminderAt(known);
  return {
    Put: {
      TableName,
      Item: {
        ...keyItem(key),
        entity: text('CONTACTS_DUE'),
        agencyId: text(agencyId),
        personId: text(known.person.personId),
        ...(nextDueAt === null
          ? {}
          : { nextDueAt: number(nextDueAt), dueShard: text(dueShard(`${key.pk} ${key.sk}`)) }),
      },
    },
  };
};

type Whose = Readonly<{ agencyId: AgencyId; personId: PersonId }>;

/** Changes what is known of people's contacts, each time from what stands. */
export const contactChanges = (docs: Documents, table: string) => {
  const load = async ({ agencyId, personId }: Whose) => {
    const [person, contacts] = await Promise.all([
      docs.loadItem(sharedKey(agencyId, 'PERSON', personId)),
      docs.loadItem(contactsKey(agencyId, personId)),
    ]);
    if (person === null) return null;
    const readVersion = contacts === null ? 0 : versionOf(contacts);
    return { known: addressedFrom(person, contacts), readVersion };
  };

  /**
   * Decides on a person's contacts as they stand, and saves that with what is said of it; where
   * somebody else wrote in between, all of it again. `decide` answers null where nothing changes.
   * Returns what it decided last; null: no such person.
   */
  const change = async <C extends ContactsChanged>(
    whose: Whose,
    now: Instant,
    decide: (known: Addressed) => C | null,
  ): Promise<C | null> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const found = await load(whose);
      if (found === null) return null;
      const changed = decide(found.known);
      if (changed === null) return null;
      const { states, messages } = changed;
      const saved = await docs.save({
        key: contactsKey(whose.agencyId, whose.personId),
        entity: 'CONTACTS',
        body: states,
        extra: { agencyId: text(whose.agencyId) },
        readVersion: found.readVersion,
        changedAt: now,
        beside: [
          duePut(table, whose.agencyId, { ...found.known, states }),
          ...messages.map((message) => messagePut(table, whose, message)),
        ],
      });
      if (saved === 'saved') return changed;
    }
    throw new Error(`the contacts of ${whose.personId} kept being changed by others`);
  };

  return { load, change };
};
export type ContactChanges = ReturnType<typeof contactChanges>;

/** The same over a table. */
export const contactChangesIn = (client: DynamoDBClient, table: string): ContactChanges =>
  contactChanges(documents(client, table), table);
