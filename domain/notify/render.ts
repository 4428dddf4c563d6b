import type { Page } from '../model/alert.ts';
import { tellingOf } from '../model/reasons.ts';
import { formatLocal } from '../time/local-time.ts';
import { fitParts } from './fit-parts.ts';
import { oneLine, toGsmText } from './gsm-text.ts';
import {
  alsoHappened,
  bundledWith,
  exercise,
  feedLate,
  happened,
  howSure,
  isTakenBack,
  lastPosition,
  moreOfWearer,
  restsOn,
  SEVERITY,
  toDo,
  toKnow,
  where,
} from './words.ts';

export type SmsMessage = Readonly<{ text: string }>;
export type EmailMessage = Readonly<{ subject: string; text: string }>;

const since = ({ facts }: Page): string => formatLocal(facts.violation.openedAt, facts.timeZone);

/** Nobody is sent after something that is over without being told so. */
const untilEnded = ({ facts: { violation, timeZone } }: Page): string =>
  violation.endedAt === null ? '' : `, ended ${formatLocal(violation.endedAt, timeZone)}`;

const who = ({ facts, wearerId }: Page): string => `${facts.wearerName} (${wearerId})`;

/** What nobody has to enforce is told quietly: so is old news, but that may have to be. */
const isPrompt = ({ facts }: Page): boolean => tellingOf(facts.violation.reason) === 'prompt';

/** The first word of a text message says how soon it wants an answer. */
const leadOf = (page: Page): string => {
  if (page.purpose === 'review') return isPrompt(page) ? 'TO NOTE' : 'REVIEW';
  return SEVERITY[page.severity];
};

const what = ({ facts }: Page): string => {
  const place = where(facts);
  return place === null ? happened(facts) : `${happened(facts)}: ${place}`;
};

/** Later evidence, a change that counts from earlier on, or a permission: why it is no more. */
const whyNoMore = ({ facts: { violation } }: Page): string => {
  switch (violation.endReason) {
    case 'excused':
      return 'Permitted afterwards';
    case 'transfer-accepted':
      return 'Accepted there now';
    case 'transfer-closed':
      return 'What was sent is over';
    case 'task-ended':
      return 'Done now';
    default:
      return 'Taken back, by what is known now';
  }
};

/** What was taken back, and stays open until a person has said why. */
const TO_CLOSE = 'Say why, and close it.';

const alertText = (page: Page, link: string, code: string | null): string => {
  const { facts } = page;
  const reply = code === null ? '' : ` or reply ${code}`;
  if (isTakenBack(page)) {
    const found = `${whyNoMore(page)}: ${what(page)}`;
    return `${leadOf(page)}: ${who(page)}. ${found}. ${TO_CLOSE} ${link}${reply}`;
  }
  const lines = [
    `${leadOf(page)}: ${who(page)} ${what(page)} since ${since(page)}${untilEnded(page)}`,
    ...moreOfWearer(page),
    ...bundledWith(page),
    ...feedLate(facts),
    ...howSure(facts),
    toDo(facts),
  ];
  return `${lines.join('. ')} Take it: ${link}${reply}`;
};

const standDownText = (page: Page, link: string): string =>
  `STAND DOWN: ${who(page)}. ${whyNoMore(page)}: ${what(page)}. No action. ${link}`;

const smsText = (page: Page, link: string, code: string | null): string => {
  switch (page.purpose) {
    case 'alert':
    case 'review':
    case 'update':
      return alertText(page, link, code);
    case 'stand-down':
      return standDownText(page, link);
    case 'closed':
      return `CLOSED: ${who(page)}, ${happened(page.facts)}.`;
    default:
      return page.purpose satisfies never;
  }
};

/**
 * SMS: who, what, where, since when, how sure, what to do, and the link; GSM 7-bit, in as few parts
 * as all of that fits. `code`: what a reply begins with, where replies are read.
 */
export const renderSms = (page: Page, link: string, code: string | null = null): SmsMessage => ({
  text: fitParts(page, (one) => toGsmText(`${exercise(one)}${smsText(one, link, code)}`)),
});

const positionLine = (page: Page): string[] => {
  const at = lastPosition(page.facts);
  return at === null ? [] : [`Last position: ${at.lat.toFixed(5)}, ${at.lon.toFixed(5)} (WGS84)`];
};

const subjectOf = (page: Page): string => `${exercise(page)}${plainSubject(page)}`;

const plainSubject = (page: Page): string => {
  const { purpose, wearerId } = page;
  if (purpose === 'stand-down') return `Stand down: ${wearerId}`;
  const about = `${wearerId}, ${happened(page.facts)}`;
  if (purpose === 'closed') return `Closed: ${about}`;
  if (purpose === 'review') return `${isPrompt(page) ? 'To note' : 'For review'}: ${about}`;
  return `${SEVERITY[page.severity]}: ${about}`;
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
      ? [`${whyNoMore(page)}. No action is needed.`]
      : [isTakenBack(page) ? `${whyNoMore(page)}. ${TO_CLOSE}` : toDo(facts), ...toKnow(facts)];
  const place = where(facts);
  const text = [
    ...(exercise(page) === '' ? [] : ['EXERCISE: nobody real is concerned']),
    `Who: ${who(page)}`,
    `What: ${happened(facts)}`,
    ...(place === null ? [] : [`Where: ${place}`]),
    ...positionLine(page),
    `Since: ${since(page)}`,
    ...endedLine(page),
    ...howSure(facts).map((sure) => `How sure: ${sure}`),
    ...feedLate(facts).map((late) => `Feed: ${late}`),
    ...alsoHappened(page).map((also) => `Also: ${also}`),
    `Rests on: ${restsOn(facts)}`,
    `Legal basis: ${facts.legalBasis}`,
    '',
    ...lines,
    `Acknowledge: ${link}`,
    '',
    `Page ${page.pageId}`,
  ]
    .map(oneLine)
    .join('\n');
  return { subject: subjectOf(page).slice(0, 99), text };
};

/**
 * What the duty manager of the deployment is told, such as where nobody else could be: by e-mail
 * and text alike, without a link, for it is not known who reads it.
 */
export const renderForDutyManager = (page: Page): EmailMessage => {
  const over = page.purpose === 'stand-down' || page.purpose === 'closed';
  const why = over ? whyNoMore(page) : 'NOBODY HAS THIS IN HAND';
  const lead = over ? '' : `${leadOf(page)}: `;
  const back = isTakenBack(page) ? `. ${whyNoMore(page)}. ${TO_CLOSE.slice(0, -1)}` : '';
  const found = `${lead}${who(page)} ${what(page)} since ${since(page)}${back}`;
  const text = toGsmText(`${exercise(page)}${why}. ${found}. Alert ${page.alertId}`);
  return { subject: subjectOf(page).slice(0, 99), text };
};
