import { describe, expect, it } from 'vitest';
import { emptyCore } from '#domain/evaluate/core.ts';
import { applyInput, type Folded } from '#domain/evaluate/fold.ts';
import { type Belief, probabilities } from '#domain/evaluate/position/belief.ts';
import { believeFix } from '#domain/evaluate/position/believe.ts';
import { isContradictory } from '#domain/evaluate/position/disagreement.ts';
import { type KnownPlace, knownPlace } from '#domain/evaluate/position/known-place.ts';
import { askAboutPlace, askAboutZone, type Question } from '#domain/evaluate/position/question.ts';
import { isSafe } from '#domain/evaluate/position/safe-region.ts';
import { position } from '#domain/geo/position.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import { placeSchema } from '#domain/model/place.ts';
import { fix } from '#test/support/events.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';
import { circleNorth } from '#test/support/zones.ts';

/** The dangers of ADR 5: evidence that is too sure blinds the model, and no score shows it. */

const AT = at('2026-06-01T12:00:00Z');
const HOME = placeSchema.parse({ label: 'home', lat: 51.5, lon: -0.1 });
const FLAGS = ['moving', 'still', 'unknown'].flatMap((motion) =>
  ['seen', 'not-seen', 'unknown'].map((homeUnit) => ({ motion, homeUnit })),
);
/** As wide and as telling as anything that may be learned of a place. */
const WIDEST: KnownPlace = {
  ...knownPlace(placeSchema.parse({ ...HOME, scatterMetres: 45 })),
  accuracyFactors: [4, 4, 4, 4, 4, 4, 4],
};

const fixAt = (nth: number, north: number, fields: Readonly<Record<string, unknown>>): Fix => {
  // A receiver that stands still scatters by its own accuracy of some 8 m.
  const lat = 51.5 + (north + 8 * Math.sin(nth * 2.4)) / 111_250;
  const lon = -0.1 + (8 * Math.cos(nth * 1.7)) / 69_400;
  const made = fix(instant(AT + nth * 60_000), position(lat, lon), fields);
  if (made.kind !== 'fix') throw new Error('not a fix');
  return made;
};

type Stood = Readonly<{ north: number; fields: Readonly<Record<string, unknown>> }>;

/** Fixes until a wearer who was at home and now stands still opens at 0.95; at most fifty. */
const fixesToOpen = (question: Question, { north, fields }: Stood): number => {
  let belief: Belief = { settled: 'home' };
  let lastFix: Fix | null = null;
  for (let nth = 1; nth <= 50; nth += 1) {
    const seen = fixAt(nth, north, fields);
    belief = believeFix(question, belief, { fix: seen, lastFix }).belief;
    if (probabilities(belief, question.frame).inside >= 0.95) return nth;
    lastFix = seen;
  }
  return 51;
};

describe('given a home unit that is stuck on "seen"', () => {
  const zone = circleNorth(200);
  const question = askAboutZone({ zone, bufferMetres: 0, places: [HOME] });

  it('is overruled within twenty fixes by a wearer who stands still inside a zone', () => {
    const fields = { motion: 'still', homeUnit: 'seen' };
    expect(fixesToOpen(question, { north: 270, fields })).toBeLessThanOrEqual(20);
  });

  it('is overruled sooner by one who walks about in it', () => {
    const fields = { motion: 'moving', homeUnit: 'seen' };
    expect(fixesToOpen(question, { north: 270, fields })).toBeLessThanOrEqual(10);
  });

  it('never hides a wearer further than 250 m from home, whatever was learned of it', () => {
    for (const flags of FLAGS) {
      for (const accuracyMetres of [2, 5, 8, 14, 20, 35, 80]) {
        const seen = fixAt(0, -260, { ...flags, accuracyMetres });
        for (const [metres, place] of [
          [15, HOME],
          [200, HOME],
          [390, HOME],
          [200, WIDEST],
          [390, WIDEST],
        ] as const) {
          const asked = { zone: circleNorth(metres), bufferMetres: 0, places: [place] };
          const safe = isSafe(askAboutZone(asked), 'home', { fix: seen, anchor: null });
          expect(safe).toBe(false);
        }
      }
    }
  });
});

describe('given a home unit that is seen where the position is far away', () => {
  const question = askAboutPlace(HOME);
  const seen = { homeUnit: 'seen', motion: 'still' };

  it('says that the signals disagree', () => {
    expect(isContradictory(question, fixAt(1, 300, seen))).toBe(true);
  });

  it('says nothing of the kind near home, without the unit, or of a cell position', () => {
    expect(isContradictory(question, fixAt(1, 150, seen))).toBe(false);
    expect(isContradictory(question, fixAt(1, 300, { homeUnit: 'not-seen' }))).toBe(false);
    expect(isContradictory(question, fixAt(1, 900, { ...seen, source: 'cell' }))).toBe(false);
  });

  it('shows it as the reason why nothing can be told, until something can', () => {
    const supervision = superviseWith(['curfew']);
    const fixes = Array.from({ length: 20 }, (_, i) =>
      fixAt(600 + i, i < 5 ? 0 : 300, { ...seen, homeUnit: 'seen' }),
    );
    let folded: Folded = { core: emptyCore(instant(0)), anchors: {}, wasSafe: false };
    const reasons = fixes.map((one) => {
      folded = applyInput(folded, supervision, one);
      return Object(folded.core.watches).curfew.reason;
    });
    expect(reasons.slice(3, 5)).toEqual(['at-home', 'at-home']);
    expect(reasons).toContain('signals-disagree');
    expect(reasons).not.toContain('uncertain');
  });
});

describe('given one stray fix deep inside a zone', () => {
  const deep = fixAt(0, 350, { accuracyMetres: 3 });
  const opensAt = (belief: Belief, flags: object, insideAreaSquareMetres: number): number => {
    const zone = circleNorth(200);
    const asked = { zone, bufferMetres: 0, places: [HOME], insideAreaSquareMetres };
    const question = askAboutZone(asked);
    const seen = { fix: { ...deep, ...flags }, lastFix: null };
    return probabilities(believeFix(question, belief, seen).belief, question.frame).inside;
  };

  it.each([1e4, 5e4, 1e5, 2e5, 1e6])('opens nothing at 0.95, with an area of %d m2', (area) => {
    for (const motion of ['moving', 'still', 'unknown'] as const) {
      expect(opensAt({ settled: 'elsewhere' }, { motion }, area)).toBeLessThan(0.95);
    }
    expect(opensAt({ settled: 'home' }, {}, area)).toBeLessThan(0.95);
  });
});

describe('given a zone as large as a city', () => {
  it('opens within three fixes well inside it: its own area does not thin "inside" away', () => {
    const zone = circleNorth(500, 20_000);
    const question = askAboutZone({ zone, bufferMetres: 0, places: [] });
    let belief: Belief = { settled: 'elsewhere' };
    let lastFix: Fix | null = null;
    for (const nth of [1, 2, 3]) {
      const seen = fixAt(nth, 1_500 + 80 * nth, {});
      belief = believeFix(question, belief, { fix: seen, lastFix }).belief;
      lastFix = seen;
    }
    expect(probabilities(belief, question.frame).inside).toBeGreaterThan(0.95);
  });
});
