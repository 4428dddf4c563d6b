import * as z from 'zod';
import { personIdSchema } from '../model/ids.ts';
import { type Instant, isoInstantSchema } from '../model/instant.ts';

/** The four levels of risk of serious harm, as assessments of England and Wales state them. */
const assessedRiskSchema = z.enum(['low', 'medium', 'high', 'very-high']);

const sentence = z.string().min(1).max(1_000);

/** How likely somebody is to harm whom, why, and what speaks against it: as somebody judges it. */
export const assessmentSchema = z
  .object({
    level: assessedRiskSchema,
    /** Who judges. */
    by: personIdSchema,
    assessedAt: isoInstantSchema,
    reasons: z.array(sentence).min(1).max(20),
    /** What keeps the wearer from harm, and others from them. */
    protectiveFactors: z.array(sentence).max(20).default([]),
    /** By when it is to be looked at again. */
    reviewDueAt: isoInstantSchema,
  })
  .refine(({ assessedAt, reviewDueAt }) => reviewDueAt > assessedAt, {
    path: ['reviewDueAt'],
    message: 'it is to be reviewed before it was made',
  });
export type Assessment = z.infer<typeof assessmentSchema>;

/** Whether it should have been looked at again by an instant. */
export const isReviewOverdue = ({ reviewDueAt }: Assessment, at: Instant): boolean =>
  reviewDueAt <= at;
