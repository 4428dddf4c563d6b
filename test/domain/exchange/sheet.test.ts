import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HISTORY_GROUPS, type HistoryGroup } from '#domain/exchange/record-transfer.ts';
import {
  fitting,
  MOST_LINES,
  MOST_SHEET_BYTES,
  readSheet,
  writeSheet,
} from '#domain/exchange/sheet.ts';
import { LINES, STRETCH, sha256 } from './made-lines.ts';

const stated = (group: HistoryGroup) => ({
  ...{ group, subjectId: '2024/0117 B', source: { system: 'Vendor A', agency: null } },
  ...{ ...STRETCH, sheet: 3, isLast: false, linesBefore: 8_000 },
});
const write = (group: HistoryGroup, lines: readonly object[]): string =>
  writeSheet(
    stated(group),
    lines.map((line) => JSON.stringify(line)),
    sha256,
  );
const read = (text: string) => readSheet(text, sha256);

const sheets = fc
  .constantFrom(...HISTORY_GROUPS)
  .chain((group) => fc.array(LINES[group], { maxLength: 12 }).map((lines) => ({ group, lines })));

describe('a sheet', () => {
  it('comes back as it was written, whatever its lines hold', () => {
    fc.assert(
      fc.property(sheets, ({ group, lines }) => {
        const back = read(write(group, lines));
        const asText = (all: readonly object[]) =>
          all.map((line) => JSON.parse(JSON.stringify(line)));
        expect(back).toMatchObject({ ok: true, manifest: { group, lines: lines.length } });
        expect(back.ok && asText(back.lines)).toEqual(asText(lines));
      }),
    );
  });

  it('is refused where one letter of a line was changed', () => {
    fc.assert(
      fc.property(
        sheets,
        fc.nat(),
        fc.integer({ min: 1, max: 0xff }),
        ({ group, lines }, n, by) => {
          const text = write(group, lines);
          const begins = text.indexOf('\n') + 1;
          fc.pre(text.length > begins);
          const at = begins + (n % (text.length - begins));
          const other = String.fromCharCode(text.charCodeAt(at) ^ by);
          fc.pre(!/[\ud800-\udfff]/.test(text.charAt(at) + other));
          expect(read(text.slice(0, at) + other + text.slice(at + 1)).ok).toBe(false);
        },
      ),
    );
  });

  it('is refused where it was cut off anywhere', () => {
    fc.assert(
      fc.property(sheets, fc.nat(), ({ group, lines }, n) => {
        fc.pre(lines.length > 0);
        const text = write(group, lines);
        expect(read(text.slice(0, n % text.length)).ok).toBe(false);
      }),
    );
  });

  it('is refused with a reason where it is anything else, and never throws', () => {
    const manifest = write('locations', []);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => manifest + json),
        ),
        (text) => {
          const back = read(text);
          expect(back.ok).toBe(false);
          expect(!back.ok && back.problems[0]?.message).toMatch(/\w/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('ends before it is too large for whoever reads it', () => {
    const long = 'x'.repeat(380_000);
    expect(fitting(Array.from({ length: 9_000 }, () => 'x'))).toBe(MOST_LINES);
    expect(fitting([])).toBe(0);
    expect(fitting(['x'.repeat(MOST_SHEET_BYTES)])).toBe(1);
    expect(fitting([long, long, long, long])).toBe(3);
    expect(fitting(Array.from({ length: 9 }, () => '\u{1F600}'.repeat(50_000)))).toBe(4);
  });
});

const FIX = {
  ...{ kind: 'fix', deviceId: 'T-1', activationId: null, sequence: null },
  ...{ recordedAt: '2026-03-02T20:00:00+01:00', receivedAt: null, lat: 51.5, lon: -0.1 },
  ...{ accuracyMetres: 8, accuracyPercentile: 68, source: 'gnss', speedMps: null },
  ...{ headingDegrees: null, satellites: 7, hdop: 0.9, motion: null, homeUnit: null },
};

/** The sheet of lines as they are written, each of which may be junk. */
const sheetOf = (...lines: readonly string[]): string =>
  writeSheet(stated('locations'), lines, sha256);
const broken = (fields: object): string => JSON.stringify({ ...FIX, ...fields });
const GOOD = JSON.stringify(FIX);

describe('a line that cannot be kept is refused by its number and field', () => {
  it('while those beside it are sound', () => {
    expect(read(sheetOf(GOOD, GOOD)).ok).toBe(true);
    const back = read(sheetOf(GOOD, broken({ lat: 91 }), GOOD, '{', broken({ lon: null })));
    expect(!back.ok && back.problems.map(({ line, path }) => [line, path])).toEqual([
      [3, 'lat'],
      [5, ''],
      [6, 'lon'],
    ]);
  });

  it.each([
    ['a latitude out of range', broken({ lat: 90.0001 }), 'lat'],
    ['a number too large for any', GOOD.replace('51.5', '1e400'), 'lat'],
    ['a number as text', broken({ lon: '-0.1' }), 'lon'],
    ['a count with a fraction', broken({ satellites: 1.5 }), 'satellites'],
    ['a count beyond what can be counted', broken({ sequence: 2 ** 60 }), 'sequence'],
    ['a negative accuracy', broken({ accuracyMetres: -1 }), 'accuracyMetres'],
    ['a local time', broken({ recordedAt: '2026-03-02T20:00:00' }), 'recordedAt'],
    ['a day that never was', broken({ recordedAt: '2026-02-30T20:00:00Z' }), 'recordedAt'],
    ['an instant before 1970', broken({ recordedAt: '1969-12-31T23:59:59Z' }), 'recordedAt'],
    ['milliseconds for an instant', broken({ recordedAt: 1_772_480_000_000 }), 'recordedAt'],
    ['an instant out of the stretch', broken({ recordedAt: '2025-12-31T23:59:59Z' }), 'recordedAt'],
    ['an unknown kind', broken({ kind: 'thought' }), 'kind'],
    ['an unknown source', broken({ source: 'hearsay' }), 'source'],
    ['a field that nobody knows', broken({ colour: 'red' }), ''],
    ['a missing field', GOOD.replace('"lat":51.5,', ''), 'lat'],
    ['a device without a name', broken({ deviceId: '' }), 'deviceId'],
    ['a control character in an id', broken({ deviceId: 'T\u0000' }), 'deviceId'],
    ['half a letter in an id', GOOD.replace('"T-1"', '"\\ud800"'), 'deviceId'],
    ['an id without end', broken({ deviceId: 'T'.repeat(301) }), 'deviceId'],
    [
      'too much more',
      broken({ more: Object.fromEntries([...Array(51).keys()].map((n) => [n, n])) }),
      'more',
    ],
    ['an object where a value belongs', broken({ more: { a: {} } }), 'more.a'],
    ['an empty line', '', ''],
    ['a list', '[]', ''],
    ['two values', `${GOOD} ${GOOD}`, ''],
    ['a prototype', GOOD.replace('{', '{"__proto__":{"lat":1},'), ''],
    ['a prototype in disguise', GOOD.replace('{', '{"\\u005f_proto__":{"lat":1},'), ''],
    ['a prototype within', broken({ more: { a: 1 } }).replace('"a"', '"__proto__"'), ''],
    ['a constructor', broken({ more: { constructor: 'x' } }), ''],
    ['a nest without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, ''],
    ['a byte order mark', `\u{FEFF}${GOOD}`, ''],
  ])('%s', (_, line, path) => {
    const back = read(sheetOf(GOOD, line));
    expect(!back.ok && back.problems[0]).toMatchObject({ line: 3, path });
    expect(Object.getPrototypeOf({})).not.toHaveProperty('lat');
  });

  it('and a sheet of nothing but junk is told line by line', () => {
    const back = read(sheetOf(...Array.from({ length: 300 }, () => 'junk')));
    expect(!back.ok && new Set(back.problems.map(({ line }) => line)).size).toBe(300);
  });
});

const manifestWith = (fields: object): string => {
  const [first = ''] = sheetOf(GOOD).split('\n');
  return `${JSON.stringify({ ...JSON.parse(first), ...fields })}\n${GOOD}\n`;
};

describe('a first line that does not say what follows is refused', () => {
  it.each([
    ['another form', { schema: 'homeward.record-transfer.2' }, 'schema', 1],
    ['an unknown group', { group: 'thoughts' }, 'group', 1],
    ['a sheet 0', { sheet: 0 }, 'sheet', 1],
    ['a sheet without end', { sheet: 1e9 }, 'sheet', 1],
    ['a stretch that ends before it begins', { to: '2025-01-01T00:00:00Z' }, 'to', 1],
    ['nobody', { subjectId: '' }, 'subjectId', 1],
    ['more lines than came', { lines: 2 }, '', 0],
    ['fewer lines than came', { lines: 0 }, '', 0],
    ['lines below nothing', { lines: -1 }, 'lines', 1],
    ['another digest', { sha256: '0'.repeat(64) }, '', 0],
    ['a digest in large letters', { sha256: 'A'.repeat(64) }, 'sha256', 1],
    ['something that nobody knows', { note: 'hello' }, '', 1],
  ])('%s', (_, fields, path, line) => {
    const back = read(manifestWith(fields));
    expect(!back.ok && back.problems[0]).toMatchObject({ line, path });
  });

  it('and more lines than a sheet has', () => {
    const back = read(sheetOf(...Array.from({ length: MOST_LINES + 1 }, () => GOOD)));
    expect(!back.ok && back.problems[0]).toMatchObject({ code: 'too-many-lines', line: 0 });
  });
});
