import * as z from 'zod';

/** A batch of a queue, as far as we read it. */
export const queueBatchSchema = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});
export type QueueRecord = z.infer<typeof queueBatchSchema>['Records'][number];

const streamValueSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** A batch of a table's stream, as far as we read it. */
export const streamBatchSchema = z.object({
  Records: z.array(
    z.object({
      dynamodb: z.object({
        Keys: streamValueSchema.default({}),
        SequenceNumber: z.string(),
        NewImage: streamValueSchema.optional(),
      }),
    }),
  ),
});
export type StreamRecord = z.infer<typeof streamBatchSchema>['Records'][number];

/** Names what must be given again; Lambda takes the rest as done. */
export type BatchResponse = Readonly<{
  batchItemFailures: readonly Readonly<{ itemIdentifier: string }>[];
}>;

export const failuresOf = (ids: readonly string[]): BatchResponse => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
