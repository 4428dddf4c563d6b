import * as z from 'zod';
import { tallySchema } from './tally.ts';

/** What the bench tells its head-end, a process of its own, and what that answers. */

const hiddenSchema = z.object({
  number: z.number(),
  kind: z.enum(['zone-entry', 'curfew-departure', 'curfew-grace']),
  fromAt: z.number(),
});

export const headEndSettingsSchema = z.object({
  apiUrl: z.string(),
  token: z.string(),
  seed: z.number(),
  wearers: z.number(),
  /** The numbers of those who will only send a backlog. */
  backlog: z.array(z.number()),
});
export type HeadEndSettings = z.infer<typeof headEndSettingsSchema>;

const rotaSchema = z.object({ wearers: z.number(), startsAt: z.number(), endsAt: z.number() });

const phaseSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('history'), now: z.number() }),
  z.object({
    phase: z.literal('steady'),
    rota: rotaSchema,
    hidden: z.array(hiddenSchema),
    alarmEveryMilliseconds: z.number(),
  }),
  z.object({ phase: z.literal('burst'), rota: rotaSchema }),
  z.object({ phase: z.literal('backlog'), now: z.number() }),
]);
/** Steady and burst are made ready beforehand and sent when due; the others as fast as it goes. */
export type Phase = z.infer<typeof phaseSchema>;

export const orderSchema = z.discriminatedUnion('order', [
  z.object({ order: z.literal('prepare'), phase: phaseSchema }),
  z.object({ order: z.literal('send') }),
  z.object({ order: z.literal('count') }),
]);
export type HeadEndOrder = z.infer<typeof orderSchema>;

export const headEndReplySchema = z.discriminatedUnion('reply', [
  z.object({ reply: z.literal('prepared') }),
  z.object({ reply: z.literal('sent'), tally: tallySchema }),
  /** By wearer's number: fixes that were taken, in all. */
  z.object({ reply: z.literal('counted'), fixes: z.array(z.number()) }),
]);
export type HeadEndReply = z.infer<typeof headEndReplySchema>;
