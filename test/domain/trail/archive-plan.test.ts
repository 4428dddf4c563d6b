import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archivable, planArchive } from '#domain/trail/archive-plan.ts';

const dayNamed = (n: number): string => `2026-03-${String(n).padStart(2, '0')}`;
const anyDay = fc.integer({ min: 1, max: 28 }).map(dayNamed);

const anyItem: fc.Arbitrary<Archivable> = fc.record({
  days: fc.uniqueArray(anyDay, { minLength: 1, maxLength: 6 }).map((days) => days.sort()),
  archivedTo: fc.constant(null),
});

describe('given the items of a wearer', () => {
  it('puts each into every day of its events, and lets it go when all of them are due', () => {
    fc.assert(
      fc.property(fc.array(anyItem), anyDay, (items, firstKeptDay) => {
        const { days, gone, stays } = planArchive(items, firstKeptDay);
        for (const item of items) {
          for (const day of item.days) {
            expect(days.get(day)?.includes(item) ?? false).toBe(day < firstKeptDay);
          }
          const isOver = item.days.every((day) => day < firstKeptDay);
          expect(gone.includes(item)).toBe(isOver);
          expect(stays.some((stay) => stay.item === item)).toBe(!isOver);
        }
      }),
    );
  });

  it('archives every event once, whether in one go or a day at a time', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 6 }), (items) => {
        const kept = new Map<string, Set<number>>();
        let left = items.map((item, id) => ({ ...item, id }));
        for (let n = 1; n <= 29; n += 1) {
          const { days, gone, stays } = planArchive(left, dayNamed(n));
          for (const [day, some] of days) {
            for (const { id } of some) {
              const ids = kept.get(day) ?? new Set();
              expect(ids.has(id)).toBe(false);
              kept.set(day, ids.add(id));
            }
          }
          left = left
            .filter((item) => !gone.includes(item))
            .map((item) => ({
              ...item,
              archivedTo: stays.find((stay) => stay.item === item)?.archivedTo ?? null,
            }));
        }
        expect(left).toEqual([]);
        for (const [id, { days }] of items.entries()) {
          for (const day of days) expect(kept.get(day)?.has(id)).toBe(true);
        }
      }),
    );
  });

  it('leaves one that reaches into a kept day until its last day is due', () => {
    const item = { days: [dayNamed(3), dayNamed(4), dayNamed(9)], archivedTo: null };
    expect(planArchive([item], dayNamed(5)).stays).toEqual([
      { item, archivedTo: dayNamed(4), lastDay: dayNamed(9) },
    ]);
  });
});
