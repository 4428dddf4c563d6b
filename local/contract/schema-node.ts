import * as z from 'zod';

const bound = z.number().optional();

/**
 * The part of JSON Schema that the contract is written in. A word that is not here is refused, so
 * that no change of it passes by unseen.
 */
export const schemaNodeSchema = z.strictObject({
  $schema: z.string().optional(),
  $id: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  examples: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  contentEncoding: z.string().optional(),
  minLength: bound,
  maxLength: bound,
  minimum: bound,
  maximum: bound,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  minItems: bound,
  maxItems: bound,
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), schemaNodeSchema).optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), schemaNodeSchema]).optional();
  },
  get propertyNames() {
    return schemaNodeSchema.optional();
  },
  get items() {
    return z.union([z.boolean(), schemaNodeSchema]).optional();
  },
  get prefixItems() {
    return z.array(schemaNodeSchema).optional();
  },
  get anyOf() {
    return z.array(schemaNodeSchema).optional();
  },
  get oneOf() {
    return z.array(schemaNodeSchema).optional();
  },
});
export type SchemaNode = z.infer<typeof schemaNodeSchema>;
