import * as z from 'zod';
import type { PersonBody } from '../worlds/world.ts';
import type { ApiClient } from './api-client.ts';
import { asReader } from './as-reader.ts';

const contactsSchema = z.object({
  contacts: z.array(z.object({ channel: z.string(), standing: z.string() })),
});

/**
 * Puts a person on record, and answers for their contacts as an office does that has called them:
 * nobody can be put on call before.
 */
export const putPerson = async (api: ApiClient, person: PersonBody): Promise<void> => {
  const path = `/v1/people/${person.personId}`;
  await api.put(path, person);
  const { contacts } = contactsSchema.parse(
    await api.get(asReader(person.personId, `${path}/contacts`)),
  );
  for (const { channel } of contacts.filter(({ standing }) => standing === 'unverified')) {
    const body = { attestedBy: person.personId, reason: 'called, and answered' };
    await api.post(`${path}/contacts/${channel}/verify`, body);
  }
};
