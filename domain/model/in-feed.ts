import * as z from 'zod';
import { closingSchema } from './closing.ts';
import { alertIdSchema, liaisonIdSchema, personIdSchema } from './ids.ts';
import { liaisonKindSchema } from './liaison-kind.ts';

/** Why a liaison is told of an alert at all: a person has decided so, or a rule of ours does. */
export const tellingDecisionSchema = z.object({
  rule: z.enum(['by-hand', 'policy-step', 'told-first', 'goes-on', 'court-last']),
  /** The person; null: nobody had to. */
  by: personIdSchema.nullable(),
  /** What they wrote. */
  reason: z.string().nullable(),
});
export type TellingDecision = z.infer<typeof tellingDecisionSchema>;

/** Where a message stands among those of an alert that are for one liaison. */
export const inFeedSchema = z.object({
  /** 1, 2, 3 ...; which of them it comes to be told of is numbered in its feed. */
  sequence: z.number().int().min(1),
  /** The alert that this one goes on from; null where it is the first of its episode. */
  follows: alertIdSchema.nullable(),
  /** How it has ended; null: it has not. */
  outcome: z.object({ disposition: closingSchema.shape.disposition, why: z.string() }).nullable(),
  /** Why it is told; absent of messages of before that was kept. */
  decision: tellingDecisionSchema.optional(),
});
export type InFeed = z.infer<typeof inFeedSchema>;

/** What a liaison knows of an alert, by what it was told last. */
export const liaisonKnowsSchema = z.enum(['nothing', 'it-is-so', 'it-is-over', 'it-was-not']);
export type LiaisonKnows = z.infer<typeof liaisonKnowsSchema>;

/** What one liaison was told of an alert. What was kept before there was more is read so, too. */
export const toldLiaisonSchema = z.object({
  liaisonId: liaisonIdSchema,
  kind: liaisonKindSchema.optional(),
  /** The number of the last message to it. */
  sequence: z.number().int().min(1),
  /** The number of the last one that told it that it is so. */
  raised: z.number().int().min(1).default(1),
  knows: liaisonKnowsSchema.default('it-is-so'),
  /** What it had known before it was told so. */
  knew: liaisonKnowsSchema.default('nothing'),
  decision: tellingDecisionSchema.optional(),
});
export type ToldLiaison = z.infer<typeof toldLiaisonSchema>;
