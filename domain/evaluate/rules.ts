import type { RuleName } from '../model/rule-name.ts';
import type { Judgement, Rule, Seen } from './rule.ts';
import { accumulatedTime } from './rules/accumulated-time.ts';
import { appointmentReminder } from './rules/appointment-reminder.ts';
import { battery } from './rules/battery.ts';
import { checkMissed } from './rules/check-missed.ts';
import { checkPrompt } from './rules/check-prompt.ts';
import { curfewAbsence } from './rules/curfew-absence.ts';
import { deviceSilent } from './rules/device-silent.ts';
import { earlyWarning } from './rules/early-warning.ts';
import { exclusionZone } from './rules/exclusion-zone.ts';
import { implausibleMovement } from './rules/implausible-movement.ts';
import { inclusionZone } from './rules/inclusion-zone.ts';
import { locationLost } from './rules/location-lost.ts';
import { mandatoryAttendance } from './rules/mandatory-attendance.ts';
import { neverFitted } from './rules/never-fitted.ts';
import { nonAssociation } from './rules/non-association.ts';
import { tamper } from './rules/tamper.ts';
import { victimProximity } from './rules/victim-proximity.ts';
import { wayHome } from './rules/way-home.ts';
import { whereaboutsUnclear } from './rules/whereabouts-unclear.ts';

/** Every rule, in the order in which they judge. A new rule is a file and a line here. */
export const RULES: readonly Rule[] = [
  exclusionZone,
  inclusionZone,
  curfewAbsence,
  accumulatedTime,
  mandatoryAttendance,
  deviceSilent,
  tamper,
  neverFitted,
  battery,
  locationLost,
  implausibleMovement,
  whereaboutsUnclear,
  victimProximity,
  nonAssociation,
  checkMissed,
  checkPrompt,
  wayHome,
  appointmentReminder,
  earlyWarning,
];

const BY_NAME = new Map(RULES.map((rule) => [rule.name, rule]));

/** The rule of a name; undefined for one that was watched once and is no more. */
export const ruleCalled = (name: RuleName): Rule | undefined => BY_NAME.get(name);

const judgeByName = (seen: Seen): Judgement => {
  const rule = ruleCalled(seen.watch.rule);
  if (rule === undefined) throw new TypeError(`no rule is called ${seen.watch.rule}`);
  return rule.judge(seen);
};

/**
 * Asks the rule. One that throws is a finding of its own, and the wearer's other rules still run.
 */
export const judge = (seen: Seen, ask: (seen: Seen) => Judgement = judgeByName): Judgement => {
  try {
    return ask(seen);
  } catch {
    // Record: the verdict says that the rule failed, and stands in the state until it answers
    // again.
    return { verdict: 'undetermined', reason: 'rule-failed', memory: seen.memory, dueAt: null };
  }
};
