import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRead, readEvent } from '#domain/ingest/read-events.ts';
import { MAX_SEQUENCE } from '#domain/model/device-event.ts';

const FIX = {
  kind: 'fix',
  activationId: 'a-1',
  recordedAt: '2026-03-02T20:00:00Z',
  lat: 51.5,
  lon: -0.1,
};
const CHECK = { ...FIX, kind: 'check', method: 'home-unit', result: 'absent' };
const STATUS = { ...FIX, kind: 'device-status', batteryPercent: 40 };

const refusalOf = (value: unknown): readonly [string, string] => {
  const result = readEvent({ index: 7, value });
  if (isRead(result)) throw new Error('the event was read');
  expect(result.index).toBe(7);
  expect(result.message).not.toBe('');
  return [result.code, result.path];
};

describe('an event that is sound', () => {
  it.each([FIX, CHECK, STATUS])('of kind $kind is read', (value) => {
    expect(readEvent({ index: 3, value })).toMatchObject({ index: 3, event: { kind: value.kind } });
  });

  it('has what it leaves out filled in as unknown', () => {
    expect(readEvent({ index: 0, value: FIX })).toMatchObject({
      event: { sequence: 0, accuracyMetres: null, motion: 'unknown', homeUnit: 'unknown' },
    });
  });

  it('loses what we do not know', () => {
    const result = readEvent({ index: 0, value: { ...FIX, vendorTemperature: 31 } });
    expect(result).not.toHaveProperty('event.vendorTemperature');
  });

  it.each([
    ['an offset', '2026-03-02T21:00:00+01:00'],
    ['fractions of a second', '2026-03-02T20:00:00.000Z'],
  ])('may state its time with %s', (_, recordedAt) => {
    const expected = { event: { recordedAt: Date.parse(FIX.recordedAt) } };
    expect(readEvent({ index: 0, value: { ...FIX, recordedAt } })).toMatchObject(expected);
  });

  it('may carry the greatest sequence number that is kept', () => {
    expect(isRead(readEvent({ index: 0, value: { ...FIX, sequence: MAX_SEQUENCE } }))).toBe(true);
  });
});

const without = (field: string): unknown =>
  Object.fromEntries(Object.entries(FIX).filter(([name]) => name !== field));

describe('an event that is not is refused', () => {
  it.each([
    ['a number', 12, 'not-an-object', ''],
    ['nothing', null, 'not-an-object', ''],
    ['an array', [FIX], 'not-an-object', ''],
    ['an object that says nothing', {}, 'unknown-kind', 'kind'],
    ['no kind', without('kind'), 'unknown-kind', 'kind'],
    ['a kind that is none', { ...FIX, kind: 'ping' }, 'unknown-kind', 'kind'],
    ['no activation', without('activationId'), 'missing-field', 'activationId'],
    ['no time', without('recordedAt'), 'missing-field', 'recordedAt'],
    ['no latitude', without('lat'), 'missing-field', 'lat'],
    ['a local time', { ...FIX, recordedAt: '2026-03-02T20:00:00' }, 'invalid-field', 'recordedAt'],
    [
      'a time before 1970',
      { ...FIX, recordedAt: '1969-12-31T23:59:59Z' },
      'invalid-field',
      'recordedAt',
    ],
    [
      'a day that does not exist',
      { ...FIX, recordedAt: '2026-02-30T00:00:00Z' },
      'invalid-field',
      'recordedAt',
    ],
    ['an epoch number', { ...FIX, recordedAt: 1_772_000_000 }, 'invalid-field', 'recordedAt'],
    ['an id with a space', { ...FIX, activationId: 'a 1' }, 'invalid-field', 'activationId'],
    ['a source that is none', { ...FIX, source: 'magic' }, 'invalid-field', 'source'],
    ['no radius at all', { ...FIX, accuracyMetres: 0 }, 'invalid-field', 'accuracyMetres'],
    [
      'a sequence beyond 32 bits',
      { ...FIX, sequence: MAX_SEQUENCE + 1 },
      'invalid-field',
      'sequence',
    ],
    ['a result that is none', { ...CHECK, result: 'maybe' }, 'invalid-field', 'result'],
    ['a latitude beyond the pole', { ...FIX, lat: 90.1 }, 'coordinates-out-of-range', 'lat'],
    ['a latitude that is no number', { ...FIX, lat: 'x' }, 'invalid-field', 'lat'],
    ['a longitude beyond 180', { ...FIX, lon: -180.1 }, 'coordinates-out-of-range', 'lon'],
    ['a position of zeros', { ...FIX, lat: 0, lon: 0 }, 'null-island', 'lat'],
  ])('with %s', (_, value, code, path) => {
    expect(refusalOf(value)).toEqual([code, path]);
  });

  it('with the reason why its line is no JSON', () => {
    const malformed = 'this line is not JSON';
    expect(readEvent({ index: 2, malformed })).toEqual({
      index: 2,
      code: 'malformed-line',
      path: '',
      message: malformed,
    });
  });
});

describe('on the equator or the meridian', () => {
  it.each([
    { lat: 0, lon: 0.1 },
    { lat: -0.1, lon: 0 },
  ])('a position at $lat, $lon is a position', (spot) => {
    expect(isRead(readEvent({ index: 0, value: { ...FIX, ...spot } }))).toBe(true);
  });
});

describe('whatever is sent', () => {
  it('is read or refused under the index that it came with, and never throws', () => {
    const field = fc.constantFrom(...Object.keys(FIX), 'method', 'sequence', '__proto__');
    const anything = fc.oneof(fc.jsonValue(), fc.dictionary(field, fc.jsonValue()));
    fc.assert(
      fc.property(anything, fc.nat(), (value, index) => {
        expect(readEvent({ index, value }).index).toBe(index);
      }),
    );
  });
});
