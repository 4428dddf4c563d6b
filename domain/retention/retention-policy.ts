import * as z from 'zod';
import { type OrderType, orderTypeSchema } from '../model/order.ts';
import {
  DATA_CLASSES,
  type DataClass,
  dataClassSchema,
  MOST_DAYS,
  USUAL_DAYS,
} from './data-class.ts';

/** Zones alone are watched: a trail of the person was never the purpose, and goes sooner. */
export const USUAL_ZONE_ONLY_DAYS = 61;
const LEAST_ZONE_ONLY_DAYS = 28;

const daysSchema = z.number().int().min(1).max(MOST_DAYS);

const perClassSchema = z
  .partialRecord(dataClassSchema, daysSchema)
  .superRefine((days, { addIssue }) => {
    for (const dataClass of DATA_CLASSES) {
      const { leastDays } = USUAL_DAYS[dataClass];
      if ((days[dataClass] ?? leastDays) >= leastDays) continue;
      const message = `${dataClass} is kept for ${leastDays} days at least`;
      addIssue({ code: 'custom', path: [dataClass], message });
    }
  });

/**
 * How many days an agency keeps what it holds of a wearer after their last order has ended. What it
 * leaves out is as usual; what it says of a type of order counts for orders of that type.
 */
export const retentionPolicySchema = z.strictObject({
  /** On what it rests, for whoever asks why something is still there, or no more. */
  legalBasis: z.string().min(1).max(500),
  days: perClassSchema.default({}),
  byOrderType: z.partialRecord(orderTypeSchema, perClassSchema).default({}),
  zoneOnlyTrailDays: daysSchema.min(LEAST_ZONE_ONLY_DAYS).default(USUAL_ZONE_ONLY_DAYS),
});
export type RetentionPolicy = z.infer<typeof retentionPolicySchema>;

/** What holds where an agency has put no policy. */
export const USUAL_POLICY: RetentionPolicy = {
  legalBasis: 'the usual policy: nobody at the agency has put one',
  ...{ days: {}, byOrderType: {}, zoneOnlyTrailDays: USUAL_ZONE_ONLY_DAYS },
};

/** What of an order decides how long things are kept. */
export type RetainedOrder = Readonly<{ type: OrderType; isZoneOnly: boolean }>;

/** Days that a class is kept whatever the order; also of somebody who never had one. */
export const daysOf = (policy: RetentionPolicy, dataClass: DataClass): number =>
  policy.days[dataClass] ?? USUAL_DAYS[dataClass].days;

/** Days that a class is kept after an order has ended. */
export const daysAfter = (
  policy: RetentionPolicy,
  dataClass: DataClass,
  { type, isZoneOnly }: RetainedOrder,
): number => {
  const days = policy.byOrderType[type]?.[dataClass] ?? daysOf(policy, dataClass);
  return isZoneOnly && dataClass === 'trail' ? Math.min(days, policy.zoneOnlyTrailDays) : days;
};
