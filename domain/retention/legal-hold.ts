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

/** Why a hold cannot be put as it was sent; null: it can. */
export const whyNotHeld = (sent: SentHold, before: LegalHold | null): string | null => {
  if (before === null && sent.released !== null) return 'a hold is released after it was put';
  if (before === null || before.released === null) return null;
  const { released } = sent;
  const isSame =
    released !== null &&
    released.by === before.released.by &&
    released.reason === before.released.reason;
  return isSame ? null : 'this hold was released, and stays so: put another under an id of its own';
};
