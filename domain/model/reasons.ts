import * as z from 'zod';
import { CASEWORK_REASONS } from './casework-reasons.ts';
import { NUDGE_REASONS } from './nudge-reasons.ts';
import type { ReasonRow, Telling } from './reason-row.ts';
import { WHEREABOUTS_REASONS } from './whereabouts-reasons.ts';

/** Everything that a rule can find. A rule's file says when; this says what it is called. */
export const REASONS = {
  'strap-open': {
    rule: 'tamper',
    happened: 'strap open',
    toDo: 'Call wearer at once; have the strap looked at, also if it closes again.',
    gravity: 1,
    telling: 'alert',
  },
  'case-open': {
    rule: 'tamper',
    happened: 'device case open',
    toDo: 'Call wearer at once; have the device looked at, also if it closes again.',
    gravity: 1,
    telling: 'alert',
  },
  'home-unit-moved': {
    rule: 'tamper',
    happened: 'home unit moved',
    toDo: 'Call wearer; have the home unit looked at.',
    gravity: 0,
    telling: 'alert',
  },
  'no-device': {
    rule: 'never-fitted',
    happened: 'no device on wearer though an order is in force',
    toDo: 'Arrange the fitting of a device.',
    gravity: 1,
    telling: 'alert',
  },
  'no-first-data': {
    rule: 'never-fitted',
    happened: 'device assigned, and nothing ever heard of it',
    toDo: 'Find out whether the device was fitted and works.',
    gravity: 1,
    telling: 'alert',
  },
  'battery-critical': {
    rule: 'battery',
    happened: 'battery about to be empty',
    toDo: 'Call wearer; have the device charged now.',
    gravity: 0,
    telling: 'alert',
  },
  'charging-missed': {
    rule: 'battery',
    happened: 'device not charged in its time',
    toDo: 'Talk about when and where they charge.',
    gravity: 0,
    telling: 'prompt',
  },
  'moving-without-position': {
    rule: 'location-lost',
    happened: 'device moves and finds no position',
    toDo: 'Call wearer; have the device uncovered and taken outdoors.',
    gravity: 0,
    telling: 'alert',
  },
  'no-position': {
    rule: 'location-lost',
    happened: 'device heard, and finds no position',
    toDo: 'Call wearer; have the device taken outdoors.',
    gravity: 0,
    telling: 'prompt',
  },
  'reception-blocked': {
    rule: 'location-lost',
    happened: 'device jammed or shielded',
    toDo: 'Call wearer; if no answer visit the last known place.',
    gravity: 1,
    telling: 'alert',
  },
  'impossible-movement': {
    rule: 'implausible-movement',
    happened: 'impossible movement',
    toDo: 'Call wearer; have the device checked: it may be deceived.',
    gravity: 0,
    telling: 'alert',
  },
  'device-silent': {
    rule: 'device-silent',
    happened: 'device silent',
    toDo: 'Call wearer; have the device charged and taken outdoors.',
    gravity: 0,
    telling: 'alert',
  },
  'device-silent-for-long': {
    rule: 'device-silent',
    happened: 'device silent for long',
    toDo: 'Call wearer; if no answer visit the last known place.',
    gravity: 1,
    telling: 'alert',
  },
  'check-failed': {
    rule: 'check-missed',
    happened: 'answered a check, and did not pass it',
    toDo: 'Call wearer; ask why the check was not passed.',
    gravity: 0,
    telling: 'alert',
  },
  'check-expired': {
    rule: 'check-missed',
    happened: 'let a check expire unanswered',
    toDo: 'Call wearer; if no answer go by the plan for missed checks.',
    gravity: 0,
    telling: 'alert',
  },
  'check-late': {
    rule: 'check-missed',
    happened: 'answered a check late',
    toDo: 'Note it; ask about it at the next contact.',
    gravity: 0,
    telling: 'prompt',
  },
  'returning-later': {
    rule: 'early-warning',
    happened: 'comes home later and later into the curfew',
    toDo: 'Talk about the way home before it becomes a breach.',
    gravity: 0,
    telling: 'prompt',
  },
  'near-zones': {
    rule: 'early-warning',
    happened: 'is near an exclusion zone again and again',
    toDo: 'Talk about where the zone begins.',
    gravity: 0,
    telling: 'prompt',
  },
  'charging-late': {
    rule: 'early-warning',
    happened: 'lets the battery run low again and again',
    toDo: 'Talk about when and where they charge.',
    gravity: 0,
    telling: 'prompt',
  },
  'checks-fading': {
    rule: 'early-warning',
    happened: 'answers checks later and later',
    toDo: 'Ask what makes the checks hard to answer.',
    gravity: 0,
    telling: 'prompt',
  },
  'visit-overdue': {
    rule: 'early-warning',
    happened: 'home visit overdue, and no outcome on record',
    toDo: 'Make the visit, or record what came of it.',
    gravity: 0,
    telling: 'prompt',
  },
  'near-protected-person': {
    rule: 'victim-proximity',
    happened: 'near the protected person',
    toDo: 'Make the protected person safe first; then police; then call wearer.',
    gravity: 2,
    telling: 'alert',
  },
  'approaching-protected-person': {
    rule: 'victim-proximity',
    happened: 'approaching the protected person',
    toDo: 'Tell wearer to turn back; be ready to warn the protected person.',
    gravity: 1,
    telling: 'alert',
  },
  'wearer-device-lost': {
    rule: 'victim-proximity',
    happened: 'device lost, must keep from a person',
    toDo: 'Warn protected person; find wearer.',
    gravity: 2,
    telling: 'alert',
  },
  'protected-device-lost': {
    rule: 'victim-proximity',
    happened: 'device of protected person lost',
    toDo: 'Reach protected person; get their device going.',
    gravity: 2,
    telling: 'alert',
  },
  'together-with-other': {
    rule: 'non-association',
    happened: 'together with a person to be kept from',
    toDo: 'Call wearer and ask who they are with.',
    gravity: 0,
    telling: 'alert',
  },
  'welfare-concern': {
    rule: 'welfare',
    happened: 'concern for their own welfare',
    toDo: 'See to their welfare first; nothing of this is enforcement.',
    gravity: 1,
    telling: 'alert',
  },
  'transfer-not-accepted': {
    rule: 'transfer',
    happened: 'alert sent and nobody there has accepted it',
    toDo: 'Phone the control room.',
    gravity: 1,
    telling: 'alert',
  },
  'transfer-rejected': {
    rule: 'transfer',
    happened: 'alert sent and rejected there',
    toDo: 'Phone the control room.',
    gravity: 1,
    telling: 'alert',
  },
  // At the end, so that the compiler refuses a name from above that stands in them as well.
  ...WHEREABOUTS_REASONS,
  ...NUDGE_REASONS,
  ...CASEWORK_REASONS,
} as const satisfies Readonly<Record<string, ReasonRow>>;

export type ViolationReason = keyof typeof REASONS;
/** Those that only the wearer is told of. */
export type NudgeReason = {
  [R in ViolationReason]: (typeof REASONS)[R]['telling'] extends 'nudge' ? R : never;
}[ViolationReason];

export const tellingOf = (reason: ViolationReason): Telling => REASONS[reason].telling;

export const isNudgeReason = (reason: ViolationReason): reason is NudgeReason =>
  tellingOf(reason) === 'nudge';

const isReason = (name: string): name is ViolationReason => name in REASONS;

export const violationReasonSchema = z.string().transform((name, context): ViolationReason => {
  if (isReason(name)) return name;
  context.issues.push({ code: 'custom', message: 'no reason of any rule', input: name });
  return z.NEVER;
});
