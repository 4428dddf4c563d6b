import { describe, expect, it } from 'vitest';
import { distanceMetres } from '#domain/geo/plane.ts';
import { position } from '#domain/geo/position.ts';
import { chooseHidden, timeHidden } from '#local/bench/load/population/choose-hidden.ts';
import { dayOf, whereaboutsAt } from '#local/bench/load/population/day.ts';
import { deviceFix } from '#local/bench/load/population/device-fix.ts';
import type { HiddenKind } from '#local/bench/load/population/hidden.ts';
import { hasCurfew, positionAt, wearerOf } from '#local/bench/load/population/wearer.ts';
import { drifting, normal } from '#local/worlds/chance.ts';
import { found, MIDNIGHT } from './supervise-wearer.ts';

const MINUTE = 60_000;
const wearers = Array.from({ length: 400 }, (_, number) => wearerOf(1, number));

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('chance', () => {
  const deviation = (values: readonly number[]) => Math.sqrt(meanOf(values.map((v) => v ** 2)));

  it('is normal where it is to be, and drifts without narrowing', () => {
    const some = Array.from({ length: 20_000 }, (_, i) => i);
    expect(deviation(some.map((i) => normal(7, i)))).toBeCloseTo(1, 1);
    expect(deviation(some.map((i) => drifting(i / 6, 7)))).toBeCloseTo(1, 1);
  });

  it('errs in one direction for minutes, and in another later', () => {
    const pairs = (apart: number) =>
      Array.from({ length: 5_000 }, (_, i) => drifting(i, 3) * drifting(i + apart, 3));
    expect(meanOf(pairs(0.1))).toBeGreaterThan(0.8);
    expect(Math.abs(meanOf(pairs(3)))).toBeLessThan(0.1);
  });
});

describe('a wearer', () => {
  it('is the same by seed and number, and another by another seed', () => {
    expect(wearerOf(1, 17)).toEqual(wearerOf(1, 17));
    expect(wearerOf(2, 17).home).not.toEqual(wearerOf(1, 17).home);
  });

  it('lives in or near England and Wales', () => {
    const outside = wearers.filter(({ home: { lat, lon } }) => {
      return lat < 50.5 || lat > 55.8 || lon < -5 || lon > 1.8;
    });
    expect(outside).toEqual([]);
  });

  it('has a day that begins at any quarter of an hour, each hour about as often', () => {
    const hours = Array.from(
      { length: 24 },
      (_, hour) => wearers.filter((one) => Math.floor(one.aheadMinutes / 60) === hour).length,
    );
    expect(Math.min(...hours)).toBeGreaterThan(4);
    expect(Math.max(...hours)).toBeLessThan(40);
    expect(new Set(wearers.map(({ aheadMinutes }) => aheadMinutes % 60)).size).toBe(4);
  });

  it('is at home through a curfew, and stays follow upon one another', () => {
    for (const wearer of wearers.filter(hasCurfew)) {
      const stays = dayOf(wearer, 20_000);
      const away = stays.filter(({ place }) => place.east !== 0 || place.north !== 0);
      expect(away.every((stay) => stay.fromMinute > 7 * 60 && stay.untilMinute < 18.8 * 60)).toBe(
        true,
      );
      for (const [i, stay] of stays.entries()) {
        expect(stay.fromMinute).toBeLessThanOrEqual(stay.untilMinute);
        expect(stays[i - 1]?.untilMinute ?? 0).toBeLessThanOrEqual(stay.fromMinute);
      }
    }
  });

  it('never comes near the zone by a usual day', () => {
    for (const wearer of wearers.slice(0, 60)) {
      for (let minute = 0; minute < 1_440; minute += 5) {
        const { at } = whereaboutsAt(wearer, MIDNIGHT + minute * MINUTE);
        const away = Math.hypot(at.east - wearer.zone.east, at.north - wearer.zone.north);
        expect(away).toBeGreaterThan(wearer.zoneRadiusMetres + 500);
      }
    }
  });

  it('sends fixes whose stated accuracy holds in 68 of 100', () => {
    let within = 0;
    let all = 0;
    for (const wearer of wearers.slice(0, 40)) {
      for (let minute = 0; minute < 1_440; minute += 9) {
        const at = MIDNIGHT + minute * MINUTE;
        const fix = deviceFix({ wearer, hidden: undefined, at, sequence: minute });
        if (fix === null) continue;
        const truth = positionAt(wearer, whereaboutsAt(wearer, at).at);
        all += 1;
        const off = distanceMetres(truth, position(fix.lat, fix.lon));
        if (off <= (fix.accuracyMetres ?? 0)) within += 1;
      }
    }
    expect(within / all).toBeGreaterThan(0.64);
    expect(within / all).toBeLessThan(0.72);
  });

  it('breaks nothing on a usual day', () => {
    const day = { from: MIDNIGHT, minutes: 1_440, uploadEveryMinutes: 4 };
    expect(wearers.slice(0, 16).flatMap((wearer) => found(wearer, day))).toEqual([]);
  });
});

describe('what is hidden', () => {
  const now = MIDNIGHT + 3 * 60 * MINUTE;
  const kinds = chooseHidden(wearers, { count: 12, minutes: 10, now });

  it('is chosen as asked for, of all kinds, and only of those who can', () => {
    expect(kinds.size).toBe(12);
    const counts = Object.groupBy([...kinds.values()], (kind) => kind);
    expect(counts['zone-entry']?.length).toBe(6);
    expect(counts['curfew-departure']?.length).toBe(3);
    expect(counts['curfew-grace']?.length).toBe(3);
    for (const [number, kind] of kinds) {
      expect(wearers[number]?.demand === 'zone').toBe(kind === 'zone-entry');
    }
  });

  it('is told when the caseload is too small for it', () => {
    const few = { count: 30, minutes: 10, now };
    expect(() => chooseHidden(wearers.slice(0, 40), few)).toThrow('too few to hide 30');
  });

  it('is found once, a few fixes after it began, or when its grace has passed', () => {
    const stretch = { startsAt: now, endsAt: now + 20 * MINUTE, alarmEveryMilliseconds: MINUTE };
    const latest: Readonly<Record<HiddenKind, number>> = {
      'zone-entry': 3,
      'curfew-departure': 3,
      'curfew-grace': 8,
    };
    for (const hidden of timeHidden(kinds, stretch)) {
      const wearer = wearerOf(1, hidden.number);
      const from = hidden.fromAt - 30 * MINUTE;
      const changes = found(wearer, { from, minutes: 45, uploadEveryMinutes: 1 }, hidden);
      expect(changes.map(({ kind }) => kind)).toEqual(['opened']);
      const after = (changes[0]?.minute ?? 0) - 30;
      expect(after).toBeGreaterThanOrEqual(-1);
      expect(after).toBeLessThanOrEqual(latest[hidden.kind]);
    }
  });
});
