import * as z from 'zod';
import type { ResolvedStack } from './resolved-stack.ts';

const tableSchema = z.looseObject({
  KeySchema: z.array(z.looseObject({ AttributeName: z.string(), KeyType: z.string() })).default([]),
});

/** The name of each table's partition key, by the table's ARN. */
export const partitionKeysByTable = (stack: ResolvedStack): ReadonlyMap<string, string> =>
  new Map(
    stack
      .ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')
      .flatMap(({ properties, attributes }) => {
        const { KeySchema } = tableSchema.parse(properties);
        const hash = KeySchema.find(({ KeyType }) => KeyType === 'HASH');
        const { Arn } = attributes;
        return hash === undefined || Arn === undefined ? [] : [[Arn, hash.AttributeName] as const];
      }),
  );
