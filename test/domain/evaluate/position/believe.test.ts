import { describe, expect, it } from 'vitest';
import { type Belief, probabilities } from '#domain/evaluate/position/belief.ts';
import { believeCheck, believeFix } from '#domain/evaluate/position/believe.ts';
import { isContradictory } from '#domain/evaluate/position/disagreement.ts';
import { knownPlace } from '#domain/evaluate/position/known-place.ts';
import { askAboutPlaces, askAboutZone, type Question } from '#domain/evaluate/position/question.ts';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import { type Position, position } from '#domain/geo/position.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import type { Check, Fix } from '#domain/model/device-event.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { placeSchema } from '#domain/model/place.ts';
import { check, fix, status } from '#test/support/events.ts';
import { at, HOME } from '#test/support/supervisions.ts';

const NOON = at('2026-06-01T12:00:00Z');
const PLACE = placeSchema.parse(HOME);
const AT_HOME = askAboutPlaces([PLACE]);
const EVEN: Belief = { odds: [0, 0, null], at: NOON };

const fixAt = (metresNorth: number, fields: Readonly<Record<string, unknown>> = {}): Fix => {
  const spot = { lat: HOME.lat + metresNorth / 111_250, lon: HOME.lon };
  const made = fix(secondsAfter(NOON, 60), spot, fields);
  if (made.kind !== 'fix') throw new Error('not a fix');
  return made;
};
const checkOf = (result: Check['result'], method?: string): Check => {
  const made = check(secondsAfter(NOON, 60), result, method);
  if (made.kind !== 'check') throw new Error('not a check');
  return made;
};
const home = (belief: Belief, question: Question = AT_HOME) =>
  probabilities(belief, question.frame).home;
const fixed = (fix: Fix, belief: Belief = EVEN, lastFix: Position | null = null) =>
  believeFix(AT_HOME, belief, { fix, lastFix }).belief;

describe('given one more fix', () => {
  it('is believed, and says what it looked like', () => {
    const { belief, sighting } = believeFix(AT_HOME, EVEN, { fix: fixAt(10), lastFix: null });
    expect(home(belief)).toBeGreaterThan(0.9);
    expect(Math.round(sighting.placeDistancesMetres[0] ?? 0)).toBe(10);
    expect(home(fixed(fixAt(2_000)))).toBeLessThan(0.1);
  });

  it('counts less where it repeats the last, and the more the further off that was', () => {
    const from = (metresNorth: number | null) => {
      const last = metresNorth === null ? null : fixAt(metresNorth);
      const lastFix = last === null ? null : position(last.lat, last.lon);
      return home(fixed(fixAt(10), EVEN, lastFix));
    };
    expect(from(10)).toBeLessThan(from(15));
    expect(from(15)).toBeLessThan(from(25));
    expect(from(25)).toBeLessThanOrEqual(from(500));
    expect(from(500)).toBe(from(null));
  });

  it('goes by how its device moves', () => {
    const moved = (motion: string) => home(fixed(fixAt(30, { motion })));
    expect(moved('moving')).toBeLessThan(moved('still'));
  });
});

describe('given a cell position', () => {
  const cell = (metresNorth: number) =>
    fixAt(metresNorth, { source: 'cell', accuracyMetres: 600, accuracyPercentile: 68 });

  it('says nothing where it agrees with what is settled', () => {
    const settled: Belief = { settled: 'home' };
    expect(fixed(cell(500), settled)).toBe(settled);
    const away: Belief = { settled: 'elsewhere' };
    expect(fixed(cell(5_000), away)).toBe(away);
  });

  it('unsettles where it disagrees, and never decides', () => {
    const after = fixed(cell(5_000), { settled: 'home' });
    expect(after).toHaveProperty('odds');
    expect(home(after)).toBeGreaterThanOrEqual(0.5);
    expect(fixed(cell(100), { settled: 'elsewhere' })).toHaveProperty('odds');
  });

  it('makes nothing surer that is not settled', () => {
    expect(home(fixed(cell(0)))).toBe(0.5);
    expect(home(fixed(fixAt(0)))).toBeGreaterThan(0.9);
  });

  it('agrees with nothing near a zone that it may lie in', () => {
    const read = parseZoneShape({
      ...{ type: 'Circle', centre: { lat: HOME.lat + 0.01, lon: HOME.lon }, radiusMetres: 200 },
    });
    if (!read.ok) throw new Error('the test zone is unsound');
    const asked = { zone: compileZone(read.shape), bufferMetres: 0, places: [] };
    const question = askAboutZone(asked);
    const settled: Belief = { settled: 'elsewhere' };
    const next = (fix: Fix) => believeFix(question, settled, { fix, lastFix: null }).belief;
    expect(next(cell(8_000))).toBe(settled);
    expect(next(cell(1_200))).not.toBe(settled);
  });
});

describe('given a check', () => {
  const believed = (question: Question, one: Check, isRepeat = false) =>
    believeCheck(question, EVEN, { check: one, isRepeat });
  const other = { ...knownPlace(placeSchema.parse({ ...HOME, lat: 51.52 })), hasHomeUnit: false };

  it('speaks for home or against it', () => {
    expect(home(believed(AT_HOME, checkOf('present')))).toBeGreaterThan(0.9);
    expect(home(believed(AT_HOME, checkOf('absent')))).toBeLessThan(0.1);
  });

  it('counts less where it repeats another', () => {
    const [once, again] = [false, true].map((isRepeat) =>
      home(believed(AT_HOME, checkOf('present'), isRepeat)),
    );
    expect(again).toBeLessThan(once ?? 0);
    expect(again).toBeGreaterThan(0.5);
  });

  it('counts in full after a settled belief, repeated or not', () => {
    const settled = (isRepeat: boolean) =>
      believeCheck(AT_HOME, { settled: 'home' }, { check: checkOf('absent'), isRepeat });
    expect(settled(true)).toEqual(settled(false));
  });

  it('says nothing where it failed, or where no home is asked about', () => {
    expect(believed(AT_HOME, checkOf('failed', 'phone'))).toBe(EVEN);
    expect(believed(AT_HOME, checkOf('undetermined'))).toBe(EVEN);
    const nowhere = {
      ...AT_HOME,
      frame: { ...AT_HOME.frame, applies: { ...AT_HOME.frame.applies, home: false } },
    };
    expect(believed(nowhere, checkOf('absent'))).toBe(EVEN);
  });

  it('speaks of the address of the home unit, and against no other', () => {
    const both = askAboutPlaces([PLACE, other]);
    const without = askAboutPlaces([other]);
    expect(home(believed(both, checkOf('present')), both)).toBeGreaterThan(0.9);
    expect(believed(both, checkOf('absent'))).toBe(EVEN);
    expect(believed(without, checkOf('present'))).toBe(EVEN);
    expect(believed(without, checkOf('absent'))).toBe(EVEN);
  });
});

describe('given a home unit that hears the tag, and a position far from it', () => {
  const seen = (metresNorth: number, fields = {}) =>
    fixAt(metresNorth, { homeUnit: 'seen', ...fields });
  const unit = knownPlace(PLACE);
  const other = { ...knownPlace(placeSchema.parse({ ...HOME, lat: 51.52 })), hasHomeUnit: false };

  it('contradicts itself beyond what a place reaches', () => {
    expect(isContradictory(AT_HOME, seen(195))).toBe(false);
    expect(isContradictory(AT_HOME, seen(205))).toBe(true);
  });

  it.each<[string, Parameters<typeof isContradictory>[1]]>([
    ['a fix that no home unit hears', fixAt(900)],
    ['one that it does not hear', fixAt(900, { homeUnit: 'not-seen' })],
    ['a cell position', seen(9_000, { source: 'cell' })],
    ['a check', check(NOON, 'present')],
    ['what a device says of itself', status(NOON, { batteryPercent: 4 })],
    ['nothing', null],
  ])('is not seen in %s', (_, input) => {
    expect(isContradictory(AT_HOME, input)).toBe(false);
  });

  it('goes by the places where a unit stands, and by the nearest of them', () => {
    const second = knownPlace(placeSchema.parse({ ...HOME, lat: 51.51 }));
    expect(isContradictory(askAboutPlaces([other]), seen(205))).toBe(false);
    expect(isContradictory(askAboutPlaces([unit, other]), seen(2_225))).toBe(true);
    expect(isContradictory(askAboutPlaces([unit, second]), seen(1_112))).toBe(false);
  });
});
