import { describe, expect, it } from 'vitest';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { isReminded, needsNoReminder } from '#local/worlds/generators/appointment-reminder.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { at, HOME, inForce, superviseWith } from '#test/support/supervisions.ts';

/** The day before, at 17:00 in London, is still in winter time. */
const BEFORE = at('2026-03-28T17:00:00Z');
const FIRST = at('2026-03-29T09:00:00Z');
const SECOND = at('2026-03-29T13:00:00Z');

const withAppointments = (...starts: readonly Instant[]) =>
  superviseWith([], {
    conditions: [
      {
        ...{ conditionId: 'office', kind: 'mandatory-attendance', purpose: 'supervision' },
        place: { ...HOME, label: 'office' },
        appointments: starts.map((startAt) => ({
          ...{ from: toIso(startAt), until: toIso(secondsAfter(startAt, 1_800)) },
        })),
      },
    ],
  });

const asked = (supervision: ReturnType<typeof withAppointments>, now: Instant, memory = {}) =>
  askRule(watchCalled(supervision, 'office.reminder'), now, { memory });

describe('given an appointment', () => {
  const one = withAppointments(FIRST);

  it('is due at five in the afternoon of the day before, by the clock of the order', () => {
    const early = secondsAfter(BEFORE, -3_600);
    expect(asked(one, early)).toMatchObject({ verdict: 'not-applicable', dueAt: BEFORE });
  });

  it('reminds of it then, until it begins', () => {
    expect(asked(one, BEFORE)).toMatchObject({
      ...{ verdict: 'violated', reason: 'appointment-ahead', since: BEFORE },
      ...{ untilAt: FIRST, dueAt: FIRST },
    });
  });

  it('reminds at once of one that comes on record later than that', () => {
    const late = secondsAfter(BEFORE, 7_200);
    expect(asked(one, late)).toMatchObject({ reason: 'appointment-ahead', since: late });
  });

  it('has nothing to say when there is none ahead', () => {
    expect(asked(one, FIRST)).toMatchObject({ verdict: 'not-applicable', dueAt: null });
  });
});

/** What is told to whoever lives so, until the evening of the next day. */
const toldOf = (trail: ReturnType<typeof simulatedTrail>) =>
  trail
    .changes()
    .filter(({ kind, mark }) => kind === 'opened' && mark.reason === 'appointment-ahead')
    .map(({ mark }) => [mark.openedAt, mark.untilAt]);

describe('given two appointments on a day', () => {
  it('reminds of each once: of the second when the first has begun', () => {
    const trail = simulatedTrail(withAppointments(FIRST, SECOND));
    for (let hour = -30; hour <= 10; hour += 1) trail.tell([], secondsAfter(FIRST, hour * 3_600));
    expect(toldOf(trail)).toEqual([
      [BEFORE, FIRST],
      [secondsAfter(FIRST, 1), SECOND],
    ]);
  });
});

describe('given an appointment that is moved when its reminder has gone out', () => {
  it('tells of the new time, once', () => {
    const first = withAppointments(FIRST);
    const trail = simulatedTrail(first);
    trail.tell([], secondsAfter(BEFORE, 60));
    const movedAt = secondsAfter(BEFORE, 3_600);
    trail.change(inForce(first, [movedAt, withAppointments(SECOND)]), movedAt, movedAt);
    trail.tell([], secondsAfter(SECOND, 60));
    expect(toldOf(trail)).toEqual([
      [BEFORE, FIRST],
      [secondsAfter(movedAt, 1), SECOND],
    ]);
  });
});

describe('given made days before an appointment', () => {
  it('is told of once', () => expectTold(isReminded, { numRuns: 10 }));
  it('is never told to who was let off it', () => expectTold(needsNoReminder, { numRuns: 10 }));
});
