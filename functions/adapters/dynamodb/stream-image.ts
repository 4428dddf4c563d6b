import * as z from 'zod';
import type { Item } from './items.ts';

const scalarSchema = z.union([
  z.object({ S: z.string() }),
  z.object({ N: z.string() }),
  z.object({ BOOL: z.boolean() }),
  z.object({ NULL: z.literal(true) }),
]);

/**
 * A stream's image with the attributes that our rows read: text and numbers. Others are left out.
 */
export const imageItem = (image: Readonly<Record<string, unknown>>): Item =>
  Object.fromEntries(
    Object.entries(image).flatMap(([name, value]) => {
      const scalar = scalarSchema.safeParse(value);
      return scalar.success ? [[name, scalar.data]] : [];
    }),
  );

/**
 * A record's partition: a violation's wearer, or an alert and its pages, which keep their order.
 */
export const recordKeyText = ({
  dynamodb: { Keys },
}: Readonly<{ dynamodb: Readonly<{ Keys: Readonly<Record<string, unknown>> }> }>): string =>
  JSON.stringify(Keys.pk ?? null);
