import { describe, expect, it } from 'vitest';
import { openingCase, outAtEndCase, returnedCase } from '#domain/evaluate/curfew-cases.ts';
import { instant } from '#domain/model/instant.ts';
import type { ActiveInterval } from '#domain/time/interval-sets.ts';

const [START, END] = [instant(1_780_000_000_000), instant(1_780_040_000_000)];
const NIGHT: ActiveInterval = {
  ...{ startAt: START, endAt: END, startsBy: 'windows.0', endsBy: 'windows.0' },
};
const AFTER_LEAVE: ActiveInterval = { ...NIGHT, startsBy: 'permission' };
const UNTIL_LEAVE: ActiveInterval = { ...NIGHT, endsBy: 'permission' };
const during = START + 3_600_000;

describe('what an absence is when it opens', () => {
  it.each([
    ['out at the start', { outSince: START }, NIGHT, 'out-at-start'],
    ['out when leave ended', { outSince: START }, AFTER_LEAVE, 'out-after-leave'],
    ['never seen at home', { outSince: during }, NIGHT, 'out-during'],
    ['seen at home before', { outSince: during, homeSince: START }, NIGHT, 'left-during'],
  ])('is told of who was %s', (_, memory, window, reason) => {
    expect(openingCase(memory, window)).toBe(reason);
  });
});

describe('what it turns out to have been', () => {
  it('is a late return of who was out at the start, and of nobody else', () => {
    expect(returnedCase({ outSince: START }, NIGHT)).toBe('returned-late');
    expect(returnedCase({ outSince: during }, NIGHT)).toBeNull();
    expect(returnedCase({}, NIGHT)).toBeNull();
  });

  it.each([
    ['away all the time', { outSince: START }, NIGHT, 'out-all-curfew'],
    ['out of sight meanwhile', { outSince: START, unseenAt: during }, NIGHT, null],
    ['gone later', { outSince: during }, NIGHT, 'out-at-end'],
    ['gone later, out of sight', { outSince: during, unseenAt: during }, NIGHT, 'out-at-end'],
    ['out since leave ended', { outSince: START }, AFTER_LEAVE, 'out-at-end'],
    ['away when leave began', { outSince: START }, UNTIL_LEAVE, null],
    ['not away', {}, NIGHT, null],
  ])('is told at the end of who was %s', (_, memory, window, reason) => {
    expect(outAtEndCase(memory, window)).toBe(reason);
  });
});
