import { type Instant, secondsBetween, toIso } from '../model/instant.ts';
import { FAULTS, type Finding } from './faults.ts';
import type { BlindNotice } from './vigil.ts';

/** SNS refuses a longer subject. */
const MOST_SUBJECT_CHARACTERS = 100;

/** "09:41 UTC", with its day where that is another: whoever is woken at night reads a clock. */
const clock = (at: Instant, beside: Instant): string => {
  const [day = '', time = ''] = toIso(at).slice(0, 16).split('T');
  return toIso(beside).startsWith(day) ? `${time} UTC` : `${day} ${time} UTC`;
};

const counted = ({ fault, count }: Finding): string => {
  const words = FAULTS[fault].counted;
  return words === undefined ? '' : `: ${count} ${count === 1 ? words[0] : words[1]}`;
};

const line = (finding: Finding, at: Instant): string =>
  `${FAULTS[finding.fault].words}${counted(finding)}, since ${clock(finding.sinceAt, at)}.`;

const named = (findings: readonly Finding[]): string[] => {
  const alertIds = [...new Set(findings.flatMap((one) => one.alertIds))];
  return alertIds.length === 0 ? [] : [`Look at these alerts: ${alertIds.join(', ')}.`];
};

const lasted = (from: Instant, until: Instant): string =>
  `${Math.max(1, Math.round(secondsBetween(from, until) / 60))} min`;

/**
 * What the duty manager reads, by e-mail and by text: what is wrong, and what to do; when it is
 * over, for how long it was, and what came late or not at all. Ids, and no names.
 */
export const wordsOf = (
  { kind, at, sinceAt, findings }: BlindNotice,
  agency: string,
): Readonly<{ subject: string; text: string }> => {
  const name = `Homeward ${agency}`;
  const [first] = findings;
  const what = first === undefined ? 'something is wrong' : FAULTS[first.fault].words;
  const isBlind = kind === 'blind';
  const subject = isBlind ? `${name} is blind: ${what}` : `${name} sees again`;
  const head = isBlind
    ? `${name} is blind since ${clock(sinceAt, at)}. Somebody may be unsafe and unheard: watch ` +
      'by other means until you are told that it is over.'
    : `${name} sees again at ${clock(at, at)}. It was blind for ${lasted(sinceAt, at)}, since ` +
      `${clock(sinceAt, at)}. What was late or missed:`;
  return {
    subject: subject.slice(0, MOST_SUBJECT_CHARACTERS),
    text: [head, ...findings.map((one) => line(one, at)), ...named(findings)].join('\n'),
  };
};
