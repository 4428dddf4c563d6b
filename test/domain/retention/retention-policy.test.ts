import { describe, expect, it } from 'vitest';
import { DATA_CLASSES, USUAL_DAYS } from '#domain/retention/data-class.ts';
import { retentionPolicySchema } from '#domain/retention/retention-policy.ts';

const put = (more: object) => retentionPolicySchema.safeParse({ legalBasis: 'law', ...more });

describe('the usual policy', () => {
  it('says of each class what it holds, how long and on what that rests', () => {
    for (const dataClass of DATA_CLASSES) {
      const { days, leastDays, holds, source } = USUAL_DAYS[dataClass];
      expect(days).toBeGreaterThanOrEqual(leastDays);
      expect([holds, source].every((text) => text.length > 10)).toBe(true);
    }
  });
});

describe("given an agency's policy", () => {
  it('takes days of a class, and of a class of one type of order', () => {
    const read = put({ days: { trail: 730 }, byOrderType: { bail: { trail: 90 } } });
    expect(read.data).toMatchObject({ zoneOnlyTrailDays: 61 });
  });

  it.each([
    ['a log that is gone before its audit', { days: { readings: 364 } }, 'days.readings'],
    [
      'the same of one type of order',
      { byOrderType: { bail: { record: 1 } } },
      'byOrderType.bail.record',
    ],
    ['more than a hundred years', { days: { trail: 36_526 } }, 'days.trail'],
    ['half a day', { days: { trail: 100.5 } }, 'days.trail'],
    ['a trail that is gone in a week', { zoneOnlyTrailDays: 7 }, 'zoneOnlyTrailDays'],
    ['a policy that rests on nothing', { legalBasis: '' }, 'legalBasis'],
  ])('refuses %s', (_, sent, path) => {
    expect(put(sent).error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});
