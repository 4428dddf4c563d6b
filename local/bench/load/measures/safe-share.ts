import * as z from 'zod';
import { safeRegionShare } from '#local/start/measures.ts';

const stampSchema = z.looseObject({ _aws: z.looseObject({ Timestamp: z.number() }) });

const stampOf = (line: string): number => {
  if (!line.includes('"_aws"')) return 0;
  return stampSchema.safeParse(JSON.parse(line)).data?._aws.Timestamp ?? 0;
};

/**
 * Fixes folded from an instant on, and those that the safe region let pass, by metrics in a log.
 */
export const safeShare = (lines: readonly string[], from: number) =>
  safeRegionShare(lines.filter((line) => stampOf(line) >= from));
