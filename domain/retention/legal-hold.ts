import * as z from 'zod';
import { holdIdSchema, personIdSchema } from '../model/ids.ts';
import { isoInstantSchema } from '../model/instant.ts';

const reasonSchema = z.string().min(1).max(500);

const releaseSchema = z.strictObject({ by: personIdSchema, reason: reasonSchema });

/** A hold as somebody puts it: `released` ends it, with the reason. */
export const sentHoldSchema = z.strictObject({
  holdId: holdIdSchema,
  /** Who asked for it and why, such as a claim or a complaint. */
  reason: reasonSchema,
  by: personIdSchema,
  released: releaseSchema.nullable().default(null),
});
export type SentHold = z.infer<typeof sentHoldSchema>;

/** A hold as it is kept. Nothing of its wearer is erased from `fromAt` until it is released. */
export const legalHoldSchema = sentHoldSchema.extend({
  fromAt: isoInstantSchema,
  released: releaseSchema.extend({ at: isoInstantSchema }).nullable(),
});
export type LegalHold = z.infer<typeof legalHoldSchema>;

type Said = Readonly<{ by: string; reason: string }>;

const isSaid = (one: Said, other: Said): boolean =>
  one.by === other.by && one.reason === other.reason;

const OTHERWISE =
  'a hold is released as it stands: say by and reason as it was put, and why it is released in released';

/**
 * Why a hold cannot be put as it was sent; null: it can. Whoever releases one says nothing else of
 * it, and of one that was released nothing changes any more.
 */
export const whyNotHeld = (sent: SentHold, before: LegalHold | null): string | null => {
  const { released } = sent;
  if (before === null) return released === null ? null : 'a hold is released after it was put';
  if (before.released === null) {
    return released === null || isSaid(sent, before) ? null : OTHERWISE;
  }
  const isSame = released !== null && isSaid(released, before.released) && isSaid(sent, before);
  return isSame ? null : 'this hold was released, and stays so: put another under an id of its own';
};
