import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { violationIdOf } from '#domain/evaluate/marks.ts';
import { watchIdSchema, wearerRefSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const alertOf = (
  wearerId: string,
  watchId: string,
  openedAt = at('2026-03-02T19:00:00Z'),
): string =>
  alertIdOf(
    violationIdOf(
      wearerRefSchema.parse({ agencyId: 'demo', wearerId }),
      watchIdSchema.parse(watchId),
      openedAt,
    ),
  );

const id = fc.stringMatching(/^[a-c.]{1,6}$/).map((text) => `x${text}`);

describe('what makes two findings one alert is fixed in code (keephq/keep#958, #4766)', () => {
  it.each([
    ['w-1', 'curfew', '2026-03-02T19:00:00Z', 'w-1.curfew.mm9jmxs0'],
    ['w-1', 'curfew', '2026-03-02T19:00:01Z', 'w-1.curfew.mm9jmyjs'],
    ['w-2', 'keep-out', '1970-01-01T00:00:00Z', 'w-2.keep-out.0'],
  ])('of %s, %s at %s is %s', (wearerId, watchId, iso, alertId) => {
    expect(alertOf(wearerId, watchId, at(iso))).toBe(alertId);
  });

  it('tells any two apart that are of another wearer, watch or instant', () => {
    fc.assert(
      fc.property(id, id, id, id, (wearerA, watchA, wearerB, watchB) => {
        const isSame = wearerA === wearerB && watchA === watchB;
        expect(alertOf(wearerA, watchA) === alertOf(wearerB, watchB)).toBe(isSame);
        const next = secondsAfter(at('2026-03-02T19:00:00Z'), 0.001);
        expect(alertOf(wearerA, watchA, next)).not.toBe(alertOf(wearerA, watchA));
      }),
      { numRuns: 500 },
    );
  });
});
