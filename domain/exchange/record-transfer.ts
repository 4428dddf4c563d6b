import * as z from 'zod';
import { alertLineSchema } from './alert-line.ts';
import { demographicsLineSchema } from './demographics-line.ts';
import { locationLineSchema } from './location-line.ts';
import { countSchema, saidAtSchema, saidIdSchema } from './said.ts';
import { violationLineSchema } from './violation-line.ts';

/** The groups in which one wearer's history goes from one monitoring system to another. */
export const historyGroupSchema = z.enum(['demographics', 'locations', 'violations', 'alerts']);
export type HistoryGroup = z.infer<typeof historyGroupSchema>;
export const HISTORY_GROUPS = historyGroupSchema.options;

/** Changed only where an older reader would misread a newer line. */
export const RECORD_TRANSFER_SCHEMA = 'homeward.record-transfer.1';

/** Sheets are numbered from 1: eight digits, as they are padded in keys and file names. */
export const sheetNumberSchema = z.number().int().min(1).max(99_999_999);

/**
 * The first line of a sheet: of what it is a part, and what the lines after it must come to. With
 * the sheets of a group from 1 to the last, each with as many lines before it as the others have,
 * nothing is missing.
 */
export const manifestSchema = z
  .strictObject({
    schema: z.literal(RECORD_TRANSFER_SCHEMA),
    group: historyGroupSchema,
    /** The wearer's id in the system that says all this. */
    subjectId: saidIdSchema,
    source: z.strictObject({
      system: saidIdSchema,
      agency: saidIdSchema.nullable(),
    }),
    /** The stretch that was asked for, both ends included; the same on every sheet. */
    ...{ from: saidAtSchema, to: saidAtSchema },
    sheet: sheetNumberSchema,
    isLast: z.boolean(),
    /** In the sheets of this group before it. */
    linesBefore: countSchema,
    lines: countSchema,
    /** SHA-256 of all that follows the first line's end, in hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 digits of hexadecimal in small letters'),
  })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
    path: ['to'],
    message: 'the stretch ends before it begins',
  });
export type Manifest = z.infer<typeof manifestSchema>;

/** What a line of each group holds. */
export const lineSchemas = {
  demographics: demographicsLineSchema,
  locations: locationLineSchema,
  violations: violationLineSchema,
  alerts: alertLineSchema,
} as const satisfies Record<HistoryGroup, z.ZodType<object>>;
