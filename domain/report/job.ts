import * as z from 'zod';
import { instantSchema } from '../model/instant.ts';
import { type AskedReport, askedReportSchema } from './asked-report.ts';

export const reportFormatSchema = z.enum(['pdf', 'html', 'json']);
export type ReportFormat = z.infer<typeof reportFormatSchema>;

const fileSchema = z.object({
  format: reportFormatSchema,
  sha256: z.string().length(64),
  bytes: z.number().int().nonnegative(),
});
export type ReportFile = Readonly<z.infer<typeof fileSchema>>;

const reasonSchema = z.enum(['no-such-wearer', 'not-readable', 'not-made']);
type FailureReason = z.infer<typeof reasonSchema>;

/** Why there is no report, in words for whoever asked for it. */
export const FAILURE_WORDS: Readonly<Record<FailureReason, string>> = {
  'no-such-wearer': 'nobody of this id was on record when the report was asked for',
  'not-readable':
    'something on record that the report needs cannot be read: operations has been told; ask again when it is mended',
  'not-made':
    'the report could not be made after several tries: operations has been told; ask for it again to have it tried again',
};

/** How far a report that was asked for has come. */
export const reportJobSchema = z.object({ asked: askedReportSchema }).and(
  z.discriminatedUnion('status', [
    z.object({ status: z.enum(['waiting', 'working']) }),
    z.object({ status: z.literal('failed'), reason: reasonSchema, failedAt: instantSchema }),
    z.object({
      status: z.literal('ready'),
      madeAt: instantSchema,
      code: z.string(),
      files: z.array(fileSchema).length(3),
    }),
  ]),
);
export type ReportJob = Readonly<z.infer<typeof reportJobSchema>>;
export type ReadyReport = Extract<ReportJob, { status: 'ready' }>;
export type FailedReport = Extract<ReportJob, { status: 'failed' }>;

/** Whether two ask for the same, whenever they ask. */
export const isSameAsked = (one: AskedReport, other: AskedReport): boolean =>
  one.kind === other.kind &&
  one.period.fromAt === other.period.fromAt &&
  one.period.untilAt === other.period.untilAt &&
  one.by === other.by &&
  one.why === other.why;
