import * as z from 'zod';
import { askedReportSchema } from './asked-report.ts';
import { blockSchema } from './block.ts';

const partSchema = z.object({ heading: z.string(), blocks: z.array(blockSchema) });

/** A section, and the parts that it is divided into after its own blocks. */
const sectionSchema = partSchema.extend({ parts: z.array(partSchema) });
export type Section = z.infer<typeof sectionSchema>;

/** What a kind of report says of what was found on record: all but what was asked. */
export const reportContentSchema = z.object({
  title: z.string().min(1),
  /** The wearer's name; null for a report of the agency. */
  subjectName: z.string().nullable(),
  /** The IANA zone of the order, by which local times are printed. */
  timeZone: z.string(),
  sections: z.array(sectionSchema).min(1),
});
export type ReportContent = z.infer<typeof reportContentSchema>;

/**
 * A document made from the record: a value, of which HTML and PDF are written. The same report
 * gives the same bytes of both, so it holds everything that is printed, and reads no clock.
 */
export const reportSchema = reportContentSchema.extend({
  schema: z.literal('homeward.report.1'),
  asked: askedReportSchema,
});
export type Report = z.infer<typeof reportSchema>;
