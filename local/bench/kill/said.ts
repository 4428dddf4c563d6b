import * as z from 'zod';
import { verdictSchema } from './verdict.ts';

/** What a process that is to be killed says of itself. */
export const saidSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    processes: z.object({ java: z.number(), keeper: z.number() }),
    clockAt: z.number(),
  }),
  z.object({ kind: z.literal('progress'), eventsSent: z.number() }),
  z.object({ kind: z.literal('done'), verdict: verdictSchema }),
]);
export type Said = z.infer<typeof saidSchema>;
