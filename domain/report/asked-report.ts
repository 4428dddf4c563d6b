import * as z from 'zod';
import { agencyIdSchema, personIdSchema, reportIdSchema, wearerIdSchema } from '../model/ids.ts';
import { earlierOf, instantSchema, laterOf } from '../model/instant.ts';
import { reportKindSchema } from './kind.ts';

/** From an instant up to, and not with, another. */
export const reportPeriodSchema = z.object({ fromAt: instantSchema, untilAt: instantSchema });
export type ReportPeriod = Readonly<z.infer<typeof reportPeriodSchema>>;

/**
 * What somebody asked for: a report of a kind over a period, who asked, why, and when. Everything
 * in a report is as it was known at `askedAt`, however late, or often, it is made.
 */
export const askedReportSchema = z.object({
  agencyId: agencyIdSchema,
  reportId: reportIdSchema,
  kind: reportKindSchema,
  /** Null for a report of the agency. */
  wearerId: wearerIdSchema.nullable(),
  period: reportPeriodSchema,
  by: personIdSchema,
  why: z.string(),
  askedAt: instantSchema,
});
export type AskedReport = Readonly<z.infer<typeof askedReportSchema>>;

/** What of its period had passed when a report was asked for: the rest cannot be missing. */
export const passedOf = ({ period, askedAt }: Pick<AskedReport, 'period' | 'askedAt'>) => ({
  fromAt: period.fromAt,
  untilAt: laterOf(period.fromAt, earlierOf(period.untilAt, askedAt)),
});
