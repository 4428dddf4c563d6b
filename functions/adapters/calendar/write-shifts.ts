import ICAL from 'ical.js';
import { type Instant, toIso } from '#domain/model/instant.ts';

/** One entry of a calendar: `uid` stays the same as long as the entry does. */
export type CalendarEntry = Readonly<{
  uid: string;
  startAt: Instant;
  endAt: Instant;
  summary: string;
}>;

// A line has at most 75 octets; the library does not count the space that a folded one begins with.
ICAL.foldLength = 74;

/** Calendars ask again after this time, those that heed it. */
const REFRESH = 'PT1H';

/** What no line of a calendar may hold. */
const CONTROLS = /\p{Cc}+/gu;

const plain = (text: string): string => text.replace(CONTROLS, ' ');

const utc = (at: Instant) => ICAL.Time.fromDateTimeString(`${toIso(at).slice(0, 19)}Z`);

/**
 * Writes a calendar (RFC 5545) in UTC, which every program shows by its own clock. `stampedAt` is
 * when its content was last known to have changed.
 */
export const writeShifts = (
  name: string,
  entries: readonly CalendarEntry[],
  stampedAt: Instant,
): string => {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Homeward//Shifts//EN');
  calendar.addPropertyWithValue('calscale', 'GREGORIAN');
  calendar.addPropertyWithValue('method', 'PUBLISH');
  calendar.addPropertyWithValue('x-wr-calname', plain(name));
  calendar.addPropertyWithValue('x-published-ttl', REFRESH);
  for (const { uid, startAt, endAt, summary } of entries) {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', uid);
    event.addPropertyWithValue('dtstamp', utc(stampedAt));
    event.addPropertyWithValue('dtstart', utc(startAt));
    event.addPropertyWithValue('dtend', utc(endAt));
    event.addPropertyWithValue('summary', plain(summary));
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
};
