import * as z from 'zod';
import { type SchemaNode, schemaNodeSchema } from './schema-node.ts';

/** As a published schema says it; zod's own pattern lists the days of each month. */
const INSTANT = { type: 'string', format: 'date-time', pattern: 'Z$' } as const;

/** What is read, before anything is made of it: objects may hold more, unless they are strict. */
const written = (schema: z.ZodType, target: 'draft-2020-12' | 'draft-7') =>
  z.toJSONSchema(schema, {
    target,
    io: 'input',
    reused: 'inline',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') Object.assign(jsonSchema, INSTANT);
    },
  });

/** What a party outside may rely on, as JSON Schema of draft 2020-12. */
export const publishedSchemaOf = (schema: z.ZodType): SchemaNode =>
  schemaNodeSchema.parse(written(schema, 'draft-2020-12'));

/** The same as AsyncAPI embeds it: draft 7, without examples, which stand beside it there. */
export const embeddedSchemaOf = (schema: z.ZodType): Readonly<Record<string, unknown>> => {
  const { $schema: _, examples: __, ...rest } = written(schema, 'draft-7');
  return rest;
};
