import * as z from 'zod';
import { checkInConditionSchema } from './conditions/check-in.ts';
import { curfewConditionSchema } from './conditions/curfew.ts';
import { deviceCareConditionSchema } from './conditions/device-care.ts';
import { earlySignsConditionSchema } from './conditions/early-signs.ts';
import { exclusionZoneConditionSchema } from './conditions/exclusion-zone.ts';
import {
  inclusionZoneConditionSchema,
  restrictionZoneConditionSchema,
} from './conditions/inclusion-zone.ts';
import { mandatoryAttendanceConditionSchema } from './conditions/mandatory-attendance.ts';
import { nonAssociationConditionSchema } from './conditions/non-association.ts';
import { victimProximityConditionSchema } from './conditions/victim-proximity.ts';
import {
  liaisonIdSchema,
  orderIdSchema,
  personIdSchema,
  policyIdSchema,
  thresholdPolicyIdSchema,
} from './ids.ts';
import { isoInstantSchema } from './instant.ts';
import { referenceSchema } from './picture.ts';
import { ordersPowerSchema } from './power.ts';

/** What an order says, condition by condition. */
export const conditionSchema = z.discriminatedUnion('kind', [
  exclusionZoneConditionSchema,
  curfewConditionSchema,
  victimProximityConditionSchema,
  nonAssociationConditionSchema,
  checkInConditionSchema,
  inclusionZoneConditionSchema,
  restrictionZoneConditionSchema,
  mandatoryAttendanceConditionSchema,
]);
type Written = z.infer<typeof conditionSchema>;
/** Those that stand in every order without being written among its conditions. */
type Standing =
  | z.infer<typeof deviceCareConditionSchema>
  | z.infer<typeof earlySignsConditionSchema>;
export type Condition = Written | Standing;
export type ConditionKind = Condition['kind'];
export const conditionKindSchema = z.enum([
  'exclusion-zone',
  'curfew',
  'victim-proximity',
  'non-association',
  'check-in',
  'inclusion-zone',
  'restriction-zone',
  'mandatory-attendance',
  'device-care',
  'early-signs',
]) satisfies z.ZodType<ConditionKind>;

export const orderTypeSchema = z.enum([
  'community',
  'suspended-sentence',
  'post-release',
  'home-detention-curfew',
  'bail',
  'civil',
  'immigration',
]);

export type OrderType = z.infer<typeof orderTypeSchema>;

export const riskLevelSchema = z.enum(['standard', 'high', 'very-high']);

/** One version of an order: the legal basis of everything that is watched. */
export const orderSchema = z
  .object({
    orderId: orderIdSchema,
    type: orderTypeSchema,
    legalBasis: z.string().min(1).max(200),
    startsAt: isoInstantSchema,
    endsAt: isoInstantSchema.nullable().default(null),
    /** IANA zone in which officers read this order's times. */
    timeZone: z.string().min(1).max(64),
    riskLevel: riskLevelSchema.default('standard'),
    mappa: z
      .object({ level: z.number().int().min(1).max(3), category: z.number().int().min(1).max(4) })
      .nullable()
      .default(null),
    powerOfArrest: ordersPowerSchema.default('unknown'),
    /** When that power ends, where it ends before the order does. */
    powerEndsAt: isoInstantSchema.nullable().default(null),
    policeForce: liaisonIdSchema.nullable().default(null),
    /** The force's own reference of this order. */
    policeReference: referenceSchema.nullable().default(null),
    /** Kinds of condition whose alerts the police may be told of. */
    policeKinds: z.array(conditionKindSchema).default([]),
    /** Who else outside the agency may be told, each with its own reference. */
    liaisons: z
      .array(
        z.object({
          liaisonId: liaisonIdSchema,
          reference: referenceSchema.nullable().default(null),
        }),
      )
      .max(10)
      .default([]),
    responsibleOfficer: personIdSchema,
    policyId: policyIdSchema,
    /** The agency's thresholds where a condition sets none; null: Homeward's own. */
    thresholdPolicyId: thresholdPolicyIdSchema.nullable().default(null),
    /** How often the device reports; evidence older than three of these says nothing of now. */
    reportingIntervalSeconds: z.number().int().min(10).max(86_400).default(240),
    conditions: z.array(conditionSchema).max(20),
    /** Zones alone are the purpose: the trail of the person is kept shorter after it. */
    isZoneOnly: z.boolean().optional(),
    deviceCare: deviceCareConditionSchema.nullable().prefault({}),
    earlySigns: earlySignsConditionSchema.nullable().prefault({}),
  })
  .refine((order) => order.endsAt === null || order.endsAt > order.startsAt, {
    path: ['endsAt'],
    message: 'the order ends before it starts',
  })
  .refine(
    ({ liaisons, policeForce }) => {
      const named = [...liaisons.map(({ liaisonId }) => liaisonId), policeForce];
      return new Set(named).size === named.length;
    },
    { path: ['liaisons'], message: 'name each liaison once, and the police force not among them' },
  )
  .refine(
    (order) => new Set(order.conditions.map((c) => c.conditionId)).size === order.conditions.length,
    { path: ['conditions'], message: 'two conditions have the same conditionId' },
  )
  .refine(
    (order) => order.conditions.every((c) => c.conditionId !== order.deviceCare?.conditionId),
    {
      path: ['conditions'],
      message: 'a condition has the conditionId of deviceCare, which stands in every order',
    },
  );
export type Order = z.infer<typeof orderSchema>;
