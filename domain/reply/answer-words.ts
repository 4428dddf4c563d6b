import type { Refusal } from '../escalate/alert-commands.ts';
import type { Alert } from '../model/alert.ts';
import { toGsmText } from '../notify/gsm-text.ts';
import { happened } from '../notify/words.ts';
import { formatLocal } from '../time/local-time.ts';

/** What came of a text reply. */
export type Replied =
  | Readonly<{ came: 'taken' | 'taken-by-first' | 'yours-already' | 'handed-on'; code: string }>
  | Readonly<{ came: 'refused'; refusal: Refusal; actor: string | null }>;

/** One part of a text message in the GSM alphabet. */
const LONGEST_ANSWER = 160;

const short = (text: string): string => toGsmText(text).slice(0, LONGEST_ANSWER);

const about = ({ wearerId, facts }: Alert): string => `${wearerId}, ${happened(facts)}`;

const refusedWords = (alert: Alert, { code, at }: Refusal, actor: string | null): string => {
  const when = at === null ? '' : ` ${formatLocal(at, alert.facts.timeZone)}`;
  switch (code) {
    case 'already-acknowledged':
      return `${actor ?? 'Somebody else'} took it${when}. Nothing for you to do`;
    case 'already-closed':
      return `${actor === null ? 'It was closed' : `${actor} closed it`}${when}`;
    case 'stale-epoch': {
      const changed = actor === null ? '' : ` (${actor},${when})`;
      return `Not handed on: it has changed since your page${changed}. See the latest page`;
    }
    case 'second-person-needed':
      return 'It needs two people';
    case 'alert-unknown':
      return 'It is not on record any more';
    case 'disposition-not-for-class':
      return 'It is not closed so';
    case 'liaison-not-told':
    case 'for-people-alone':
    case 'was-not-so':
    case 'court-hears-last':
      return 'They cannot be told of it';
    default:
      return code satisfies never;
  }
};

/**
 * What somebody is told who replied about an alert: once, in one part of a text message. It names
 * the alert by ids and kind, nobody by name but who acted before them.
 */
export const answerWords = (alert: Alert, replied: Replied): string => {
  switch (replied.came) {
    case 'taken':
      return short(`You have it: ${about(alert)}. Reply ${replied.code} PASS to hand it on.`);
    case 'taken-by-first':
      return short(`Noted: ${about(alert)}. A second person has to take it too; paging goes on.`);
    case 'yours-already':
      return short(`You have it already: ${about(alert)}.`);
    case 'handed-on':
      return short(`Handed on: ${about(alert)}. The next are told now.`);
    case 'refused':
      return short(`${refusedWords(alert, replied.refusal, replied.actor)}: ${about(alert)}.`);
    default:
      return replied satisfies never;
  }
};

/** To whoever gave a code that is none of theirs, or no more. */
export const unknownCodeWords = (code: string): string =>
  `${code} is no code of yours, or has expired. Nothing was changed. ` +
  'Use the link of your latest page.';

/** To whoever wrote what we do not understand. */
export const UNCLEAR_WORDS =
  'Nothing was changed. Reply with the code of a page alone, such as 4K7, to take it; ' +
  '4K7 PASS hands it on.';
