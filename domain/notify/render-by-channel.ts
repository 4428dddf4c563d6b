import type { Page } from '../model/alert.ts';
import { toIso } from '../model/instant.ts';
import { formatLocal } from '../time/local-time.ts';
import { toGsmText } from './gsm-text.ts';
import {
  exercise,
  happened,
  howSure,
  isTakenBack,
  SEVERITY,
  toDo,
  where,
  whoseTransfer,
} from './words.ts';

/** What an app shows: a line, some words, and what opens when it is touched. */
export type PushMessage = Readonly<{ title: string; body: string; link: string | null }>;

const OVER = { 'stand-down': 'Stand down', closed: 'Closed' } as const;

const since = ({ facts }: Page): string => formatLocal(facts.violation.openedAt, facts.timeZone);

const leadOf = (page: Page): string => {
  const { purpose, severity } = page;
  if (isTakenBack(page)) return 'Taken back, for review';
  if (purpose === 'stand-down' || purpose === 'closed') return OVER[purpose];
  return purpose === 'review' ? 'For review' : SEVERITY[severity];
};

/**
 * A push message. It may stand on a locked screen, so it names the wearer by reference and says
 * nothing of an address; the rest is behind the link.
 */
export const renderPush = (page: Page, link: string | null): PushMessage => ({
  title: `${exercise(page)}${leadOf(page)}: ${page.wearerId}`,
  body: `${happened(page.facts)}, since ${since(page)}`,
  link,
});

/**
 * What is said in a call, twice, for somebody who has just been woken. Whoever picks up may be
 * somebody else: no name of a wearer and no address, and where to read on.
 */
export const renderSpoken = (page: Page): string => {
  const { facts, wearerId } = page;
  const spelt = wearerId.split('').join(' ');
  const what = [happened(facts), ...whoseTransfer(facts)].join(': ');
  const said = `${leadOf(page)}. Reference ${spelt}. ${what}, since ${since(page)}.`;
  const isCall = page.purpose === 'alert';
  const first = isCall && facts.violation.transfer !== undefined ? ` ${toDo(facts)}` : '';
  const next = isCall ? `${first} Take it in hand by your messages, or in the list.` : '';
  const lead = `This is Homeward. ${exercise(page) === '' ? '' : 'This is an exercise. '}`;
  return toGsmText(`${lead}${said} I repeat. ${said}${next}`);
};

/** A page for a webhook: as Standard Webhooks have it, a type, a time, and what it is about. */
export const renderWebhook = (page: Page, link: string) => {
  const { facts } = page;
  return {
    type: `homeward.page.${page.purpose}`,
    timestamp: toIso(page.createdAt),
    data: {
      pageId: page.pageId,
      alertId: page.alertId,
      sequence: page.sequence,
      wearer: { wearerId: page.wearerId, name: facts.wearerName },
      isExercise: page.facts.isExercise ?? false,
      severity: page.severity,
      kind: page.conditionKind,
      what: happened(facts),
      where: where(facts),
      since: toIso(facts.violation.openedAt),
      howSure: howSure(facts)[0] ?? null,
      toDo: toDo(facts),
      link,
    },
  };
};
