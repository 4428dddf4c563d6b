import { Temporal } from 'temporal-polyfill';
import { type Instant, instant } from '../model/instant.ts';

/** What a written local time means in a zone; `choices` are the two ways of saying it plainly. */
export type LocalReading =
  | Readonly<{ kind: 'once'; at: Instant }>
  | Readonly<{ kind: 'twice' | 'never' | 'wrong-offset'; choices: readonly [string, string] }>;

const OFFSET = /([+-]\d{2}:\d{2}|Z)$/;

const write = (at: Temporal.ZonedDateTime): string =>
  at.toString({ timeZoneName: 'never', smallestUnit: at.second === 0 ? 'minute' : 'second' });

/**
 * Reads a local date and time, as 2026-10-25T01:30 or 2026-10-25T01:30+01:00, in an IANA zone. For
 * a time that never comes the choices are what it would be by the offset after and before the
 * change.
 */
export const readInZone = (text: string, timeZone: string): LocalReading => {
  const local = Temporal.PlainDateTime.from(text.replace(OFFSET, ''));
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
  const choices = [write(earlier), write(later)] as const;
  const isShown = earlier.toPlainDateTime().equals(local);
  const [offset] = OFFSET.exec(text) ?? [];
  const at = offset === undefined ? earlier.epochMilliseconds : Date.parse(text);
  const isMeant = [earlier, later].some((one) => one.epochMilliseconds === at);
  if (!isShown) return { kind: 'never', choices };
  if (!isMeant) return { kind: 'wrong-offset', choices };
  const isTwice = earlier.epochMilliseconds !== later.epochMilliseconds;
  if (isTwice && offset === undefined) return { kind: 'twice', choices };
  return { kind: 'once', at: instant(Math.max(0, at)) };
};

/** Why a written time does not say when it is, and how to write it instead. */
export type ReadingProblem = Readonly<{
  code: 'ambiguous-time' | 'missing-time' | 'wrong-offset';
  message: string;
}>;

/** What is wrong with a written local time in an IANA zone, both readings shown; null: nothing. */
export const readingProblem = (text: string, timeZone: string): ReadingProblem | null => {
  const reading = readInZone(text, timeZone);
  if (reading.kind === 'once') return null;
  const [first, second] = reading.choices;
  const say = `write ${first} or ${second}`;
  if (reading.kind === 'twice') {
    const message = `${text} comes twice in ${timeZone}, where clocks are put back: ${say}`;
    return { code: 'ambiguous-time', message };
  }
  if (reading.kind === 'never') {
    const message = `${text} does not exist in ${timeZone}, where clocks are put forward: ${say}`;
    return { code: 'missing-time', message };
  }
  const message = `${text} has an offset that ${timeZone} does not have then: ${say}`;
  return { code: 'wrong-offset', message };
};
