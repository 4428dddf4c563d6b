import * as z from 'zod';
import { type Instant, instantSchema, secondsBetween } from '../model/instant.ts';
import { type Finding, findingOf } from './faults.ts';

/** A timer that was lost is made good within 90 s: a test alert later than this has not come. */
const ALLOWED_SECONDS = 120;
/** A rule fires some seconds early or late; a round that is nearly due is due. */
const NEARLY_SECONDS = 15;
/** One upload may fail; two a minute apart are told. */
const REFUSED_TOLD_AFTER_SECONDS = 45;

/** What the canary remembers: its round, and what is wrong. */
export const canarySchema = z.object({
  /** Of the test alert that is out, or was; null: none could be raised. */
  startedAt: instantSchema.nullable(),
  cameBackAt: instantSchema.nullable(),
  /** When the first that did not come back began; null: the last came back. */
  lostSinceAt: instantSchema.nullable(),
  /** Since when uploads are not accepted. */
  refusedSinceAt: instantSchema.nullable(),
});
export type Canary = z.infer<typeof canarySchema>;

export const REST: Canary = {
  ...{ startedAt: null, cameBackAt: null, lostSinceAt: null, refusedSinceAt: null },
};

const isOverdue = ({ startedAt, cameBackAt }: Canary, now: Instant): boolean =>
  startedAt !== null && cameBackAt === null && secondsBetween(startedAt, now) >= ALLOWED_SECONDS;

/** The canary as time has passed: a round that has not come back by now is lost. */
export const judged = (canary: Canary, now: Instant): Canary =>
  isOverdue(canary, now) && canary.lostSinceAt === null
    ? { ...canary, lostSinceAt: canary.startedAt }
    : canary;

export const isRoundDue = ({ startedAt }: Canary, everySeconds: number, now: Instant): boolean =>
  startedAt === null || secondsBetween(startedAt, now) >= everySeconds - NEARLY_SECONDS;

export const begun = (canary: Canary, startedAt: Instant): Canary => ({
  ...{ ...canary, startedAt, cameBackAt: null },
});

/** What became of the upload that began the round. */
export const uploaded = (canary: Canary, now: Instant, isAccepted: boolean): Canary => {
  if (!isAccepted) {
    return { ...canary, startedAt: null, refusedSinceAt: canary.refusedSinceAt ?? now };
  }
  return canary.refusedSinceAt === null ? canary : { ...canary, refusedSinceAt: null };
};

/** A test alert that comes back, be it late, shows that they come through again. */
export const cameBack = (canary: Canary, ofRound: Instant, now: Instant): Canary => ({
  ...canary,
  lostSinceAt: null,
  cameBackAt: canary.startedAt === ofRound ? now : canary.cameBackAt,
});

export const canaryFindings = (canary: Canary, now: Instant): Finding[] => {
  const { lostSinceAt, refusedSinceAt } = canary;
  const isRefused =
    refusedSinceAt !== null && secondsBetween(refusedSinceAt, now) >= REFUSED_TOLD_AFTER_SECONDS;
  return [
    ...(isRefused ? [findingOf('events-refused', refusedSinceAt)] : []),
    ...(lostSinceAt === null ? [] : [findingOf('test-alert-lost', lostSinceAt)]),
  ];
};
