import type { Page } from '../model/alert.ts';
import { toIso } from '../model/instant.ts';
import { formatLocal } from '../time/local-time.ts';
import { toGsmText } from './gsm-text.ts';
import { HAPPENED, howSure, lastPosition, restsOn, SEVERITY, SUREST, where } from './words.ts';

export type SmsMessage = Readonly<{ text: string }>;
export type EmailMessage = Readonly<{ subject: string; text: string }>;

const since = ({ facts }: Page): string => formatLocal(facts.violation.openedAt, facts.timeZone);

/** Nobody is sent after something that is over without being told so. */
const untilEnded = ({ facts: { violation, timeZone } }: Page): string =>
  violation.endedAt === null ? '' : `, ended ${formatLocal(violation.endedAt, timeZone)}`;

const isZone = ({ conditionKind }: Page): boolean => conditionKind === 'exclusion-zone';

const whatToDo = (page: Page): string =>
  isZone(page) ? 'Call wearer; if no answer follow zone plan.' : 'Call wearer and curfew address.';

const who = ({ facts, wearerId }: Page): string => `${facts.wearerName} (${wearerId})`;

const alertText = (page: Page, link: string): string => {
  const { facts } = page;
  const lead = page.purpose === 'review' ? 'REVIEW' : SEVERITY[page.severity];
  const what = `${HAPPENED[facts.violation.reason]}: ${where(facts)}`;
  const happened = `${lead}: ${who(page)} ${what} since ${since(page)}${untilEnded(page)}.`;
  return `${happened} ${howSure(facts)}. ${whatToDo(page)} Take it: ${link}`;
};

const standDownText = (page: Page, link: string): string => {
  const what = `Later evidence shows no violation at ${where(page.facts)}.`;
  return `STAND DOWN: ${who(page)}. ${what} No action. ${link}`;
};

const smsText = (page: Page, link: string): string => {
  switch (page.purpose) {
    case 'alert':
    case 'review':
      return alertText(page, link);
    case 'stand-down':
      return standDownText(page, link);
    case 'closed':
      return `CLOSED: ${who(page)}, ${HAPPENED[page.facts.violation.reason]}.`;
    default:
      return page.purpose satisfies never;
  }
};

/** SMS: who, what, where, since when, how sure, what to do, and the link; GSM 7-bit. */
export const renderSms = (page: Page, link: string): SmsMessage => ({
  text: toGsmText(smsText(page, link)),
});

const positionLine = (page: Page): string[] => {
  const at = lastPosition(page.facts);
  return at === null ? [] : [`Last position: ${at.lat.toFixed(5)}, ${at.lon.toFixed(5)} (WGS84)`];
};

const subjectOf = (page: Page): string => {
  const what = HAPPENED[page.facts.violation.reason];
  if (page.purpose === 'stand-down') return `Stand down: ${page.wearerId}`;
  if (page.purpose === 'closed') return `Closed: ${page.wearerId}, ${what}`;
  if (page.purpose === 'review') return `For review: ${page.wearerId}, ${what}`;
  return `${SEVERITY[page.severity]}: ${page.wearerId}, ${what}`;
};

const endedLine = ({ facts }: Page): string[] =>
  facts.violation.endedAt === null
    ? []
    : [`Ended: ${formatLocal(facts.violation.endedAt, facts.timeZone)}, as far as the data show`];

/**
 * E-mail: the same, with room for what it rests on. SNS takes a subject of at most 99 characters.
 */
export const renderEmail = (page: Page, link: string): EmailMessage => {
  const { facts } = page;
  const lines =
    page.purpose === 'stand-down'
      ? ['Later evidence contradicts this violation. No action is needed.']
      : [whatToDo(page)];
  const text = [
    `Who: ${who(page)}`,
    `What: ${HAPPENED[facts.violation.reason]}`,
    `Where: ${where(facts)}`,
    ...positionLine(page),
    `Since: ${since(page)}`,
    ...endedLine(page),
    `How sure: ${howSure(facts)}`,
    `Rests on: ${restsOn(facts)}`,
    `Legal basis: ${facts.legalBasis}`,
    '',
    ...lines,
    `Acknowledge: ${link}`,
    '',
    `Page ${page.pageId}`,
  ].join('\n');
  return { subject: subjectOf(page).slice(0, 99), text };
};

/**
 * The police feed's message: only what a control room needs, and the id that an update will name.
 */
export const renderPolice = (page: Page) => {
  const { facts } = page;
  const at = lastPosition(facts);
  return {
    schema: 'homeward.police-alert.1',
    id: page.pageId,
    alertId: page.alertId,
    sequence: page.sequence,
    status: page.purpose === 'alert' ? 'alert' : page.purpose === 'stand-down' ? 'cancel' : 'close',
    sentAt: toIso(page.createdAt),
    severity: page.severity,
    kind: page.conditionKind,
    subject: { name: facts.wearerName, reference: page.wearerId },
    what: HAPPENED[facts.violation.reason],
    where: where(facts),
    position: at === null ? null : { type: 'Point', coordinates: [at.lon, at.lat] },
    since: toIso(facts.violation.openedAt),
    certainty: Math.min(SUREST, facts.violation.certainty),
    howSure: howSure(facts),
    legalBasis: facts.legalBasis,
    powerOfArrest: facts.powerOfArrest,
  };
};
