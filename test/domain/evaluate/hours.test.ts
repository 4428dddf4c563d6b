import { describe, expect, it } from 'vitest';
import { EVER, FOREVER, hoursAt, memoryOf, outsideOf, within } from '#domain/evaluate/hours.ts';
import type { Judgement } from '#domain/evaluate/rule.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { permissionSchema } from '#domain/model/permission.ts';
import { watchCalled } from '#test/support/ask-rule.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

/** From 19:00 to 07:00, London time. */
const START = at('2026-06-01T18:00:00Z');
const END = at('2026-06-02T06:00:00Z');
const minutes = (count: number): Instant => secondsAfter(START, count * 60);
const UNKNOWN = at('2028-01-01T00:00:00Z');

const watchWith = (...permitted: readonly (readonly [Instant, Instant])[]) =>
  watchCalled(
    superviseWith(
      ['curfew'],
      {},
      {
        permissions: permitted.map(([from, until], i) => ({
          version: 1,
          value: permissionSchema.parse({
            ...{ permissionId: `p-${i}`, conditionIds: null, reason: 'court', grantedBy: 'o-1' },
            ...{ from: toIso(from), until: toIso(until) },
          }),
        })),
      },
    ),
    'curfew',
  );
const judge = (): Judgement => ({
  ...{ verdict: 'satisfied', reason: 'in-order', memory: { here: 1 }, dueAt: null },
});
const memory = { before: START };

describe('the hours of a watch', () => {
  const { active } = watchWith();

  it('are a window, when it ends, and when the next begins', () => {
    expect(hoursAt(active, minutes(5))).toMatchObject({ window: { endAt: END }, edgeAt: END });
    expect(hoursAt(active, minutes(-5))).toEqual({ window: null, edgeAt: START, isKnown: true });
    expect(hoursAt(active, UNKNOWN)).toEqual({ window: null, edgeAt: null, isKnown: false });
  });

  it('are all hours where there is no timetable, and never change', () => {
    const { window, edgeAt, isKnown } = hoursAt(EVER, START);
    expect({ edgeAt, isKnown }).toEqual({ edgeAt: null, isKnown: true });
    expect(window).toMatchObject({ startAt: 0, endAt: FOREVER });
  });

  it('turned round are those between', () => {
    const closed = outsideOf(active);
    expect(hoursAt(closed, minutes(5)).window).toBeNull();
    expect(hoursAt(closed, minutes(-5)).window).toMatchObject({ endAt: START });
    const lasting = (of: typeof active) =>
      of.intervals.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);
    expect(lasting(closed) + lasting(active)).toBe(active.untilAt - active.fromAt);
  });
});

describe('a rule asked within its hours', () => {
  const ask = (now: Instant, watch = watchWith()): Judgement =>
    within({ watch, memory, at: now }, judge);

  it('judges there, with the window and when it ends', () => {
    const seen: unknown[] = [];
    const judged = within({ watch: watchWith(), memory, at: minutes(5) }, (asked, during) => {
      seen.push(asked.memory, during.window.startAt, during.edgeAt);
      return judge();
    });
    expect(judged.reason).toBe('in-order');
    expect(seen).toEqual([memory, START, END]);
  });

  it('does not apply outside, forgets, and is due when they begin', () => {
    expect(ask(minutes(-5))).toEqual({
      ...{ verdict: 'not-applicable', reason: 'outside-hours', memory: {}, dueAt: START },
    });
  });

  it('keeps outside what it says that it keeps', () => {
    const outside = () => ({ memory, endsAs: 'out-at-end' }) as const;
    expect(within({ watch: watchWith(), memory, at: minutes(-5) }, judge, outside)).toMatchObject({
      ...{ memory, endsAs: 'out-at-end', dueAt: START },
    });
  });

  it('says nothing and forgets nothing where its hours are not known', () => {
    expect(ask(UNKNOWN)).toEqual({
      ...{ verdict: 'undetermined', reason: 'hours-unknown', memory, dueAt: null },
    });
  });

  it('is permitted from the beginning of leave until before its end, and due at each edge', () => {
    const watch = watchWith([minutes(60), minutes(120)]);
    expect(ask(minutes(60), watch)).toMatchObject({ reason: 'permitted', dueAt: minutes(120) });
    expect(ask(instant(minutes(120) - 1), watch).reason).toBe('permitted');
    expect(ask(minutes(120), watch).reason).toBe('in-order');
    expect(ask(instant(minutes(60) - 1), watch).reason).toBe('in-order');
  });

  it('is due when leave ends, though hours end before', () => {
    const late = watchWith([secondsAfter(END, -600), secondsAfter(END, 600)]);
    expect(ask(END, late)).toMatchObject({ verdict: 'not-applicable' });
    expect(ask(secondsAfter(END, -600), late)).toMatchObject({
      ...{ reason: 'permitted', dueAt: END },
    });
  });
});

describe('what is remembered of a window', () => {
  it('is from its beginning on, and nothing from before', () => {
    const window = {
      startAt: START,
      endAt: END,
      startsBy: 'validity',
      endsBy: 'validity',
    } as const;
    const all = { early: START - 1, first: START, later: minutes(5) };
    expect(memoryOf(all, window)).toEqual({ first: START, later: minutes(5) });
  });
});
