import * as z from 'zod';
import { digest } from './digest.ts';
import { type WearerId, wearerIdSchema } from './ids.ts';
import type { Condition } from './order.ts';

/**
 * Two people whom some condition joins, evaluated as one unit under a reference of the shape of a
 * wearer's: so that state, trail, timers and parking are the same machinery.
 */
export const pairSchema = z.object({
  pairId: wearerIdSchema,
  /** In the order of their ids, whoever's order joins them. */
  members: z.tuple([wearerIdSchema, wearerIdSchema]),
});
export type Pair = z.infer<typeof pairSchema>;

/** Whom a condition joins the wearer with; null for one that is about the wearer alone. */
export const otherIn = (condition: Condition): WearerId | null => {
  switch (condition.kind) {
    case 'victim-proximity':
      return condition.protectedPersonId;
    case 'non-association':
      return condition.otherWearerId;
    default:
      return null;
  }
};

/** Whether conditions of a kind join the wearer with somebody. */
export const isJoining = (kind: string): boolean =>
  kind === 'victim-proximity' || kind === 'non-association';

/** What a pair's id begins with, and no wearer's. */
const PREFIX = 'pair-';

/** The pair of two people: one, whichever of them is named first, however many conditions join. */
export const pairOf = (a: WearerId, b: WearerId): Pair => {
  const members: Pair['members'] = a < b ? [a, b] : [b, a];
  return { pairId: wearerIdSchema.parse(`${PREFIX}${digest(members.join(' '))}`), members };
};

/** Whether a reference is a pair's, and not a person's. */
export const isPair = ({ wearerId }: Readonly<{ wearerId: string }>): boolean =>
  wearerId.startsWith(PREFIX);
