import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GridPoint, sideOf, turn } from '#domain/geo/grid.ts';

const exact = (a: GridPoint, b: GridPoint, c: GridPoint): number => {
  const [abx, aby, acx, acy] = [b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y].map(BigInt);
  const cross = (abx ?? 0n) * (acy ?? 0n) - (aby ?? 0n) * (acx ?? 0n);
  return cross > 0n ? 1 : cross < 0n ? -1 : 0;
};

describe('the way three points turn', () => {
  it('is exact for points as far apart as a zone is wide', () => {
    const far = fc.integer({ min: -900_000_000, max: 900_000_000 });
    const point = fc.record({ x: far, y: far });
    fc.assert(
      fc.property(point, point, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, t) => {
        const near = { x: Math.round(a.x + t * (b.x - a.x)), y: Math.round(a.y + t * (b.y - a.y)) };
        expect(Math.sign(turn(a, b, near))).toBe(exact(a, b, near));
      }),
    );
  });

  it.each([
    [524_999_999, 225_000_000],
    [349_999_997, 149_999_999],
    [174_999_995, 74_999_998],
    [524_999_992, 224_999_997],
  ])('is told for %d, %d, where doubles cannot', (x, y) => {
    const [a, b] = [
      { x: 0, y: 0 },
      { x: 700_000_001, y: 300_000_001 },
    ];
    const c = { x, y };
    const mirrored = { x: b.x - x, y: b.y - y };
    expect(b.x * y - b.y * x).not.toBe(Number(BigInt(b.x) * BigInt(y) - BigInt(b.y) * BigInt(x)));
    expect(Math.sign(turn(a, b, c))).toBe(exact(a, b, c));
    expect(Math.sign(turn(a, b, mirrored))).toBe(-exact(a, b, c));
  });
});

describe('a point beside a ring', () => {
  const ring = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 5, y: 5 },
    { x: 0, y: 10 },
  ];

  it.each([
    [5, 2, 'inside'],
    [5, 5, 'edge'],
    [5, 6, 'outside'],
    [2, 5, 'inside'],
    [0, 0, 'edge'],
    [10, 5, 'edge'],
    [3, 0, 'edge'],
    [11, 5, 'outside'],
    [-1, 0, 'outside'],
    [-1, 10, 'outside'],
  ])('at %d, %d is %s', (x, y, side) => {
    expect(sideOf({ x, y }, ring)).toBe(side);
    expect(sideOf({ x, y }, ring.toReversed())).toBe(side);
  });
});
