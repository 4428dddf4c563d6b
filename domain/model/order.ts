import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';
import {
  conditionIdSchema,
  forceIdSchema,
  orderIdSchema,
  personIdSchema,
  policyIdSchema,
  timetableIdSchema,
  zoneIdSchema,
} from './ids.ts';
import { isoInstantSchema } from './instant.ts';

/** A place where a wearer is known to be at times, such as a curfew address. */
export const placeSchema = z.object({
  label: z.string().min(1).max(100),
  lat: latitudeSchema,
  lon: longitudeSchema,
  /** Spread of fixes taken there, standard deviation a axis. 18 m is the prior for a dwelling. */
  scatterMetres: z.number().min(3).max(45).default(18),
});
export type Place = z.infer<typeof placeSchema>;

const shared = {
  conditionId: conditionIdSchema,
  /** Probability at which a violation opens; policy, not arithmetic, so it is the order's. */
  certainty: z.number().min(0.5).max(0.98).default(0.95),
};

export const exclusionZoneConditionSchema = z.object({
  ...shared,
  kind: z.literal('exclusion-zone'),
  zoneId: zoneIdSchema,
  /** Absent: the zone is closed to the wearer at all hours. */
  timetableId: timetableIdSchema.nullable().default(null),
  bufferMetres: z.number().min(0).max(10_000).default(0),
  /** A known place so near to the zone that fixes taken there may seem to lie inside it. */
  place: placeSchema.nullable().default(null),
});

export const curfewConditionSchema = z.object({
  ...shared,
  kind: z.literal('curfew'),
  timetableId: timetableIdSchema,
  place: placeSchema,
  /** Time after the start of the curfew, or after leaving, before an absence is a violation. */
  graceSeconds: z.number().int().min(0).max(7_200).default(300),
});

export const conditionSchema = z.discriminatedUnion('kind', [
  exclusionZoneConditionSchema,
  curfewConditionSchema,
]);
export type Condition = z.infer<typeof conditionSchema>;
export type ConditionKind = Condition['kind'];
export const conditionKindSchema = z.enum(['exclusion-zone', 'curfew']);

export const orderTypeSchema = z.enum([
  'community',
  'suspended-sentence',
  'post-release',
  'home-detention-curfew',
  'bail',
  'civil',
  'immigration',
]);

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
    riskLevel: z.enum(['standard', 'high', 'very-high']).default('standard'),
    mappa: z
      .object({ level: z.number().int().min(1).max(3), category: z.number().int().min(1).max(4) })
      .nullable()
      .default(null),
    powerOfArrest: z.boolean().default(false),
    policeForce: forceIdSchema.nullable().default(null),
    /** Kinds of condition whose alerts the police may be told of. */
    policeKinds: z.array(conditionKindSchema).default([]),
    responsibleOfficer: personIdSchema,
    policyId: policyIdSchema,
    /** How often the device reports; evidence older than three of these says nothing of now. */
    reportingIntervalSeconds: z.number().int().min(10).max(86_400).default(240),
    conditions: z.array(conditionSchema).max(20),
  })
  .refine((order) => order.endsAt === null || order.endsAt > order.startsAt, {
    path: ['endsAt'],
    message: 'the order ends before it starts',
  })
  .refine(
    (order) => new Set(order.conditions.map((c) => c.conditionId)).size === order.conditions.length,
    { path: ['conditions'], message: 'two conditions have the same conditionId' },
  );
export type Order = z.infer<typeof orderSchema>;
