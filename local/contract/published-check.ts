import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { publishedSchemaOf } from './json-schema.ts';
import type { ContractMessage } from './messages.ts';

/** Says, as a recipient would that goes by the published schema, what is wrong with a message. */
export const publishedProblems = ({ schema }: Pick<ContractMessage, 'schema'>) => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
  formats.default(ajv);
  const { $schema: _, $id: __, ...unnamed } = publishedSchemaOf(schema);
  const validate = ajv.compile(unnamed);
  return (text: string): string[] =>
    validate(JSON.parse(text))
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
