import * as z from 'zod';
import { mapDrawingSchema } from './map-drawing.ts';
import { wordsSchema } from './words.ts';

const paragraphSchema = z.object({ kind: z.literal('paragraph'), text: wordsSchema });

const listSchema = z.object({
  kind: z.literal('list'),
  isNumbered: z.boolean(),
  items: z.array(wordsSchema).min(1),
});

/** What is so, by name: the order's legal basis, the device's serial number. */
const factsSchema = z.object({
  kind: z.literal('facts'),
  caption: z.string(),
  rows: z.array(z.object({ label: z.string(), value: wordsSchema })).min(1),
});

const columnSchema = z.object({
  heading: z.string(),
  /** Numbers stand at the end of their column. */
  align: z.enum(['start', 'end']),
  /** Its share of the width, against the other columns. */
  share: z.number().positive(),
});

/** The first cell of a row is its heading. No row may be shorter or longer than the columns. */
const tableSchema = z
  .object({
    kind: z.literal('table'),
    caption: z.string(),
    columns: z.array(columnSchema).min(1),
    rows: z.array(z.array(wordsSchema)),
    /** What stands in place of rows where there are none: that nothing happened, in words. */
    whenEmpty: z.string(),
  })
  .refine(({ columns, rows }) => rows.every((row) => row.length === columns.length), {
    message: 'each row has as many cells as there are columns',
  });

const mapSchema = z.object({
  kind: z.literal('map'),
  caption: wordsSchema,
  /** All that the picture says, for whoever cannot see it. */
  description: wordsSchema,
  drawing: mapDrawingSchema,
});

/** Bars or lines over named places of one axis; its numbers are printed as a table too. */
const chartSchema = z
  .object({
    kind: z.literal('chart'),
    form: z.enum(['bars', 'lines']),
    caption: z.string(),
    /** What one sees in it, in words. */
    description: z.string(),
    /** What the places along the axis are: `Week`. */
    placesHeading: z.string(),
    places: z.array(z.string()).min(1),
    /** What the values are counted in: `minutes`. */
    unit: z.string(),
    /** One value a place; null where there is none, which is drawn as none, not as nought. */
    series: z
      .array(z.object({ name: z.string(), values: z.array(z.number().nonnegative().nullable()) }))
      .min(1)
      .max(4),
  })
  .refine(({ places, series }) => series.every(({ values }) => values.length === places.length), {
    message: 'each series has as many values as there are places',
  });

/** Something that belongs here and is not there, and what follows from that. */
const missingSchema = z.object({
  kind: z.literal('missing'),
  what: wordsSchema,
  whyItMatters: wordsSchema,
});

/** Lines to be filled in by hand: `Signed`, `Date`. */
const signatureSchema = z.object({
  kind: z.literal('signature'),
  labels: z.array(z.string()).min(1),
});

/** A piece of a report. */
export const blockSchema = z.discriminatedUnion('kind', [
  paragraphSchema,
  listSchema,
  factsSchema,
  tableSchema,
  mapSchema,
  chartSchema,
  missingSchema,
  signatureSchema,
]);
export type Block = z.infer<typeof blockSchema>;
export type TableBlock = z.infer<typeof tableSchema>;
export type ChartBlock = z.infer<typeof chartSchema>;
export type MapBlock = z.infer<typeof mapSchema>;
