import { describe, expect, it } from 'vitest';
import { emptyCore } from '#domain/evaluate/core.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { position } from '#domain/geo/position.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { at, daily, HOME, superviseWith } from '#test/support/supervisions.ts';

/** The curfew of these tests runs from 19:00 to 07:00, London time. */
const CURFEW_AT = at('2026-06-01T18:00:00Z');
const ahead = (seconds: number): Instant => secondsAfter(CURFEW_AT, -seconds);
const LEAD = 3_600;

const watchOf = (fields: object = {}, hours = daily('night', '19:00', '07:00')) => {
  const curfew = { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: HOME };
  const conditions = [{ ...curfew, ...fields }];
  return watchCalled(
    superviseWith([], { conditions }, { timetables: new Map([hours]) }),
    'curfew.way-home',
  );
};
const WATCH = watchOf();

const north = (metres: number) => position(HOME.lat + metres / 111_250, HOME.lon);
type More = Readonly<{ watch?: typeof WATCH; memory?: Memory; seenSecondsAgo?: number }>;
/** Asked of somebody so many metres north of home, seen a minute ago unless told otherwise. */
const asked = (now: Instant, metres: number, more: More = {}): Judgement => {
  const { watch = WATCH, memory = {}, seenSecondsAgo = 60 } = more;
  const seen = { at: secondsAfter(now, -seenSecondsAgo), sigmaMetres: 8 };
  const core = { ...emptyCore(now), lastFix: { ...seen, ...north(metres) } };
  return askRule(watch, now, { memory, core });
};

describe('given somebody who was looked at before a curfew', () => {
  it('goes on being told until it starts, wherever they are seen by then', () => {
    const { memory } = asked(ahead(LEAD), 20_000);
    expect(memory).toEqual({ toldFor: CURFEW_AT });
    expect(asked(ahead(100), 0, { memory })).toMatchObject({ verdict: 'violated', memory });
  });

  it('is not looked at before it is time to, though something arrives', () => {
    const { memory, dueAt } = asked(ahead(LEAD), 4_000);
    const early = secondsAfter(dueAt ?? CURFEW_AT, -1);
    const judged = asked(early, 20_000, { memory });
    expect(judged).toMatchObject({ verdict: 'not-applicable', memory, dueAt });
  });

  it('is left alone once it is settled that they need not be told', () => {
    const { memory, dueAt } = asked(ahead(LEAD), 100);
    expect(memory).toEqual({ settledFor: CURFEW_AT });
    expect(dueAt).toBe(CURFEW_AT);
    const later = asked(ahead(900), 20_000, { memory });
    expect(later).toMatchObject({ verdict: 'not-applicable', memory, dueAt: CURFEW_AT });
  });

  it('is looked at anew before the next curfew, whatever was settled of this one', () => {
    const nextDay = secondsAfter(ahead(LEAD), 86_400);
    for (const memory of [{ settledFor: CURFEW_AT }, { toldFor: CURFEW_AT }]) {
      expect(asked(nextDay, 20_000, { memory })).toMatchObject({
        ...{ verdict: 'violated', untilAt: secondsAfter(CURFEW_AT, 86_400) },
      });
    }
  });
});

describe('given somebody who is just as far as it takes', () => {
  it('is told nothing within the distance that the margin is enough for', () => {
    expect(asked(ahead(LEAD), 199).memory).toEqual({ settledFor: CURFEW_AT });
    expect(asked(ahead(LEAD), 202).memory).toHaveProperty('lookAt');
  });

  it('is told where the way takes what is left, and not a little less', () => {
    // 4 m/s, and ten minutes to finish: 12,000 m take the hour.
    expect(asked(ahead(LEAD), 12_010).verdict).toBe('violated');
    expect(asked(ahead(LEAD), 11_980).verdict).toBe('not-applicable');
  });

  it('is told the second time though they seem a little nearer, by the slack', () => {
    const memory = { lookAt: ahead(1_600) };
    expect(asked(ahead(1_600), 3_530, { memory }).verdict).toBe('violated');
    expect(asked(ahead(1_600), 3_500, { memory }).memory).toEqual({ settledFor: CURFEW_AT });
  });

  it('goes by the nearest of the addresses', () => {
    const mother = { label: 'mother', ...north(20_000) };
    const watch = watchOf({ otherPlaces: [mother] });
    expect(asked(ahead(LEAD), 20_100, { watch }).memory).toEqual({ settledFor: CURFEW_AT });
    expect(asked(ahead(LEAD), 100, { watch }).memory).toEqual({ settledFor: CURFEW_AT });
  });

  it('says nothing yet of who was last seen too long ago, and looks with the next fix', () => {
    expect(asked(ahead(LEAD), 20_000, { seenSecondsAgo: 719 }).verdict).toBe('violated');
    expect(asked(ahead(LEAD), 20_000, { seenSecondsAgo: 720 })).toMatchObject({
      ...{ verdict: 'not-applicable', memory: {}, dueAt: CURFEW_AT, rests: false },
    });
  });
});

describe('given hours that leave little time between them', () => {
  const watch = watchOf({}, daily('night', '19:30', '19:00'));

  it('is asked as soon as the one curfew is over, where the next is nearer than an hour', () => {
    expect(asked(ahead(60), 20_000, { watch })).toMatchObject({
      ...{ verdict: 'not-applicable', dueAt: CURFEW_AT },
    });
    expect(asked(secondsAfter(CURFEW_AT, 1), 20_000, { watch })).toMatchObject({
      ...{ verdict: 'violated', untilAt: secondsAfter(CURFEW_AT, 1_800) },
    });
  });

  it('says nothing beyond the hours that are known', () => {
    expect(asked(at('2028-06-01T17:00:00Z'), 20_000)).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'hours-unknown', memory: {}, dueAt: null, rests: true },
    });
  });
});
