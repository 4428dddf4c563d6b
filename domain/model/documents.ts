import * as z from 'zod';
import type { CompiledZone } from '../geo/compiled-zone.ts';
import type { ListedZones } from '../geo/zone-or-list.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';
import type { CheckPlans } from './check-plan.ts';
import { timetableIdSchema, zoneIdSchema, zoneListIdSchema } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Order } from './order.ts';

/** What an administrator says of a zone beside its shape, which geo reads. */
export const zoneLabelSchema = z.object({
  zoneId: zoneIdSchema,
  name: z.string().min(1).max(200),
  kind: z.enum(['exclusion', 'inclusion', 'restriction']),
});
export type ZoneLabel = z.infer<typeof zoneLabelSchema>;

/** What stands of a zone list beside its members. */
export const zoneListLabelSchema = z.object({
  zoneListId: zoneListIdSchema,
  name: z.string().min(1).max(200),
});
export type ZoneListLabel = z.infer<typeof zoneListLabelSchema>;

export const timetableLabelSchema = z.object({
  timetableId: timetableIdSchema,
  name: z.string().min(1).max(200),
});
export type TimetableLabel = z.infer<typeof timetableLabelSchema>;

/** Documents with the version that they are of, as evaluation reads them. */
export type Versioned<T> = Readonly<{ version: number; value: T }>;

/**
 * When a version came on record, by our clock, and from when it is in force: a later version counts
 * from its own instant on, whatever an earlier one says.
 */
export type Dated = Readonly<{ version: number; changedAt: Instant; inForceAt: Instant }>;
export type DatedVersion<T> = Versioned<T> & Dated;
export type OrderVersion = Versioned<Order> &
  /** The checks that it asks for, as they were planned when it was put. */
  Readonly<{ checkPlans?: CheckPlans | null }>;
export type ZoneVersion = Versioned<ZoneLabel & Readonly<{ zone: CompiledZone }>>;
export type ZoneListVersion = Versioned<ZoneListLabel & Readonly<{ zones: ListedZones }>>;
export type TimetableVersion = Versioned<
  TimetableLabel & Readonly<{ compiled: CompiledTimetable }>
>;
