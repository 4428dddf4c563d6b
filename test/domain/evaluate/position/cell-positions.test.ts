import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Belief, ignorance, probabilities } from '#domain/evaluate/position/belief.ts';
import { believeFix } from '#domain/evaluate/position/believe.ts';
import type { Hypothesis } from '#domain/evaluate/position/hypotheses.ts';
import { askAboutPlace, askAboutZone, type Question } from '#domain/evaluate/position/question.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { placeSchema } from '#domain/model/place.ts';
import { fix } from '#test/support/events.ts';
import { at } from '#test/support/supervisions.ts';
import { circleNorth } from '#test/support/zones.ts';

const AT = at('2026-06-01T12:00:00Z');
const PLACE = placeSchema.parse({ label: 'home', lat: 51.5, lon: -0.1 });

const questions: readonly (readonly [string, Question])[] = [
  ['a curfew address', askAboutPlace(PLACE)],
  [
    'a wide zone 200 m from home',
    askAboutZone({ zone: circleNorth(200, 800), bufferMetres: 0, places: [PLACE] }),
  ],
  [
    'a zone and no place',
    askAboutZone({ zone: circleNorth(60, 500), bufferMetres: 0, places: [] }),
  ],
];

const cellAt = (recordedAt: Instant, northMetres: number, eastMetres = 0): Fix => {
  const spot = { lat: 51.5 + northMetres / 111_250, lon: -0.1 + eastMetres / 69_400 };
  const made = fix(recordedAt, spot, { source: 'cell', accuracyMetres: 450 });
  if (made.kind !== 'fix') throw new Error('not a fix');
  return made;
};

/** A belief after one more position, as the fold moves it. */
const step = (question: Question, belief: Belief, seen: Fix): Belief =>
  believeFix(question, belief, { fix: seen, lastFix: seen }).belief;

const position = fc.record({
  north: fc.integer({ min: -3_000, max: 3_000 }),
  east: fc.integer({ min: -3_000, max: 3_000 }),
  seconds: fc.constantFrom(20, 60, 240, 900),
});

describe.each(questions)('given cell positions, however many, and %s', (_, question) => {
  const { applies } = question.frame;
  const settled = (['home', 'elsewhere', 'inside'] as const).filter((h) => applies[h]);

  it.each(settled)('nothing becomes likelier than "%s", where that had settled', (first) => {
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 60 }), ({ north, east, seconds }, count) => {
        let belief: Belief = { settled: first };
        for (let i = 1; i <= count; i += 1) {
          belief = step(question, belief, cellAt(secondsAfter(AT, i * seconds), north, east));
        }
        const believed = probabilities(belief, question.frame);
        const others = settled.filter((h): h is Hypothesis => h !== first);
        expect(believed[first]).toBeGreaterThanOrEqual(Math.max(...others.map((h) => believed[h])));
      }),
      { numRuns: 300 },
    );
  });

  it('nothing becomes surer than it was before anything was known', () => {
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 60 }), ({ north, east, seconds }, count) => {
        let belief: Belief = ignorance(question.frame);
        const least = Math.max(...Object.values(probabilities(belief, question.frame)));
        for (let i = 1; i <= count; i += 1) {
          belief = step(question, belief, cellAt(secondsAfter(AT, i * seconds), north, east));
        }
        const believed = Object.values(probabilities(belief, question.frame));
        expect(Math.max(...believed)).toBeLessThanOrEqual(least + 1e-9);
      }),
      { numRuns: 300 },
    );
  });
});
