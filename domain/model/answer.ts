import * as z from 'zod';
import { instantSchema } from './instant.ts';

/** What a text reply is answered: one text message, to the number that it came from. */
export const answerSchema = z.object({
  /** The id of the text that is answered, which has one answer. */
  answerId: z.string().min(1).max(200),
  mobile: z.string(),
  text: z.string(),
  createdAt: instantSchema,
});
export type Answer = z.infer<typeof answerSchema>;
