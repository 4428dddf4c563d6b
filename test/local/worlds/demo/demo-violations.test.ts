import { describe, expect, it } from 'vitest';
import { instant, toIso } from '#domain/model/instant.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import { DEMO_EXPECTED } from '#local/worlds/demo/expected.ts';
import { asDay } from '#test/support/demo-days.ts';
import { AT_ONCE, foundOn, liveDay } from '#test/support/oracle-days.ts';

const { wearers } = DEMO_WORLD;

const minuteOf = (at: number): string => toIso(instant(at)).slice(0, 16);

describe('given the day of each wearer of the demo world', () => {
  it.each(wearers.map((one) => [one.wearerId, one] as const))(
    'finds what is expected of %s, and nothing else',
    (wearerId, wearer) => {
      const lived = liveDay(asDay(wearer), { ...AT_ONCE, everySeconds: 240 });
      const found = foundOn(lived)
        .filter(({ mark }) => REASONS[mark.reason].telling !== 'nudge')
        .filter(({ isWithdrawn }) => !isWithdrawn)
        .map(({ conditionId, mark }) => [conditionId, mark.reason, minuteOf(mark.openedAt)]);
      const expected = DEMO_EXPECTED.alerts
        .filter((alert) => alert.wearerId === wearerId)
        .map(({ conditionId, reason, since }) => [
          conditionId,
          reason,
          minuteOf(Date.parse(since)),
        ]);
      expect(found).toEqual(expected);
    },
  );
});
