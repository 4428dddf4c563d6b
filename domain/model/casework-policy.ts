import * as z from 'zod';
import { holidaysIdSchema } from './ids.ts';

const workingDays = z.number().int().min(1).max(60);

/** Within what time people at the agency have to act. */
const clocksSchema = z.object({
  /** Something is done about a violation. National Standards of England and Wales: 10. */
  actionWorkingDays: workingDays.default(10),
  /** The officer is told of a violation. Scotland, monitoring firm to officer: 2 working days. */
  reportWorkingDays: workingDays.default(2),
  /** Part A of a recall after the decision. England and Wales, recall practice: 24 hours. */
  recallPartAHours: z.number().int().min(1).max(720).default(24),
  /** What came of a referral is asked. Chosen: a week and what a service needs to answer. */
  referralWorkingDays: workingDays.default(10),
  /** A message of the wearer is read, a STOP seen to. Chosen: the end of the next working day. */
  messageWorkingDays: workingDays.default(1),
});

/** From when on a proposal is made; each a plain count of what is on record. */
const proposalsSchema = z.object({
  /** Findings of so many days are looked at. Chosen; the Ministry's prototype forecasts 14 days. */
  lookBackDays: z.number().int().min(1).max(366).default(14),
  /** So many late returns or early departures. Chosen: twice can be chance. */
  lateReturns: z.number().int().min(1).max(100).default(3),
  /** So many unexcused absences. National Standards: breach after two unacceptable ones. */
  unexcusedAbsences: z.number().int().min(1).max(100).default(2),
  /** Absences count for so long. National Standards: twelve months. */
  absencesDays: z.number().int().min(1).max(3_660).default(366),
  /** A warning counts for so long. Chosen: as an absence does. */
  warningsDays: z.number().int().min(1).max(3_660).default(366),
  /** Share of the limit of added minutes. The prototype warns at 100 of 120. */
  atvShare: z.number().min(0.1).max(1).default(0.8),
});

/**
 * What people at an agency go by: a part of its thresholds, so that an order that names those goes
 * by it, and every number can be said to rest on something.
 */
export const caseworkPolicySchema = z.object({
  /** The days of its nation on which nobody works; null: none but Saturdays and Sundays. */
  holidaysId: holidaysIdSchema.nullable().default(null),
  clocks: clocksSchema.prefault({}),
  proposals: proposalsSchema.prefault({}),
});
export type CaseworkPolicy = z.infer<typeof caseworkPolicySchema>;

/** What an order goes by whose agency has set nothing. */
export const USUAL_POLICY: CaseworkPolicy = caseworkPolicySchema.parse({});
