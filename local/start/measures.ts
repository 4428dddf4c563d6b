import * as z from 'zod';
import type { SeenOutcome } from '../replay/read-outcome.ts';

/** Milliseconds from a receipt to a page, over every page of a first step. */
export type PageLatencies = Readonly<{ pages: number; p50: number; worst: number }>;

/**
 * From the receipt of the upload that decided, or the instant at which a deadline fell due, to
 * the acceptance of each page of the alert's first step by SNS. Null where there was no such
 * page. On the replay clock, which runs at real speed and jumps only when nothing is left to do;
 * so a timer that comes up to a second late (SQS delays in whole seconds) is in it, and counted.
 */
export const pageLatencies = ({ alerts }: SeenOutcome): PageLatencies | null => {
  const found = alerts
    .flatMap(({ violation, pages }) =>
      pages
        .filter(({ step, purpose }) => step === 0 && purpose === 'alert')
        .flatMap(({ acceptedAt }) =>
          acceptedAt === null ? [] : [acceptedAt - violation.detectedAt],
        ),
    )
    .sort((a, b) => a - b);
  const p50 = found[Math.ceil(found.length / 2) - 1];
  const worst = found.at(-1);
  return p50 === undefined || worst === undefined ? null : { pages: found.length, p50, worst };
};

const countSchema = z
  .union([z.number(), z.array(z.number())])
  .transform((value) => [value].flat().reduce((sum, one) => sum + one, 0));
const metricLineSchema = z.object({ fixesFolded: countSchema, fixesInSafeRegion: countSchema });

const readMetrics = (line: string): z.infer<typeof metricLineSchema> | null => {
  if (!line.includes('"fixesFolded"')) return null;
  const parsed = metricLineSchema.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data : null;
};

/**
 * Fixes that evaluate folded, and those that the safe region let it skip, from its log's metrics.
 */
export const safeRegionShare = (logLines: readonly string[]) => {
  const metrics = logLines.map(readMetrics).filter((found) => found !== null);
  const folded = metrics.reduce((sum, { fixesFolded }) => sum + fixesFolded, 0);
  const safe = metrics.reduce((sum, { fixesInSafeRegion }) => sum + fixesInSafeRegion, 0);
  return { folded, safe };
};
