import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whatIsProven } from '#domain/record/verdict.ts';
import {
  AGENCY_KEY,
  CHAIN,
  entryOf,
  exportOf,
  openingsOf,
  saltOf,
  textOf,
} from '#test/support/exported.ts';
import { verified } from '#test/support/verified.ts';

describe('given an export that nobody has touched', () => {
  it('is intact, and says up to where it is anchored', () => {
    const text = textOf(exportOf({ openings: openingsOf(12), positions: [4, 4, 9] }));
    const verdict = verified(text, { chain: CHAIN, keyId: AGENCY_KEY.keyId });
    expect(verdict).toMatchObject({
      ...{ problems: 0, first: null, entries: 12, anchors: 3, chain: CHAIN },
      held: { number: 3, position: 9, keyId: AGENCY_KEY.keyId },
    });
    expect(whatIsProven(verdict, true).join('\n')).toContain('3 entries after that');
  });

  it.each([
    ['of no entry', 0, []],
    ['of one', 1, [1]],
    ['that no anchor holds yet', 3, []],
  ])('is intact %s', (_, count, positions) => {
    expect(verified(textOf(exportOf({ openings: openingsOf(count), positions })))).toMatchObject({
      ...{ problems: 0, entries: count },
    });
  });

  it('is intact with an entry erased, where a later one says why', () => {
    const gone = entryOf(2).name;
    const erasure = entryOf(5, { type: 'erased', body: { names: [gone], reason: 'kept 6 years' } });
    const openings = [...openingsOf(4), { salt: saltOf(5), entry: erasure }];
    const verdict = verified(textOf(exportOf({ openings, positions: [5], erased: [2] })));
    expect(verdict).toMatchObject({ problems: 0, erased: 1, entries: 5 });
  });

  it('claims nothing of what is not in the chain yet', () => {
    const unsealed = [entryOf(9)];
    const verdict = verified(
      textOf(exportOf({ openings: openingsOf(2), positions: [], unsealed })),
    );
    expect(verdict).toMatchObject({ problems: 0, unsealed: 1, held: null });
    expect(whatIsProven(verdict, false).join('\n')).toContain('1 entry that was not in the chain');
  });

  it('is intact whatever the order of names in its lines', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([k, v]) => [k, turned(v)]),
      );
    };
    const lines = exportOf({ openings: openingsOf(3), positions: [2] });
    expect(verified(textOf(lines.map(turned)))).toMatchObject({ problems: 0 });
  });
});

describe('given an export of which one letter was changed', () => {
  const lines = exportOf({ openings: openingsOf(6), positions: [2, 5] });
  const text = textOf(lines);
  const meaningOf = (one: string): string => {
    try {
      return one
        .split('\n')
        .map((line) => JSON.stringify(line && JSON.parse(line)))
        .join('\n');
    } catch {
      // Record: what is no JSON means something else.
      return one;
    }
  };

  it('is not intact, if it means anything else', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.integer({ min: 32, max: 126 }), (at, letter) => {
        const changed = `${text.slice(0, at)}${String.fromCharCode(letter)}${text.slice(at + 1)}`;
        fc.pre(meaningOf(changed) !== meaningOf(text));
        const { problems, first } = verified(changed);
        expect(problems).toBeGreaterThan(0);
        expect(first?.message).toMatch(/\w/);
      }),
      { numRuns: 300 },
    );
  });

  it('is not intact with a line less, or one in another place', () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(lines.length - 1), (from, to) => {
        const without = lines.filter((_, i) => i !== from);
        expect(verified(textOf(without)).problems).toBeGreaterThan(0);
        fc.pre(from !== to);
        const moved = without.toSpliced(to, 0, ...lines.slice(from, from + 1));
        expect(verified(textOf(moved)).problems).toBeGreaterThan(0);
      }),
    );
  });
});
