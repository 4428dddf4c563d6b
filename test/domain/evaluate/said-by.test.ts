import { describe, expect, it } from 'vitest';
import { askAboutPlace, askAboutZone } from '#domain/evaluate/position/question.ts';
import { saidBy } from '#domain/evaluate/said-by.ts';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { placeSchema } from '#domain/model/place.ts';
import { check, fix, status } from '#test/support/events.ts';
import { at, HOME, SCHOOL } from '#test/support/supervisions.ts';

const FOUND = at('2026-06-01T22:00:00Z');
const ago = (seconds: number) => secondsAfter(FOUND, -seconds);
const QUESTION = askAboutPlace(placeSchema.parse(HOME));

describe('what each source said of an address', () => {
  it('is told by position, by cells and by home unit, each with how many pieces', () => {
    const inputs = [
      fix(ago(600), HOME),
      fix(ago(500), SCHOOL, { homeUnit: 'seen' }),
      fix(ago(400), SCHOOL, { homeUnit: 'not-seen' }),
      fix(ago(300), SCHOOL, { source: 'cell', accuracyMetres: 100 }),
      check(ago(200), 'absent'),
      check(ago(100), 'present', 'phone'),
    ];
    expect(saidBy(QUESTION, inputs, FOUND)).toEqual([
      { source: 'fixes', says: 'home', pieces: 1 },
      { source: 'fixes', says: 'away', pieces: 2 },
      { source: 'home-unit', says: 'home', pieces: 1 },
      { source: 'home-unit', says: 'away', pieces: 2 },
      { source: 'cells', says: 'away', pieces: 1 },
      { source: 'phone', says: 'home', pieces: 1 },
    ]);
  });

  it('leaves out what says nothing of where somebody is', () => {
    const inputs = [
      status(ago(60), { batteryPercent: 40 }),
      check(ago(50), 'undetermined'),
      check(ago(40), 'failed', 'phone'),
    ];
    expect(saidBy(QUESTION, inputs, FOUND)).toEqual([]);
  });

  it('counts the half hour before it was found, and nothing after', () => {
    const said = (seconds: number) => saidBy(QUESTION, [fix(ago(seconds), HOME)], FOUND).length;
    expect([1_801, 1_800, 0, -1].map(said)).toEqual([0, 1, 1, 0]);
  });

  it('takes the position by itself: the home unit speaks for itself', () => {
    const heard = fix(ago(60), SCHOOL, { homeUnit: 'seen', motion: 'still' });
    expect(saidBy(QUESTION, [heard], FOUND)).toContainEqual({
      ...{ source: 'fixes', says: 'away', pieces: 1 },
    });
  });

  it('is nothing for a zone, or where nothing was asked', () => {
    const read = parseZoneShape({ type: 'Circle', centre: SCHOOL, radiusMetres: 100 });
    if (!read.ok) throw new Error('the test zone is unsound');
    const zone = askAboutZone({ zone: compileZone(read.shape), bufferMetres: 0, places: [] });
    const inputs = [fix(ago(60), HOME)];
    expect(saidBy(zone, inputs, FOUND)).toEqual([]);
    expect(saidBy(null, inputs, FOUND)).toEqual([]);
  });
});
