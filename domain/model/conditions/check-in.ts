import * as z from 'zod';
import { localTimeSchema, localWindowSchema, weekdaySchema } from '../../time/local-window.ts';
import { checkMethodSchema } from '../device-event.ts';
import { conditionIdSchema } from '../ids.ts';

/** Within so many seconds of being asked an answer is in time: a minute to a week. */
export const answerSecondsSchema = z.number().int().min(60).max(604_800);

/** Within so long of being asked an answer is in time, where nobody says otherwise. */
export const USUAL_ANSWER_SECONDS = 900;
/** Without any answer for so long a check has expired, where nobody says otherwise. */
export const USUAL_EXPIRE_SECONDS = 1_800;

/** At so many of each window one block of the lots is used up. */
const MOST_CHECKS_A_WINDOW = 8;

/**
 * When checks are to be made, by the wall clock of the order's zone: at fixed times, each so many
 * weeks, or so many at random within windows.
 */
export const checkTimesSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fixed'),
    days: z.array(weekdaySchema).min(1).max(7),
    times: z.array(localTimeSchema).min(1).max(6),
    /** 1: each week; 2: every other, the one in which the order starts being the first. */
    everyWeeks: z.number().int().min(1).max(8).default(1),
  }),
  z.object({
    kind: z.literal('random'),
    windows: z.array(localWindowSchema).min(1).max(7),
    /** In each window of each day. */
    checks: z.number().int().min(1).max(MOST_CHECKS_A_WINDOW),
  }),
]);
export type CheckTimes = z.infer<typeof checkTimesSchema>;

export const checkInConditionSchema = z.object({
  conditionId: conditionIdSchema,
  kind: z.literal('check-in'),
  times: checkTimesSchema,
  /** What counts as an answer. A home unit reports by itself, and counts where it is listed. */
  methods: z.array(checkMethodSchema).min(1).default(['phone', 'face', 'door', 'visit']),
  /** An answer within so long of being asked is in time. */
  answerSeconds: answerSecondsSchema.optional(),
  /** Without any answer for so long a check has expired. */
  expireSeconds: answerSecondsSchema.optional(),
});
export type CheckInCondition = z.infer<typeof checkInConditionSchema>;
