import { expect, it } from 'vitest';
import { changesBetween } from '#domain/evaluate/changes.ts';
import type { Mark } from '#domain/evaluate/core.ts';
import { violationIdSchema, watchIdSchema } from '#domain/model/ids.ts';
import { minute } from '#test/support/walks.ts';

const ended: Mark = {
  violationId: violationIdSchema.parse('w-1.fitted.x'),
  watchId: watchIdSchema.parse('fitted'),
  ...{ reason: 'no-device', openedAt: minute(0), foundAt: minute(0) },
  ...{ certainty: null, competing: null, endedAt: minute(10), endReason: 'order-ended' },
};
const goesOn: Mark = { ...ended, endedAt: null, endReason: null };

it('takes back once, as it is known last, what two slices say of one violation', () => {
  expect(changesBetween([ended, goesOn], [])).toEqual([{ kind: 'withdrawn', mark: goesOn }]);
});
