import type { Instant } from '../model/instant.ts';

const formats = new Map<string, Intl.DateTimeFormat[]>();

/** British names first (GMT, BST), then American ones (EST): each locale knows only its own. */
const formatsFor = (timeZone: string): Intl.DateTimeFormat[] => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = ['en-GB', 'en-US', 'en-AU'].map(
    (locale) =>
      new Intl.DateTimeFormat(locale, {
        timeZone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZoneName: 'short',
      }),
  );
  formats.set(timeZone, made);
  return made;
};

const zoneName = (made: readonly Intl.DateTimeFormat[], at: Instant): string => {
  const names = made.flatMap((format) =>
    format.formatToParts(at).flatMap(({ type, value }) => (type === 'timeZoneName' ? [value] : [])),
  );
  const short = names.find((name) => !/[+\u2212-]/.test(name));
  return short ?? (names[0] ?? 'UTC').replace('GMT', 'UTC');
};

/**
 * An instant for people, on the wall clock of an IANA zone: "Sat 21 Nov 19:05 GMT", or with an
 * offset where a zone has no short name in English, "Sat 21 Nov 19:05 UTC+5:30". The name tells the
 * two readings apart on the night that clocks are put back. The first call in a process takes about
 * 20 ms. Throws a RangeError for an unknown zone.
 */
export const formatLocal = (at: Instant, timeZone: string): string => {
  const made = formatsFor(timeZone);
  const parts = made[0]?.formatToParts(at) ?? [];
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  const month = part('month').slice(0, 3);
  return `${part('weekday')} ${part('day')} ${month} ${time} ${zoneName(made, at)}`;
};

/**
 * The same to the second and with its year, for documents: "Sat 21 Nov 2026 19:05:09 GMT". Throws a
 * RangeError for an unknown zone.
 */
export const formatLocalInFull = (at: Instant, timeZone: string): string => {
  const fields = formatInFull(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    fields.find((one) => one.type === type)?.value ?? '';
  const date = `${part('weekday')} ${part('day')} ${part('month').slice(0, 3)} ${part('year')}`;
  const time = `${part('hour')}:${part('minute')}:${part('second')}`;
  return `${date} ${time} ${zoneName(formatsFor(timeZone), at)}`;
};

const fullFormats = new Map<string, Intl.DateTimeFormat>();

const formatInFull = (timeZone: string): Intl.DateTimeFormat => {
  const known = fullFormats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  });
  fullFormats.set(timeZone, made);
  return made;
};
