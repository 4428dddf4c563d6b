import * as z from 'zod';
import { oneLineSchema } from '../model/one-line.ts';
import type { SealedEntry } from './link.ts';

/**
 * The type of an entry by which others of its chain were erased. It is put into the partition that
 * they were in, in the transaction that erases them, and is never erased itself.
 */
export const ERASURE_TYPE = 'erased';

/** What such an entry says at least; whoever erases may say more. */
export const erasureSchema = z.looseObject({
  /** The names of the entries that are gone. */
  names: z.array(z.string().min(1)).min(1),
  /** Why, such as the class of data and the order whose end let it go. */
  reason: oneLineSchema.pipe(z.string().min(1).max(500)),
});

/** The names that an entry says were erased; none where it is no such entry. */
export const erasedBy = ({ type, body }: Pick<SealedEntry, 'type' | 'body'>): readonly string[] => {
  if (type !== ERASURE_TYPE) return [];
  const read = erasureSchema.safeParse(body);
  return read.success ? read.data.names : [];
};
