import { describe, expect, it } from 'vitest';
import { box, multi, polygon, refusals, shell } from './zone-refusals.ts';

describe('a ring that meets itself', () => {
  it('is refused with both edges and the place', () => {
    expect(
      refusals(
        polygon([
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ]),
      ),
    ).toEqual([
      [
        'self-intersection',
        'coordinates.0.0',
        'the ring meets itself: edge 0 ([0, 0] to [1, 1]) crosses edge 2 ([1, 0] to [0, 1]) at [0.5, 0.5]',
      ],
    ]);
  });

  it('names edges by the positions as they were sent, repeated ones counted', () => {
    const [problem] = refusals(
      polygon([
        [0, 0],
        [0, 0],
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
    );
    expect(problem?.[1]).toBe('coordinates.0.2');
    expect(problem?.[2]).toContain('edge 4 ([1, 0] to [0, 1])');
  });

  it.each<[string, number[][]]>([
    [
      'a spike',
      [
        [0, 0],
        [2, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
    ],
    [
      'a spike at its start',
      [
        [1, 0],
        [3, 0],
        [2, 0],
        [2, 1],
        [0, 1],
        [0, 0],
        [1, 0],
      ].map(([x = 0, y = 0]) => [x / 10, y / 10]),
    ],
    [
      'a corner that touches an edge',
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 0],
        [0, 4],
        [0, 0],
      ],
    ],
    [
      'two corners in one place',
      [
        [0, 0],
        [2, 0],
        [1, 1],
        [2, 2],
        [0, 2],
        [1, 1],
        [0, 0],
      ],
    ],
    [
      'a crossing across the antimeridian',
      [
        [179, 0],
        [-179, 1],
        [-179, 0],
        [179, 1],
        [179, 0],
      ],
    ],
  ])('is refused for %s', (_, ring) => {
    expect(refusals(polygon(ring)).map(([code]) => code)).toContain('self-intersection');
  });
});

describe('rings that do not fit together', () => {
  it.each<[string, unknown, string, string, RegExp]>([
    [
      'a hole across the shell',
      polygon(shell, box(0.5, 0.4, 1.5, 0.6)),
      'rings-cross',
      'coordinates.0.1',
      /crosses edge . .* of coordinates\[1\]/,
    ],
    [
      'a hole outside',
      polygon(shell, box(2, 2, 3, 3)),
      'hole-outside',
      'coordinates.1',
      /inside its shell/,
    ],
    [
      'a hole round the shell',
      polygon(box(0.2, 0.2, 0.3, 0.3), shell),
      'hole-outside',
      'coordinates.1',
      /inside its shell/,
    ],
    [
      'a hole along the shell',
      polygon(shell, box(0, 0.2, 0.5, 0.4)),
      'rings-touch',
      'coordinates.0.3',
      /runs along/,
    ],
    [
      'a hole that touches the shell twice',
      polygon(shell, [
        [0, 0.5],
        [0.5, 0.2],
        [1, 0.5],
        [0.5, 0.8],
        [0, 0.5],
      ]),
      'rings-touch',
      'coordinates.0.1',
      /one point only/,
    ],
    [
      'a hole in a hole',
      polygon(shell, box(0.2, 0.2, 0.8, 0.8), box(0.4, 0.4, 0.6, 0.6)),
      'hole-in-hole',
      'coordinates.2',
      /coordinates\[1\]/,
    ],
    [
      'parts that cross',
      multi([shell], [box(0.5, 0.5, 1.5, 1.5)]),
      'rings-cross',
      'coordinates.0.0.1',
      /coordinates\[1\]\[0\]/,
    ],
    [
      'a part inside another',
      multi([shell], [box(0.4, 0.4, 0.6, 0.6)]),
      'parts-overlap',
      'coordinates.1.0',
      /coordinates\[0\]\[0\]/,
    ],
    [
      'the same part twice',
      multi([shell], [shell]),
      'rings-touch',
      'coordinates.0.0.0',
      /runs along/,
    ],
    [
      'parts with an edge in common',
      multi([shell], [box(1, 0, 2, 1)]),
      'rings-touch',
      'coordinates.0.0.1',
      /join them/,
    ],
  ])('are refused for %s', (_, input, code, path, message) => {
    const problems = refusals(input);
    expect(problems).toContainEqual([
      code,
      expect.stringContaining(path),
      expect.stringMatching(message),
    ]);
    expect(new Set(problems.map(([c]) => c)).size).toBe(1);
  });

  it('stop at a hundred contacts', () => {
    const comb = (dx: number, dy: number): number[][] => {
      const teeth = Array.from({ length: 60 }, (_, i) => [
        [dx + i, dy],
        [dx + i + 0.5, dy + 60],
      ]).flat();
      return [...teeth, [dx + 60, dy - 1], [dx, dy - 1], [dx, dy]].map(([x = 0, y = 0]) => [
        x / 100,
        y / 100,
      ]);
    };
    const across = comb(0, 0).map(([x = 0, y = 0]) => [y, x]);
    const { length } = refusals(multi([comb(0, 0)], [across]));
    expect(length).toBeGreaterThan(50);
    expect(length).toBeLessThanOrEqual(100);
  });
});
