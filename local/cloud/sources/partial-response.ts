import * as z from 'zod';

const responseSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * The identifiers that a function reported as failed, as Lambda reads its response. `all` means
 * that the whole batch failed: the response is malformed, or names an item that was not in the
 * batch.
 */
export const failedItems = (payload: unknown, sent: readonly string[]): string[] | 'all' => {
  if (payload === null || payload === undefined || payload === '') return [];
  const parsed = responseSchema.safeParse(payload);
  if (!parsed.success) return 'all';
  const failed = (parsed.data.batchItemFailures ?? []).map((item) => item.itemIdentifier);
  return failed.every((identifier) => sent.includes(identifier)) ? failed : 'all';
};
