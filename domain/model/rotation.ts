import * as z from 'zod';
import { localTimeSchema, weekdaySchema } from '../time/local-window.ts';

const MOST_DAYS = 366;
const MOST_WEEKS = 52;

/** The local day on or after which the first hand-over is; before it, nobody has a turn. */
const startsOn = z.iso.date();

/**
 * How turns follow one another, on the wall clock of the rota's zone. `daily`: each of `everyDays`
 * days. `weekly`: each of `everyWeeks` weeks, handed over on a weekday. `custom`: a cycle of
 * `everyDays` days with any hand-overs in it, such as two a day, or after 2, 2 and 3 days; day 0 is
 * the cycle's first.
 */
export const rotationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('daily'),
    everyDays: z.number().int().min(1).max(MOST_DAYS).default(1),
    handOver: z.object({ time: localTimeSchema }),
    startsOn,
  }),
  z.object({
    kind: z.literal('weekly'),
    everyWeeks: z.number().int().min(1).max(MOST_WEEKS).default(1),
    handOver: z.object({ weekday: weekdaySchema, time: localTimeSchema }),
    startsOn,
  }),
  z.object({
    kind: z.literal('custom'),
    everyDays: z.number().int().min(1).max(MOST_DAYS),
    handOvers: z
      .array(z.object({ day: z.number().int().min(0).max(MOST_DAYS), time: localTimeSchema }))
      .min(1)
      .max(48),
    startsOn,
  }),
]);
export type Rotation = z.infer<typeof rotationSchema>;
