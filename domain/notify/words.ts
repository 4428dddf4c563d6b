import type { Hypothesis } from '../evaluate/position/hypotheses.ts';
import type { AlertFacts, Page } from '../model/alert.ts';
import type { AlertClass } from '../model/alert-class.ts';
import { REASONS } from '../model/reasons.ts';
import type { Severity } from '../model/severity.ts';
import { formatLocal } from '../time/local-time.ts';
import { CAUSE, CAUSE_TO_DO, RESPONSE_WITHDRAWN } from './transfer-words.ts';

/** What happened, in an officer's words: what the data show, and no more. */
export const happened = ({ violation }: AlertFacts): string => REASONS[violation.reason].happened;

/** Before anything else, of an alert that is not real. */
export const exercise = ({ facts }: Pick<Page, 'facts'>): string =>
  facts.isExercise === true ? 'EXERCISE ' : '';

/** What to do first; of what a liaison takes not, also what its cause asks for. */
export const toDo = ({ violation: { reason, transfer } }: AlertFacts): string =>
  [REASONS[reason].toDo, ...(transfer === undefined ? [] : [CAUSE_TO_DO[transfer.cause]])].join(
    ' ',
  );

/** What a person has to know beside that, where there is room. */
export const toKnow = ({ violation: { transfer } }: AlertFacts): string[] =>
  transfer?.cause === 'response-withdrawn' ? [RESPONSE_WITHDRAWN] : [];

/** Whether a page asks a person to look at what later evidence, or a permission, took back. */
export const isTakenBack = ({ purpose, facts }: Pick<Page, 'purpose' | 'facts'>): boolean =>
  (purpose === 'alert' || purpose === 'review') && facts.violation.status === 'withdrawn';

export const SEVERITY: Readonly<Record<Severity, string>> = {
  moderate: 'ALERT',
  severe: 'URGENT',
  extreme: 'URGENT, HIGH RISK',
};

const COMPETING: Readonly<Record<Hypothesis, string>> = {
  home: 'at home',
  elsewhere: 'elsewhere outside',
  inside: 'inside the zone',
};

/** No reading of a sensor is certain, so nothing that we say ever is. */
export const SUREST = 0.99;

const percent = (share: number): string => `${Math.round(Math.min(SUREST, share) * 100)}%`;

/**
 * "94% sure; could be at home (5%)". Never 100 %: no reading of a sensor is. Nothing for a plain
 * fact, which nothing was weighed for.
 */
export const howSure = ({ violation }: AlertFacts): string[] => {
  const { certainty, competing } = violation;
  if (certainty === null) return [];
  const other =
    competing !== null && competing.probability >= 0.01
      ? `; could be ${COMPETING[competing.hypothesis]} (${percent(competing.probability)})`
      : '';
  return [`${percent(certainty)} sure${other}`];
};

/** "3 fixes, best accuracy 9 m" or "1 check: home-unit absent": what it rests on. */
export const restsOn = ({ violation }: AlertFacts): string => {
  const { transfer, task } = violation;
  if (task !== undefined) return `what was to be done about ${task.about}`;
  if (transfer !== undefined)
    return `what was sent of alert ${transfer.alertId}: ${transfer.about}`;
  const fixes = violation.evidence.flatMap((e) => (e.kind === 'fix' ? [e] : []));
  const checks = violation.evidence.flatMap((e) => (e.kind === 'check' ? [e] : []));
  const results = checks.map((check) => `${check.method} ${check.result}`).join(', ');
  const accuracies = fixes.flatMap((fix) =>
    fix.accuracyMetres === null ? [] : [fix.accuracyMetres],
  );
  const best =
    accuracies.length > 0 ? `, best accuracy ${Math.round(Math.min(...accuracies))} m` : '';
  const said = [
    ...(fixes.length > 0 ? [`${count(fixes.length, 'fix', 'fixes')}${best}`] : []),
    ...(checks.length > 0 ? [`${count(checks.length, 'check', 'checks')}: ${results}`] : []),
  ];
  said.push(...deviceSaid(violation));
  if (said.length > 0) return [...said, ...against(violation)].join('; ');
  return violation.certainty === null ? 'what was received, and when' : 'no position';
};

/** "the device: strap open, battery 9 %": what it said last of itself. */
const deviceSaid = ({ evidence }: AlertFacts['violation']): string[] => {
  const last = evidence.findLast((e) => e.kind === 'device-status');
  if (last === undefined) return [];
  const { facts, batteryPercent } = last;
  const battery = batteryPercent === null ? [] : [`battery ${Math.round(batteryPercent)} %`];
  return [`the device: ${[...facts, ...battery].join(', ')}`];
};

/** Who says otherwise and was not believed, for what speaks against them weighs more. */
const against = ({ saidBy = [] }: AlertFacts['violation']): string[] => {
  const home = saidBy.filter(({ says }) => says === 'home');
  const names = home.map(({ source, pieces }) => `${source} (${pieces})`).join(', ');
  return home.length === 0 ? [] : [`outweighed: "at home" by ${names}`];
};

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** How far in or out of a zone; nothing where a reading lies on the good side of its edge. */
const depth = ({ conditionKind, distanceMetres }: AlertFacts['violation']): string => {
  if (distanceMetres === null) return '';
  const isInside = distanceMetres >= 0;
  const isWrong = isInside === (conditionKind !== 'inclusion-zone');
  return isWrong ? `, ${metresOf(distanceMetres)} ${isInside ? 'inside' : 'outside'}` : '';
};

const metresOf = (metres: number): string => `${Math.round(Math.abs(metres))} m`;

/** From whom a distance is, and no more than that: where they are is nobody's to read. */
const PERSON: Readonly<Partial<Record<AlertClass, string>>> = {
  'victim-proximity': 'the protected person',
  'non-association': 'the other person',
};

/** Of a transfer: which liaison has not accepted it, and why, in a line of its own. */
export const whoseTransfer = ({ violation: { transfer } }: AlertFacts): string[] =>
  transfer === undefined ? [] : [`${transfer.liaisonName}, ${CAUSE[transfer.cause]}`];

/** Where: the zone or the address, and how far in or away; null for what is at no place. */
export const where = (facts: AlertFacts): string | null => {
  const { violation, zoneName, placeLabel } = facts;
  const { conditionKind, distanceMetres } = violation;
  const [whose] = whoseTransfer(facts);
  if (whose !== undefined) return whose;
  if (zoneName !== null) return `${zoneName}${depth(violation)}`;
  const person = PERSON[conditionKind];
  if (person !== undefined) {
    return distanceMetres === null ? null : `${metresOf(distanceMetres)} from ${person}`;
  }
  const place = placeLabel ?? (conditionKind === 'curfew' ? 'curfew address' : null);
  if (place === null || distanceMetres === null) return place;
  return `${metresOf(distanceMetres)} from ${place}`;
};

/** Of a device that fell silent with its whole feed: that it did, and why it is told now. */
export const feedLate = ({ feed, timeZone }: AlertFacts): string[] => {
  if (feed === undefined) return [];
  const from = `head-end ${feed.headEndId}`;
  const since = formatLocal(feed.heardAt, timeZone);
  const words = {
    late: `FEED LATE: nothing from ${from} since ${since}; alerts of its other devices are held`,
    'after-feed-back': `Held while ${from} was late; it is back, this device is not`,
    'after-limit': `Held while ${from} is late, and told now as it stays so`,
  };
  return [words[feed.told]];
};

/** "2 more of this wearer": what is held under the alert of a page. */
export const moreOfWearer = ({ also }: Pick<Page, 'also'>): string[] =>
  also.length === 0 ? [] : [`${also.length} more of this wearer`];

const MOST_NAMED = 3;

/** "2 more for you: W-101, W-107": what waited for the same contact, and is told with this. */
export const bundledWith = ({ bundled }: Pick<Page, 'bundled'>): string[] => {
  const named = [...new Set(bundled)].slice(0, MOST_NAMED).join(', ');
  return bundled.length === 0 ? [] : [`${bundled.length} more for you: ${named}`];
};

/** "battery about to be empty since ...": each of them, where there is room. */
export const alsoHappened = ({ also, facts }: Pick<Page, 'also' | 'facts'>): string[] =>
  also.map(
    ({ reason, since }) =>
      `${REASONS[reason].happened} since ${formatLocal(since, facts.timeZone)}`,
  );

/** The last position behind the violation; null where checks alone are. */
export const lastPosition = ({ violation }: AlertFacts): { lat: number; lon: number } | null => {
  const fix = violation.evidence.findLast((e) => e.kind === 'fix');
  return fix === undefined ? null : { lat: fix.lat, lon: fix.lon };
};
