import * as z from 'zod';
import {
  countSchema,
  moreSchema,
  saidAtSchema,
  saidDocumentSchema,
  saidIdSchema,
  saidTextSchema,
  saidWordSchema,
} from './said.ts';

/** Which version of it this is, and since when that was on record, where the system keeps both. */
const versioned = {
  version: countSchema.nullable(),
  recordedAt: saidAtSchema.nullable(),
  more: moreSchema.optional(),
};

const name = saidTextSchema.min(1).max(300);

/**
 * Who the history is of, who was responsible, what they wore, and what they were ordered; a line
 * for each version of it. `document` is what the system itself keeps of it: ours can be put again.
 */
export const demographicsLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('subject'), subjectId: saidIdSchema, name },
    ...{ mobile: saidWordSchema.nullable(), ...versioned },
  }),
  z.strictObject({
    ...{ kind: z.literal('officer'), officerId: saidIdSchema, name },
    ...{ role: saidWordSchema.nullable(), team: saidTextSchema.nullable() },
    more: moreSchema.optional(),
  }),
  z.strictObject({
    ...{ kind: z.literal('device'), deviceId: saidIdSchema, activationId: saidIdSchema.nullable() },
    ...{ headEndId: saidIdSchema.nullable(), deviceBatch: saidIdSchema.nullable() },
    ...{ startsAt: saidAtSchema, endsAt: saidAtSchema.nullable(), ...versioned },
  }),
  z.strictObject({
    ...{ kind: z.literal('order'), orderId: saidIdSchema, type: saidWordSchema },
    legalBasis: saidTextSchema,
    ...{ startsAt: saidAtSchema, endsAt: saidAtSchema.nullable() },
    timeZone: saidWordSchema.nullable(),
    responsibleOfficer: saidIdSchema.nullable(),
    inForceAt: saidAtSchema.nullable(),
    ...{ document: saidDocumentSchema.nullable(), ...versioned },
  }),
  z.strictObject({
    ...{ kind: z.literal('document'), of: saidWordSchema, id: saidIdSchema },
    inForceAt: saidAtSchema.nullable(),
    ...{ document: saidDocumentSchema, ...versioned },
  }),
]);
export type DemographicsLine = z.infer<typeof demographicsLineSchema>;
