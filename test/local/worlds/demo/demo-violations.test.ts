import { beforeAll, describe, expect, it } from 'vitest';
import { RULES } from '#domain/evaluate/rules.ts';
import { instant, toIso } from '#domain/model/instant.ts';
import { REASONS } from '#domain/model/reasons.ts';
import type { RuleName } from '#domain/model/rule-name.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import { DEMO_EXPECTED } from '#local/worlds/demo/expected.ts';
import { asDay } from '#test/support/demo-days.ts';
import { AT_ONCE, type Found, foundOn, liveDay } from '#test/support/oracle-days.ts';

const { wearers } = DEMO_WORLD;

/** Of whom each rule must tell nothing, although it comes near it. */
const NEAR_MISSES: Readonly<Partial<Record<RuleName, readonly string[]>>> = {
  'exclusion-zone': ['W-104', 'W-107', 'W-108', 'W-111'],
  'inclusion-zone': ['W-133'],
  'curfew-absence': ['W-106', 'W-107', 'W-142'],
  'accumulated-time': ['W-135'],
  'mandatory-attendance': ['W-137'],
  'check-missed': ['W-129'],
  tamper: ['W-115'],
  battery: ['W-117'],
  'location-lost': ['W-131'],
  'device-silent': ['W-113'],
  'never-fitted': ['W-119'],
  'implausible-movement': ['W-141'],
  'non-association': ['W-126'],
  'victim-proximity': ['W-122'],
  'whereabouts-unclear': ['W-104', 'W-139'],
  'early-warning': ['W-144'],
  'way-home': ['W-146'],
};

/** Told to the wearer alone whenever it is due: there is nothing that it comes near to. */
const ALWAYS_TOLD: readonly RuleName[] = ['check-prompt', 'appointment-reminder'];

const found = new Map<string, readonly Found[]>();
const rulesFoundOf = (wearerId: string): RuleName[] =>
  (found.get(wearerId) ?? []).map(({ mark }) => REASONS[mark.reason].rule);
const minuteOf = (at: number): string => toIso(instant(at)).slice(0, 16);

beforeAll(() => {
  for (const wearer of wearers) {
    const lived = liveDay(asDay(wearer), { ...AT_ONCE, everySeconds: 240 });
    found.set(
      wearer.wearerId,
      foundOn(lived).filter(({ isWithdrawn }) => !isWithdrawn),
    );
  }
});

describe('given the day of each wearer of the demo world', () => {
  it.each(wearers.map(({ wearerId }) => wearerId))(
    'finds what is expected of %s, and nothing else',
    (wearerId) => {
      const told = (found.get(wearerId) ?? [])
        .filter(({ mark }) => REASONS[mark.reason].telling !== 'nudge')
        .map(({ conditionId, mark }) => [conditionId, mark.reason, minuteOf(mark.openedAt)]);
      const expected = DEMO_EXPECTED.alerts
        .filter((alert) => alert.wearerId === wearerId)
        .map(({ conditionId, reason, since }) => [
          conditionId,
          reason,
          minuteOf(Date.parse(since)),
        ]);
      expect(told).toEqual(expected);
    },
  );
});

describe.each(RULES.map(({ name }) => name))('given the rule %s', (rule) => {
  it('tells of somebody in the demo world', () => {
    const told = wearers.filter(({ wearerId }) => rulesFoundOf(wearerId).includes(rule));
    expect(told.map(({ wearerId }) => wearerId)).not.toEqual([]);
  });

  it.skipIf(ALWAYS_TOLD.includes(rule))('tells nothing of somebody who comes near it', () => {
    const near = NEAR_MISSES[rule] ?? [];
    expect(near.length).toBeGreaterThan(0);
    expect(near.filter((wearerId) => rulesFoundOf(wearerId).includes(rule))).toEqual([]);
    const ids = wearers.map(({ wearerId }) => wearerId);
    expect(near.filter((wearerId) => !ids.includes(wearerId))).toEqual([]);
  });
});
