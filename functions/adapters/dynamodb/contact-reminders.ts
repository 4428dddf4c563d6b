import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { remindersAt } from '#domain/contacts/reminders.ts';
import { agencyIdSchema, personIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { contactChanges } from './contact-changes.ts';
import { documents } from './documents.ts';
import { readText } from './items.ts';
import type { Key } from './keys.ts';

/**
 * Says what is due of a person's contacts: that one is to be verified again, or that it was not.
 * Saved with what says so, and with when something is due next.
 */
export const contactReminders = (client: DynamoDBClient, table: string) => {
  const docs = documents(client, table);
  const { change } = contactChanges(docs, table);
  return async (key: Key, now: Instant): Promise<void> => {
    const due = await docs.loadItem(key);
    if (due === null) return;
    const agencyId = agencyIdSchema.parse(readText(due, 'agencyId'));
    const personId = personIdSchema.parse(readText(due, 'personId'));
    await change({ agencyId, personId }, now, (known) => {
      const reminders = remindersAt(known, now);
      // Verified again in the meantime, or at another address: it is written when the next is due.
      const states = reminders?.states ?? known.states ?? { personId, channels: {} };
      const messages = (reminders?.messages ?? []).map(({ channel, message }) => ({
        ...{ channel, message },
        name: `${message.about}.${message.createdAt}`,
      }));
      return { states, messages };
    });
  };
};
export type RemindOfContacts = ReturnType<typeof contactReminders>;
