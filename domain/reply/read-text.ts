import { isCode } from './reply-code.ts';

/** What somebody wants who texts us. */
export type Wish =
  | Readonly<{ kind: 'take' | 'hand-on'; code: string }>
  /** No more texts, or texts again. */
  | Readonly<{ kind: 'stop' | 'start' }>
  | Readonly<{ kind: 'unclear' }>;

/**
 * The words that carriers and AWS take for an end of messages, and for their return.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html
 */
const STOP = new Set([
  'STOP',
  'STOPALL',
  'ARRET',
  'CANCEL',
  'END',
  'QUIT',
  'UNSUBSCRIBE',
  'OPTOUT',
]);
const START = new Set(['START', 'UNSTOP', 'UNARRET']);
const TAKE = new Set(['OK', 'YES', 'TAKE', 'ACK', 'MINE']);
const HAND_ON = new Set(['PASS', 'NEXT']);
const FILLING = new Set(['REPLY', 'CODE']);

/** Nobody answers a page at greater length; what does is not read. */
const LONGEST_TEXT = 160;

const UNCLEAR: Wish = { kind: 'unclear' };

/**
 * Reads a reply: a code takes the alert, a code and PASS hands it on, STOP and START alone are what
 * they are. Anything else is unclear, whatever code is in it: "4K7 not me" must take nothing.
 */
export const readText = (text: string): Wish => {
  if (text.length > LONGEST_TEXT) return UNCLEAR;
  const words = text.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const [only, ...others] = words;
  if (only === undefined) return UNCLEAR;
  if (others.length === 0 && STOP.has(only)) return { kind: 'stop' };
  if (others.length === 0 && START.has(only)) return { kind: 'start' };
  const codes = words.filter(isCode);
  const [code] = codes;
  if (code === undefined || codes.length > 1) return UNCLEAR;
  const wishes = words.filter((word) => !isCode(word) && !FILLING.has(word));
  if (wishes.every((word) => TAKE.has(word))) return { kind: 'take', code };
  return wishes.every((word) => HAND_ON.has(word)) ? { kind: 'hand-on', code } : UNCLEAR;
};
