import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weights } from '#domain/evaluate/position/hypotheses.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { position } from '#domain/geo/position.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { roundsCorner } from '#local/worlds/generators/round-corner.ts';
import { drivesThrough } from '#local/worlds/generators/zone-ways.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { fix } from '#test/support/events.ts';
import { AT_ONCE, foundOn, liveDay } from '#test/support/oracle-days.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

const EVENING = at('2026-06-01T21:00:00Z');
const NORTH_METRES = 111_250;
const northOfSchool = (metres: number) => ({ lat: 51.51 + metres / NORTH_METRES, lon: -0.1 });
const SCHOOL = watchCalled(superviseWith(['zone']), 'school');

type Fields = Readonly<Record<string, unknown>>;

const fixAt = (now: Instant, metres: number, fields: Fields = {}) =>
  fix(now, northOfSchool(metres), { accuracyMetres: 5, motion: 'moving', ...fields });

/** A fix so many metres north of the school, of 200 m radius, after one as far south of it. */
const goneThrough = (
  fields: Fields = {},
  { metres = 300, seconds = 60, sigmaMetres = 5, believedHome = 0 } = {},
): Judgement => {
  const from = northOfSchool(-metres);
  const before = secondsAfter(EVENING, -seconds);
  const { lat, lon } = position(from.lat, from.lon);
  const believed: Weights = { home: believedHome, elsewhere: 1 - believedHome, inside: 0 };
  return askRule(SCHOOL, EVENING, {
    ...{ believed, input: fixAt(EVENING, metres, fields) },
    cameFrom: { at: before, lat, lon, sigmaMetres },
  });
};

/** The next fix a minute later, so many metres on: 600 m are the same pace. */
const goneOn = (metresOn: number, memory: Memory = goneThrough().memory): Judgement => {
  const now = secondsAfter(EVENING, 60);
  const believed: Weights = { home: 0, elsewhere: 1, inside: 0 };
  return askRule(SCHOOL, now, { believed, memory, input: fixAt(now, 300 + metresOn) });
};

describe('given a way between two fixes that leads through a zone', () => {
  it('waits for the next fix to bear it out, and does not rest until then', () => {
    const judged = goneThrough();
    expect(judged).toMatchObject({ verdict: 'satisfied', rests: false });
    expect(judged.memory.toAt).toBe(EVENING);
    expect(judged.past).toBeUndefined();
  });

  it.each([
    ['a fix from cells', { source: 'cell', accuracyMetres: 400 }, {}],
    ['a device that says it is still', { motion: 'still' }, {}],
    ['a gap of more than five minutes', {}, { seconds: 301 }],
    ['a speed that nobody goes at', {}, { seconds: 10 }],
    ['ends so coarse that the line says nothing', { accuracyMetres: 400 }, { sigmaMetres: 400 }],
    ['a line less deep than twice the error of its ends', {}, { sigmaMetres: 100 }],
    ['a line that is hardly shorter than the way round', {}, { metres: 600 }],
    ['somebody who may be at home', {}, { believedHome: 0.3 }],
  ])('takes no notice of %s', (_, fields, more) => {
    expect(goneThrough(fields, more).memory).toEqual({});
  });

  it('tells of somebody who goes on at the same pace, and had no time to go round', () => {
    const { past, memory } = goneOn(600);
    expect(past).toMatchObject({ reason: 'passed-through', until: EVENING });
    expect(past?.since).toBe(secondsAfter(EVENING, -60));
    expect(past?.certainty).toBeGreaterThan(0.8);
    expect(past?.certainty).toBeLessThan(0.95);
    expect(memory).toEqual({});
  });

  it('is surer of somebody whose way lay nearly all in it', () => {
    const near = goneOn(360, goneThrough({}, { metres: 220 }).memory);
    expect(near.past?.certainty).toBeGreaterThan(goneOn(600).past?.certainty ?? 1);
  });

  it.each([
    ['is so quick that they could have gone round', 750],
    ['slows down: nobody knows how quick they were', 450],
    ['turns back', -500],
  ])('tells nothing where the wearer %s', (_, metresOn) => {
    expect(goneOn(metresOn)).toMatchObject({ verdict: 'satisfied', memory: {} });
    expect(goneOn(metresOn).past).toBeUndefined();
  });
});

const DAYS = 100;
const IN_BATCHES = { ...AT_ONCE, everySeconds: 1_800 };

/** On how many of the days somebody is said to have passed through. */
const toldOf = (days: typeof roundsCorner): number => {
  const seeds = fc.sample(fc.nat(1e6), { numRuns: DAYS, seed: 4 });
  const isTold = (seed: number): boolean =>
    foundOn(liveDay(days(seed), IN_BATCHES)).some(({ mark }) => mark.reason === 'passed-through');
  return seeds.filter(isTold).length;
};

describe('given the line between two fixes a minute apart, of an honest receiver', () => {
  it('is not held against somebody whose corner it cuts off', () => {
    expect(toldOf(roundsCorner)).toBeLessThanOrEqual(DAYS / 100);
  });

  it('tells of everybody who crossed the middle of a zone in between', () => {
    expect(toldOf(drivesThrough)).toBe(DAYS);
  });
});
