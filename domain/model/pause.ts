import * as z from 'zod';
import { pauseIdSchema, personIdSchema, wearerIdSchema } from './ids.ts';
import { DAY_MILLISECONDS, isoInstantSchema } from './instant.ts';
import { conditionKindSchema } from './order.ts';

/** Nobody is left unwatched for longer by one decision. */
export const LONGEST_PAUSE_DAYS = 30;

/** Whose alerts are paused: everybody's, one wearer's, or those about some kinds of condition. */
const scopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agency') }),
  z.object({ kind: z.literal('wearer'), wearerId: wearerIdSchema }),
  z.object({ kind: z.literal('kinds'), kinds: z.array(conditionKindSchema).min(1) }),
]);

const pause = z.object({
  pauseId: pauseIdSchema,
  scope: scopeSchema,
  startsAt: isoInstantSchema,
  /** The first instant at which alerts are told again. */
  endsAt: isoInstantSchema,
  reason: z.string().min(1).max(500),
  by: personIdSchema,
  /** Whether alerts on which safety hangs are held, too: only once a second person has agreed. */
  withSafety: z.boolean().default(false),
});

/** A stretch of time in which alerts are held, such as for maintenance, as somebody puts it. */
export const pauseSchema = pause
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, {
    path: ['endsAt'],
    message: 'the pause ends before it starts',
  })
  .refine(({ startsAt, endsAt }) => endsAt - startsAt <= LONGEST_PAUSE_DAYS * DAY_MILLISECONDS, {
    path: ['endsAt'],
    message: `a pause lasts at most ${LONGEST_PAUSE_DAYS} days`,
  });

/** The same as it is kept, with who has agreed to it. */
export const keptPauseSchema = pause.extend({
  second: z.object({ by: personIdSchema, at: isoInstantSchema }).nullable().default(null),
});
export type Pause = z.infer<typeof keptPauseSchema>;
