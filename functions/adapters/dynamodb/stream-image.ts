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
