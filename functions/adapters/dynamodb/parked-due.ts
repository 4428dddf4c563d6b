import type { Instant } from '#domain/model/instant.ts';
import { type Item, number, text } from './items.ts';
import { PARKED_SHARD } from './keys.ts';

/** The attributes of a parked wearer's state: what was due is not, until they are unparked. */
export const parkedDue = (parkedAt: Instant): Item => ({
  parkedAt: number(parkedAt),
  nextDueAt: number(parkedAt),
  dueShard: text(PARKED_SHARD),
});
