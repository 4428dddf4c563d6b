import * as z from 'zod';
import {
  concernIdSchema,
  conditionIdSchema,
  noteIdSchema,
  orderIdSchema,
  personIdSchema,
  violationIdSchema,
  type WearerId,
} from './ids.ts';
import { type Instant, instantSchema } from './instant.ts';
import type { Violation } from './violation.ts';

/** Somebody is worried about the wearer's own welfare, and says so. */
export const concernSchema = z.object({
  concernId: concernIdSchema,
  /** Who is worried. */
  personId: personIdSchema,
  /** Under which order the wearer is known, whose policy says who is told. */
  orderId: orderIdSchema,
  /** What was seen or heard: for the people who take it in hand, and told to nobody outside. */
  saying: z.string().min(1).max(2_000),
  raisedAt: instantSchema,
  /** The note of the case that it comes from, such as a message of the wearer; null: from none. */
  fromNoteId: noteIdSchema.nullable().default(null),
});
export type Concern = z.infer<typeof concernSchema>;

/**
 * What an alert of its own is opened from, through the same escalation as any other: care is told
 * first, and nobody who enforces unless a person decides so.
 */
export const concernViolation = (
  { concernId, orderId, raisedAt }: Concern,
  known: Readonly<{ wearerId: WearerId; orderVersion: number }>,
): Violation => {
  const at: Instant = raisedAt;
  return {
    violationId: violationIdSchema.parse(`${known.wearerId}.welfare.${concernId}`),
    ...{ ...known, orderId, conditionId: conditionIdSchema.parse('welfare') },
    ...{ conditionKind: 'welfare', rule: 'welfare', reason: 'welfare-concern' },
    ...{ revision: 1, status: 'open', openedAt: at, endedAt: null, endReason: null },
    ...{ detectedAt: at, certainty: null, competing: null, distanceMetres: null },
    ...{ isLate: false, isOldNews: false, evidence: [] },
  };
};
