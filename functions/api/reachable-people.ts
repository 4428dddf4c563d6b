import type { z } from 'zod';
import { isReachable } from '#domain/contacts/standing.ts';
import { type AgencyId, personIdSchema } from '#domain/model/ids.ts';
import { parseWellFormed } from '#domain/model/well-formed.ts';
import { contactsKey } from '../adapters/dynamodb/contact-keys.ts';
import { addressedFrom } from '../adapters/dynamodb/contacts.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import { type Item, readText } from '../adapters/dynamodb/items.ts';
import { sharedKey } from '../adapters/dynamodb/keys.ts';
import { notOnRecord, type Problem } from './problems.ts';

/** A person whom a document wants to have told, and the field that names them. */
export type NamedPerson = Readonly<{ path: string; id: string }>;

export const unreachable = ({ path, id }: NamedPerson): Problem => ({
  code: 'no-verified-contact',
  path,
  message:
    `person ${id} has no contact that was shown to reach them: verify one first ` +
    `(POST /v1/people/${id}/contacts/{channel}/code, then .../verify)`,
});

/** What a document names, and whom it named as it stood. */
type Asked = Readonly<{ named: readonly NamedPerson[]; before: ReadonlySet<string> }>;

type Reach = Readonly<{ problems: readonly Problem[]; warnings: readonly Problem[] }>;

/**
 * What is wrong with people who are to be told of alerts: who is not on record, or comes in with no
 * contact that was verified and not stopped. One that has lapsed counts: it did reach them. Of
 * somebody who stood there already it is a warning: a STOP must not keep an order, or the rota that
 * mends it, from being changed.
 */
export const reachOf = async (
  documents: Pick<Documents, 'loadItem'>,
  agencyId: AgencyId,
  { named, before }: Asked,
): Promise<Reach> => {
  const found = await Promise.all(
    named.map(async (one): Promise<Reach> => {
      const personId = personIdSchema.parse(one.id);
      const [person, contacts] = await Promise.all([
        documents.loadItem(sharedKey(agencyId, 'PERSON', personId)),
        documents.loadItem(contactsKey(agencyId, personId)),
      ]);
      if (person === null) {
        return { problems: [notOnRecord(one.path, `person ${personId}`)], warnings: [] };
      }
      if (isReachable(addressedFrom(person, contacts))) return { problems: [], warnings: [] };
      const problem = unreachable(one);
      return before.has(one.id)
        ? { problems: [], warnings: [problem] }
        : { problems: [problem], warnings: [] };
    }),
  );
  return {
    problems: found.flatMap(({ problems }) => problems),
    warnings: found.flatMap(({ warnings }) => warnings),
  };
};

/** Whom a document named as it stands; nobody where there is none, or it cannot be read. */
export const peopleNamedBefore = <S extends z.ZodType>(
  item: Item | null,
  schema: S,
  namedBy: (document: z.output<S>) => readonly NamedPerson[],
): ReadonlySet<string> => {
  if (item === null) return new Set();
  const read = schema.safeParse(parseWellFormed(readText(item, 'body')));
  return new Set(read.success ? namedBy(read.data).map(({ id }) => id) : []);
};
