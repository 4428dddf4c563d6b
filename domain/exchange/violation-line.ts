import * as z from 'zod';
import { checkResultSchema, fixSourceSchema } from '../model/device-event.ts';
import { isoOrNull, toIso } from '../model/instant.ts';
import type { Evidence, Violation } from '../model/violation.ts';
import {
  countSchema,
  metresSchema,
  moreSchema,
  saidAtSchema,
  saidIdSchema,
  saidPlace,
  saidTextSchema,
  saidWordSchema,
  shareSchema,
} from './said.ts';

const evidenceLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('fix'), recordedAt: saidAtSchema, ...saidPlace },
    accuracyMetres: metresSchema,
    source: z.enum([...fixSourceSchema.options, 'unknown']),
  }),
  z.strictObject({
    ...{ kind: z.literal('check'), recordedAt: saidAtSchema },
    ...{ method: saidWordSchema, result: checkResultSchema },
  }),
  z.strictObject({
    ...{ kind: z.literal('device-status'), recordedAt: saidAtSchema },
    ...{ facts: z.array(saidWordSchema).max(50), batteryPercent: z.number().nullable() },
  }),
]);

const saidByLineSchema = z.strictObject({
  ...{ source: saidWordSchema, says: saidWordSchema, pieces: countSchema },
});

/** What a system found, and what it found it by. */
export const violationLineSchema = z.strictObject({
  kind: z.literal('violation'),
  violationId: saidIdSchema,
  ...{ orderId: saidIdSchema.nullable(), orderVersion: countSchema.nullable() },
  ...{ conditionId: saidIdSchema.nullable(), conditionKind: saidWordSchema.nullable() },
  /** What of the condition was broken, such as `curfew-absence`. */
  rule: saidWordSchema,
  reason: saidTextSchema,
  status: z.enum(['open', 'ended', 'withdrawn']),
  ...{ openedAt: saidAtSchema, endedAt: saidAtSchema.nullable() },
  endReason: saidTextSchema.nullable(),
  /** When the system had the evidence. */
  detectedAt: saidAtSchema.nullable(),
  certainty: shareSchema,
  competing: z
    .strictObject({ hypothesis: saidWordSchema, probability: z.number().min(0).max(1) })
    .nullable(),
  distanceMetres: z.number().min(-100_000_000).max(100_000_000).nullable(),
  zoneName: saidTextSchema.nullable(),
  ...{ isLate: z.boolean(), isOldNews: z.boolean(), revision: countSchema.nullable() },
  evidence: z.array(evidenceLineSchema).max(100),
  saidBy: z.array(saidByLineSchema).max(50),
  more: moreSchema.optional(),
});
export type ViolationLine = z.infer<typeof violationLineSchema>;

const evidenceLine = (piece: Evidence) => ({ ...piece, recordedAt: toIso(piece.recordedAt) });

/** A violation on record as a line. */
export const violationLine = (violation: Violation): ViolationLine => {
  const {
    wearerId: _,
    untilAt,
    transfer,
    task,
    openedAt,
    endedAt,
    detectedAt,
    ...found
  } = violation;
  const more = {
    ...(untilAt === undefined ? {} : { untilAt: toIso(untilAt) }),
    ...task,
    ...transfer,
  };
  return {
    ...{ kind: 'violation', ...found },
    ...{ openedAt: toIso(openedAt), endedAt: isoOrNull(endedAt), detectedAt: toIso(detectedAt) },
    zoneName: violation.zoneName ?? null,
    evidence: violation.evidence.map(evidenceLine),
    saidBy: violation.saidBy ?? [],
    ...(Object.keys(more).length === 0 ? {} : { more }),
  };
};
