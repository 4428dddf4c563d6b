import * as z from 'zod';
import { conditionIdSchema, permissionIdSchema, personIdSchema } from './ids.ts';
import { isoInstantSchema } from './instant.ts';

/** For what a wearer was let off, in the words of an officer's reasons for an absence. */
export const permissionReasonSchema = z.enum([
  'court',
  'appointment',
  'accompanied',
  'medical',
  'work',
  'family',
  'other',
]);

/**
 * A stretch of time in which some conditions do not bind a wearer. It may be granted before, or
 * after the fact, as an excuse: either way it is about the time that it names. One that was granted
 * by mistake is put again with `isRevoked`.
 */
export const permissionSchema = z
  .object({
    permissionId: permissionIdSchema,
    /** Null: every condition that says where the wearer is to be. */
    conditionIds: z.array(conditionIdSchema).min(1).max(20).nullable().default(null),
    from: isoInstantSchema,
    until: isoInstantSchema,
    reason: permissionReasonSchema,
    note: z.string().max(1_000).default(''),
    grantedBy: personIdSchema,
    isRevoked: z.boolean().default(false),
  })
  .refine(({ from, until }) => until > from, {
    path: ['until'],
    message: 'the permission ends before it starts',
  });
export type Permission = z.infer<typeof permissionSchema>;
