import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { checkPlansAttribute, checkPlansFrom } from '#functions/adapters/dynamodb/check-plans.ts';

const ID = conditionIdSchema.parse('checks');
const seconds = fc.uniqueArray(fc.integer({ min: 1, max: 4e9 }), { maxLength: 300 });

describe('the plans that are kept with an order', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(seconds, (found) => {
        const askedAt = found.sort((a, b) => a - b).map((second) => instant(second * 1000));
        const plan = { fromAt: instant(5), untilAt: instant(7e12), askedAt };
        const plans = { seed: '0a'.repeat(32), plans: { [ID]: plan } };
        expect(checkPlansFrom(checkPlansAttribute(plans))).toEqual(plans);
      }),
    );
  });

  it('are none where an order asks for no checks', () => {
    expect(checkPlansAttribute(null)).toEqual({});
    expect(checkPlansFrom({})).toBeNull();
    expect(checkPlansFrom(null)).toBeNull();
  });

  it('of three checks a day for three years take less than ten kilobytes', () => {
    const askedAt = Array.from({ length: 3 * 1096 }, (_, i) =>
      instant(1.78e12 + 28_800_000 * i + 1000 * Math.floor(14_000 * ((i * 0.618) % 1))),
    );
    const plan = { fromAt: instant(5), untilAt: instant(7e12), askedAt };
    const { checks } = checkPlansAttribute({ seed: '0a'.repeat(32), plans: { [ID]: plan } });
    expect(checks?.B?.length).toBeLessThan(10_240);
  });
});
