import type { Addressed } from '#domain/contacts/contact-of.ts';
import { type ContactStates, contactStatesSchema } from '#domain/model/contact.ts';
import { personSchema } from '#domain/model/person.ts';
import { type Item, readJson, readText } from './items.ts';

export const contactStatesFrom = (item: Item): ContactStates =>
  readJson(item, 'body', contactStatesSchema);

/** A person as they are on record, with what is known of their contacts. */
export const addressedFrom = (person: Item, contacts: Item | null): Addressed => ({
  person: readJson(person, 'body', personSchema),
  topicArn: person.topicArn?.S ?? null,
  states: contacts === null ? null : contactStatesFrom(contacts),
});

/** The same of many, in no order: each by the two items of their partition. */
export const knownFrom = (items: readonly Item[]): Addressed[] => {
  const contacts = new Map(
    items
      .filter((item) => readText(item, 'sk') === 'CONTACTS')
      .map((item) => [readText(item, 'pk'), item]),
  );
  return items
    .filter((item) => readText(item, 'sk') === 'CURRENT')
    .map((item) => addressedFrom(item, contacts.get(readText(item, 'pk')) ?? null));
};
