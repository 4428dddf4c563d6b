import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Manifest, manifestSchema } from '#domain/exchange/record-transfer.ts';
import { standingOf } from '#domain/exchange/whole-group.ts';
import { STRETCH } from './made-lines.ts';

const manifest = (fields: object): Manifest =>
  manifestSchema.parse({
    ...{ schema: 'homeward.record-transfer.1', group: 'locations', subjectId: 'w-1', ...STRETCH },
    ...{ source: { system: 'homeward', agency: 'demo' }, sha256: '0'.repeat(64), ...fields },
  });

/** The sheets of a group, of as many lines each as told. */
const groupOf = (counts: readonly number[]): Manifest[] =>
  counts.map((lines, i) => {
    const linesBefore = counts.slice(0, i).reduce((sum, count) => sum + count, 0);
    return manifest({ sheet: i + 1, isLast: i === counts.length - 1, lines, linesBefore });
  });

const groups = fc.array(fc.nat(4_000), { minLength: 1, maxLength: 12 }).map(groupOf);

describe('a group', () => {
  it('is whole with all its sheets, in whatever order they come', () => {
    fc.assert(
      fc.property(groups, fc.infiniteStream(fc.nat()), (sheets, order) => {
        const shuffled = sheets
          .map((sheet) => ({ sheet, by: order.next().value ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ sheet }) => sheet);
        const lines = sheets.reduce((sum, one) => sum + one.lines, 0);
        expect(standingOf(shuffled)).toEqual({
          ...{ sheets: sheets.length, lines, missing: [], problems: [], isWhole: true },
        });
      }),
    );
  });

  it('is not whole without any one of them', () => {
    fc.assert(
      fc.property(groups, fc.nat(), (sheets, n) => {
        const lost = n % sheets.length;
        expect(standingOf(sheets.filter((_, i) => i !== lost)).isWhole).toBe(false);
      }),
    );
  });

  it('is not whole with a sheet of another length, export or number among them', () => {
    const [first, second, third] = groupOf([10, 20, 30]);
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('three');
    const told = (...sheets: Manifest[]) => standingOf(sheets).problems.join('; ');
    expect(told(first, { ...second, lines: 19 }, third)).toMatch(/sheet 3 has 30 .*, and 29 came/);
    expect(told(first, { ...second, subjectId: 'w-2' }, third)).toMatch(/sheet 2 is of another/);
    expect(told(first, { ...second, to: '2028-01-01T00:00:00Z' }, third)).toMatch(/of another/);
    expect(told(first, second, second, third)).toMatch(/sheet 2 stands there twice/);
    expect(told(first, { ...second, isLast: true }, third)).toMatch(/sheet 3 comes after the last/);
  });

  it('names what is missing, a hundred at most', () => {
    const [first] = groupOf([1, 1]);
    const far = { ...first, sheet: 99_999_999, isLast: true };
    const standing = standingOf([manifest(far)]);
    expect(standing).toMatchObject({ isWhole: false, sheets: 1 });
    expect(standing.missing).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(standingOf([]).isWhole).toBe(false);
  });
});
