import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { type LocalClock, read, readClock, wallTimeAt } from '#domain/time/local-clock.ts';
import { readInZone } from '#domain/time/local-reading.ts';
import { at } from './compiled.ts';

const wall = (text: string): number => Date.parse(`${text}Z`);
const london = (from = '2026-01-01T00:00Z', until = '2027-01-01T00:00Z'): LocalClock =>
  readClock('Europe/London', at(from), at(until));

describe('the clock of a zone', () => {
  it('shows at an instant what people there read, to the millisecond about a change', () => {
    const clock = london();
    expect(wallTimeAt(clock, at('2026-03-29T00:59:59Z'))).toBe(wall('2026-03-29T00:59:59'));
    expect(wallTimeAt(clock, at('2026-03-29T01:00:00Z'))).toBe(wall('2026-03-29T02:00:00'));
    expect(wallTimeAt(clock, instant(at('2026-10-25T01:00:00Z') - 1))).toBe(
      wall('2026-10-25T02:00:00') - 1,
    );
    expect(wallTimeAt(clock, at('2026-10-25T01:00:00Z'))).toBe(wall('2026-10-25T01:00:00'));
  });

  it.each<[string, string, object]>([
    [
      'the first time after a gap',
      '2026-03-29T02:00:00',
      { kind: 'once', at: at('2026-03-29T01:00:00Z') },
    ],
    [
      'the first time that a gap swallows',
      '2026-03-29T01:00:00',
      { kind: 'never', nextAt: at('2026-03-29T01:00:00Z') },
    ],
    [
      'the first time that comes twice',
      '2026-10-25T01:00:00',
      { kind: 'twice', firstAt: at('2026-10-25T00:00:00Z'), lastAt: at('2026-10-25T01:00:00Z') },
    ],
    [
      'the first time after those that come twice',
      '2026-10-25T02:00:00',
      { kind: 'once', at: at('2026-10-25T02:00:00Z') },
    ],
  ])('reads %s', (_, text, reading) => {
    expect(read(london(), wall(text))).toEqual(reading);
  });

  it('knows the changes of some days before and after what it was asked for', () => {
    const before = london('2026-03-30T12:00Z', '2026-05-01T00:00Z');
    expect(before.periods.map(({ startAt }) => startAt)).toContain(at('2026-03-29T01:00Z'));
    const after = london('2026-05-01T00:00Z', '2026-10-24T00:00Z');
    expect(after.periods.map(({ startAt }) => startAt)).toContain(at('2026-10-25T01:00Z'));
    const neither = london('2026-05-01T00:00Z', '2026-10-20T00:00Z');
    expect(neither.periods).toHaveLength(1);
  });
});

describe('a local time as somebody wrote it', () => {
  it.each<[string, string, readonly string[]]>([
    ['2026-10-25T01:30', 'twice', ['2026-10-25T01:30+01:00', '2026-10-25T01:30+00:00']],
    ['2026-10-25T01:30:15', 'twice', ['2026-10-25T01:30:15+01:00', '2026-10-25T01:30:15+00:00']],
    ['2026-03-29T01:30', 'never', ['2026-03-29T00:30+00:00', '2026-03-29T02:30+01:00']],
    [
      '2026-06-01T10:00+02:00',
      'wrong-offset',
      ['2026-06-01T10:00+01:00', '2026-06-01T10:00+01:00'],
    ],
  ])('%s comes %s, and the choices say how to write it', (text, kind, choices) => {
    expect(readInZone(text, 'Europe/London')).toEqual({ kind, choices });
  });

  it.each([
    ['2026-06-01T10:00', '2026-06-01T09:00Z'],
    ['2026-06-01T10:00+01:00', '2026-06-01T09:00Z'],
    ['2026-10-25T01:30+00:00', '2026-10-25T01:30Z'],
  ])('%s is one instant', (text, iso) => {
    expect(readInZone(text, 'Europe/London')).toEqual({ kind: 'once', at: at(iso) });
  });
});
