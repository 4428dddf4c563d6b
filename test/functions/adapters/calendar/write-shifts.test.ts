import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { type CalendarEntry, writeShifts } from '#functions/adapters/calendar/write-shifts.ts';
import { atIso } from '#test/support/rotas.ts';

const NOW = atIso('2026-03-02T20:01:00Z');

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));

const entry = (fields: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: 'demo.nights.officer.1@homeward',
  startAt: atIso('2026-03-03T09:00:00Z'),
  endAt: atIso('2026-03-04T09:00:00Z'),
  summary: 'On call: Nights',
  ...fields,
});

describe('a calendar of shifts', () => {
  it('is written as RFC 5545 has it', () => {
    expect(writeShifts('On call', [entry()], NOW).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Homeward//Shifts//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:On call',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VEVENT',
      'UID:demo.nights.officer.1@homeward',
      'DTSTAMP:20260302T200100Z',
      'DTSTART:20260303T090000Z',
      'DTEND:20260304T090000Z',
      'SUMMARY:On call: Nights',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('without shifts is still a calendar', () => {
    expect(eventsIn(writeShifts('On call', [], NOW))).toEqual([]);
  });

  const anyEntry = fc
    .record({
      summary: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
      startSeconds: fc.integer({ min: 0, max: 4_000_000_000 }),
      seconds: fc.integer({ min: 1, max: 10_000_000 }),
    })
    .map(({ summary, startSeconds, seconds }) =>
      entry({
        summary,
        startAt: instant(startSeconds * 1000),
        endAt: instant((startSeconds + seconds) * 1000),
      }),
    );

  it('parses back to what it says, whatever a rota is called', () => {
    fc.assert(
      fc.property(anyEntry, (one) => {
        const [event] = eventsIn(writeShifts('On call', [one], NOW));
        expect(event?.summary).toBe(one.summary.replace(/\p{Cc}+/gu, ' '));
        expect(event?.uid).toBe(one.uid);
        expect(event?.startDate.toJSDate().getTime()).toBe(one.startAt);
        expect(event?.endDate.toJSDate().getTime()).toBe(one.endAt);
      }),
    );
  });

  it('has lines that end in CRLF and have at most 75 octets, whatever a rota is called', () => {
    fc.assert(
      fc.property(anyEntry, (one) => {
        const text = writeShifts(one.summary.slice(0, 100), [one], NOW);
        expect(text.endsWith('\r\n')).toBe(true);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        }
      }),
    );
  });
});
