import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wearerIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { type OnWearer, wearerDays } from '#domain/response/wearer-days.ts';

const HOUR = 3_600_000;
const hour = (hours: number) => instant(hours * HOUR);
const onWearer = (id: string, from: number, to: number | null): OnWearer => ({
  wearerId: wearerIdSchema.parse(id),
  startsAt: hour(from),
  endsAt: to === null ? null : hour(to),
});
const DAYS = { fromAt: hour(100), toAt: hour(148) };

describe('wearer-days', () => {
  it.each([
    ['of one device that goes on', [onWearer('w', 0, null)], 2],
    ['of a device that is put on in the period', [onWearer('w', 124, null)], 1],
    ['of one that was taken off before', [onWearer('w', 0, 100)], 0],
    ['of two devices on one wearer at once', [onWearer('w', 90, 140), onWearer('w', 112, 200)], 2],
    ['of two wearers', [onWearer('w', 0, 112), onWearer('v', 0, 112)], 1],
  ])('%s', (_, worn, days) => {
    expect(wearerDays(worn, DAYS)).toBe(days);
  });

  it('are as many as hours are counted one by one', () => {
    const stretch = fc
      .tuple(fc.constantFrom('a', 'b'), fc.nat({ max: 200 }), fc.integer({ min: 1, max: 90 }))
      .map(([id, from, long]) => onWearer(id, from, from + long));
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), (worn) => {
        const hours = ['a', 'b'].flatMap((id) =>
          Array.from({ length: 48 }, (_, i) => hour(100 + i)).filter((at) =>
            worn.some(
              (one) =>
                one.wearerId === id && one.startsAt <= at && at < (one.endsAt ?? Number.MAX_VALUE),
            ),
          ),
        );
        expect(wearerDays(worn, DAYS) * 24).toBeCloseTo(hours.length, 6);
      }),
    );
  });
});
