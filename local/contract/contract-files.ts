import { asyncApiDocument } from './asyncapi.ts';
import { publishedSchemaOf } from './json-schema.ts';
import { allMessages, type ContractMessage } from './messages.ts';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

const fileOf = ({ direction, name, schema }: ContractMessage): [path: string, content: unknown] => {
  const { $schema: _, ...rest } = publishedSchemaOf(schema);
  const $id = `urn:homeward:contract:${name}`;
  return [`schemas/${direction}/${name}.json`, { $schema: DRAFT, $id, ...rest }];
};

/** What stands in `contracts/`, by path: the schemas of what is sent and accepted, and AsyncAPI. */
export const contractFiles = (): ReadonlyMap<string, string> =>
  new Map(
    [['asyncapi.json', asyncApiDocument()] as const, ...allMessages().map(fileOf)].map(
      ([path, content]) => [path, `${JSON.stringify(content, null, 2)}\n`],
    ),
  );
