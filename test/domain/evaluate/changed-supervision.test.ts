import { describe, expect, it } from 'vitest';
import { type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { activationIdSchema, orderIdSchema } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { HOME, inForce, SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';
import { circle } from '#test/support/zones.ts';

const ZONE = { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' };
const before = superviseWith([], { conditions: [ZONE] });
const DAY = walk([5, BETWEEN], [12, SCHOOL], [10, BETWEEN]);
const recorded = (from: number, to: number): DeviceEvent[] => DAY.slice(from, to);

type Heard = Readonly<{ until: Instant; events?: readonly DeviceEvent[] }>;

/** What is found of somebody inside a zone since minute 5, when something else is in force. */
const then = (
  supervision: ReturnType<typeof inForce>,
  ...heard: readonly Heard[]
): readonly Evaluation[] => {
  const first = { until: minute(10), events: recorded(0, 11) };
  let state: Evaluation['state'] | null = null;
  return [first, ...heard].map(({ until, events = [] }) => {
    const found = evaluate({ supervision, state, events, until });
    state = found.state;
    return found;
  });
};

const last = (all: readonly Evaluation[]): Evaluation => {
  const found = all.at(-1);
  if (found === undefined) throw new Error('nothing was heard');
  return found;
};

const kinds = ({ changes }: Evaluation): string[] =>
  changes.map(({ kind, mark }) => `${kind} ${mark.endReason}`);

const changedTo = (to: Supervision, at = minute(11)) => inForce(before, [at, to]);

describe('given somebody inside a zone whose order is changed in another respect', () => {
  const reworded = { conditions: [ZONE], legalBasis: 'another paragraph' };
  const renamed = { ...superviseWith([], reworded), key: 'version 2' };
  const slowed = { conditions: [ZONE], reportingIntervalSeconds: 300 };
  const slower = { ...superviseWith([], slowed), key: 'version 3' };

  it.each([
    ['its text', renamed],
    ['its reporting interval', slower],
  ])('goes on with the one violation when it is %s', (_, to) => {
    const [, changed, heard] = then(
      changedTo(to),
      { until: minute(11) },
      { until: minute(14), events: recorded(11, 15) },
    );
    expect(changed?.changes).toEqual([]);
    expect(heard?.changes).toEqual([]);
  });
});

describe('given somebody inside a zone that is asked about otherwise', () => {
  const nextDoor = { label: 'home', lat: SCHOOL.lat - 260 / 111_250, lon: SCHOOL.lon };
  const lived = changedTo(superviseWith([], { conditions: [{ ...ZONE, place: nextDoor }] }));
  const change = { until: minute(11) };

  it('does not take them for clear of it before anything is heard', () => {
    const changed = last(then(lived, change));
    expect(changed.changes).toEqual([]);
    expect(changed.state.core.watches).toMatchObject({ school: { verdict: 'undetermined' } });
  });

  it('goes on with the one violation once they are seen inside it', () => {
    const heard = last(then(lived, change, { until: minute(16), events: recorded(12, 17) }));
    expect(heard.changes).toEqual([]);
    expect(heard.state.core.watches).toMatchObject({ school: { verdict: 'violated' } });
  });

  it('ends it once they are seen outside', () => {
    const [, , , heard] = then(
      lived,
      change,
      { until: minute(16), events: recorded(12, 17) },
      { until: minute(26), events: recorded(17, 27) },
    );
    expect(heard && kinds(heard)).toEqual(['ended back-in-order']);
  });
});

describe('given somebody inside a zone that is moved away from them', () => {
  const zone = circle(HOME);
  const watches = before.watches.map((watch) => ({
    ...watch,
    version: 'exclusion-zone.moved',
    question: watch.question && { ...watch.question, zone },
  }));
  const moved = changedTo({ ...before, key: 'moved', watches });

  it('ends the violation at that instant, and says that the zone was moved', () => {
    const changed = last(then(moved, { until: minute(12) }));
    expect(kinds(changed)).toEqual(['ended zone-moved']);
    expect(changed.changes[0]?.mark.endedAt).toBe(minute(11));
  });

  it('finds none again in what is recorded after that', () => {
    const heard = last(then(moved, { until: minute(16), events: recorded(11, 17) }));
    expect(kinds(heard)).toEqual(['ended zone-moved']);
  });
});

describe('given somebody inside a zone whose hours, or whose order, are ended', () => {
  const night = { ...ZONE, timetableId: 'night' };
  const byNight = superviseWith([], { conditions: [night] });
  const ended = superviseWith([], { conditions: [ZONE], endsAt: '2026-06-01T17:41:00Z' });

  it('says that the hours were changed', () => {
    const changed = last(then(changedTo(byNight), { until: minute(12) }));
    expect(kinds(changed)).toEqual(['ended hours-changed']);
  });

  it('says that the order has ended', () => {
    const orders = inForce(before, [minute(11), ended, orderIdSchema.parse('o-1')]);
    expect(kinds(last(then(orders, { until: minute(12) })))).toEqual(['ended order-ended']);
  });

  it('says that the condition was lifted', () => {
    const none = changedTo(superviseWith([], { conditions: [] }));
    expect(kinds(last(then(none, { until: minute(12) })))).toEqual(['ended condition-lifted']);
  });
});

describe('given a zone that comes into force after a wearer has been there', () => {
  const none = superviseWith([], { conditions: [] });
  const evaluated = (at: Instant, events: readonly DeviceEvent[]) =>
    evaluate({ supervision: inForce(none, [at, before]), state: null, events, until: minute(26) });

  it('finds no violation in what was recorded before', () => {
    expect(evaluated(minute(20), DAY).changes).toEqual([]);
  });

  it('finds one in fixes recorded from then on', () => {
    const { changes } = evaluated(minute(8), recorded(0, 15));
    expect(changes).toMatchObject([{ kind: 'opened', mark: { reason: 'inside-zone' } }]);
    expect(changes[0]?.mark.openedAt).toBeGreaterThanOrEqual(minute(8));
  });
});

describe('given a condition that is replaced by one of another kind under its id', () => {
  it('lifts the violation of the old one', () => {
    const place = { label: 'home', lat: 51.5, lon: -0.1 };
    const curfew = { conditionId: 'school', kind: 'curfew', timetableId: 'night', place };
    const changed = changedTo(superviseWith([], { conditions: [curfew] }));
    expect(kinds(last(then(changed, { until: minute(12) })))).toEqual(['ended condition-lifted']);
  });
});

describe('given a violation whose device has been taken off', () => {
  const [activation] = before.activations;
  if (activation === undefined) throw new Error('no activation');
  const worn = [{ ...activation, endsAt: minute(11) }];
  const activationId = activationIdSchema.parse('a-2');
  const both = [...worn, { ...activation, activationId, startsAt: minute(12) }];
  const taken = { ...before, key: 'taken', activations: worn };
  const replaced = { ...before, key: 'replaced', activations: both };
  const other = recorded(13, 17).map((event) => ({ ...event, activationId }));

  it('ends it as monitoring that has ended', () => {
    const orders = inForce(before, [minute(11), taken]);
    expect(kinds(last(then(orders, { until: minute(12) })))).toEqual(['ended monitoring-ended']);
  });

  it('finds a new one when another device shows them inside', () => {
    const orders = inForce(before, [minute(11), taken], [minute(12), replaced]);
    const heard = last(then(orders, { until: minute(12) }, { until: minute(16), events: other }));
    expect(kinds(heard)).toEqual(['opened null']);
  });

  it('does the same when both changes are seen at once', () => {
    const orders = inForce(before, [minute(11), taken], [minute(12), replaced]);
    const heard = last(then(orders, { until: minute(16), events: other }));
    expect(kinds(heard)).toEqual(['ended monitoring-ended', 'opened null']);
  });
});

describe('given an order that was lifted in the morning, and turns out not to have been', () => {
  const NIGHT_ENDS = minute(750);
  const LIFTED = minute(780);
  const curfew = superviseWith(['curfew']);
  const lifted = inForce(curfew, [LIFTED, superviseWith([], { conditions: [] })]);

  it('tells nothing again of the night before, whenever it is looked at', () => {
    const trail = simulatedTrail(lifted);
    trail.tell(walk([60, BETWEEN]), minute(59));
    trail.tell([], LIFTED);
    trail.change(curfew, LIFTED, minute(790));
    const told = trail.changes().filter(({ mark }) => mark.watchId === 'curfew');
    expect(told.map(({ kind, mark }) => [kind, mark.endedAt])).toEqual([
      ['opened', null],
      ['ended', NIGHT_ENDS],
    ]);
    expect(trail.tell([], minute(800)).changes).toEqual([]);
    expect(trail.tell([], minute(810)).changes).toEqual([]);
  });
});

describe('given an order that ended and goes on after all, and no device', () => {
  const bare = (endsAt: string | null) =>
    superviseWith([], { deviceCare: {}, endsAt }, { activations: [] });
  const ended = bare(toIso(minute(10)));
  const goesOn = inForce(ended, [minute(20), bare(null)]);

  it('is one violation, which goes on, however often all of it is folded again', () => {
    const trail = simulatedTrail(goesOn);
    trail.tell([], minute(5));
    trail.tell([], minute(30));
    const told = trail.changes().length;
    for (const n of [40, 50]) trail.change(goesOn, minute(5), minute(n));
    expect(trail.tell([], minute(60)).changes).toEqual([]);
    expect(trail.changes()).toHaveLength(told);
    expect(trail.state().core.marks).toMatchObject([{ reason: 'no-device', endedAt: null }]);
  });
});
