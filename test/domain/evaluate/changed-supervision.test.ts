import { describe, expect, it } from 'vitest';
import { type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { activationIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';

const ZONE = { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' };
const before = superviseWith([], { conditions: [ZONE] });

const inside = evaluate({
  supervision: before,
  state: null,
  events: walk([5, BETWEEN], [6, SCHOOL]),
  until: minute(10),
});

const then = (
  supervision: Supervision,
  until: Instant,
  events: readonly DeviceEvent[] = [],
  known: Evaluation = inside,
): Evaluation => evaluate({ supervision, state: known.state, events, until });

const kinds = ({ changes }: Evaluation): string[] =>
  changes.map(({ kind, mark }) => `${kind} ${mark.endReason}`);

const DAY = walk([5, BETWEEN], [12, SCHOOL], [10, BETWEEN]);
const recorded = (from: number, to: number): DeviceEvent[] => DAY.slice(from, to);

describe('given somebody inside a zone whose order is changed in another respect', () => {
  const reworded = { conditions: [ZONE], legalBasis: 'another paragraph' };
  const renamed = { ...superviseWith([], reworded), key: 'version 2' };
  const slowed = { conditions: [ZONE], reportingIntervalSeconds: 300 };
  const slower = { ...superviseWith([], slowed), key: 'version 3' };

  it.each([
    ['its text', renamed],
    ['its reporting interval', slower],
  ])('goes on with the one violation when it is %s', (_, supervision) => {
    expect(supervision.key).not.toBe(before.key);
    const changed = then(supervision, minute(11));
    expect(changed.changes).toEqual([]);
    expect(then(supervision, minute(14), recorded(11, 15), changed).changes).toEqual([]);
  });
});

describe('given somebody inside a zone that is changed round them', () => {
  const nextDoor = { label: 'home', lat: SCHOOL.lat - 260 / 111_250, lon: SCHOOL.lon };
  const lived = superviseWith([], { conditions: [{ ...ZONE, place: nextDoor }] });
  const changed = then(lived, minute(11));

  it('does not take them for clear of it before anything is heard', () => {
    expect(changed.changes).toEqual([]);
    expect(changed.state.core.watches).toMatchObject({ school: { verdict: 'undetermined' } });
  });

  it('goes on with the one violation once they are seen inside it', () => {
    const heard = then(lived, minute(16), recorded(12, 17), changed);
    expect(heard.changes).toEqual([]);
    expect(heard.state.core.watches).toMatchObject({ school: { verdict: 'violated' } });
  });

  it('ends it once they are seen outside', () => {
    const heard = then(lived, minute(26), recorded(17, 27), changed);
    expect(kinds(heard)).toEqual(['ended back-in-order']);
  });
});

describe('given a zone that comes into force after a wearer has been there', () => {
  const none = superviseWith([], { conditions: [] });
  const first = evaluate({
    supervision: none,
    state: null,
    events: recorded(0, 5),
    until: minute(4),
  });

  it('finds no violation in fixes recorded before and uploaded after', () => {
    const changed = then(before, minute(20), [], first);
    const heard = then(before, minute(26), recorded(5, 27), changed);
    expect(heard.changes).toEqual([]);
  });

  it('finds one in fixes recorded from then on', () => {
    const changed = then(before, minute(8), [], first);
    const heard = then(before, minute(14), recorded(5, 15), changed);
    expect(heard.changes).toMatchObject([{ kind: 'opened', mark: { reason: 'inside-zone' } }]);
    expect(heard.changes[0]?.mark.openedAt).toBeGreaterThanOrEqual(minute(8));
  });
});

describe('given a condition that is replaced by one of another kind under its id', () => {
  it('lifts the violation of the old one', () => {
    const place = { label: 'home', lat: 51.5, lon: -0.1 };
    const curfew = { conditionId: 'school', kind: 'curfew', timetableId: 'night', place };
    const changed = then(superviseWith([], { conditions: [curfew] }), minute(11));
    expect(kinds(changed)).toEqual(['ended condition-lifted']);
  });
});

describe('given a violation whose device has been taken off', () => {
  const [activation] = before.activations;
  if (activation === undefined) throw new Error('no activation');
  const taken = { ...before, key: 'taken', activations: [{ ...activation, endsAt: minute(11) }] };
  const activationId = activationIdSchema.parse('a-2');
  const replaced = {
    ...before,
    key: 'replaced',
    activations: [...taken.activations, { ...activation, activationId, startsAt: minute(12) }],
  };
  const other = recorded(13, 17).map((event) => ({ ...event, activationId }));

  it('ends it as monitoring that has ended', () => {
    expect(kinds(then(taken, minute(12)))).toEqual(['ended monitoring-ended']);
  });

  it('finds a new one when another device shows them inside', () => {
    const changed = then(replaced, minute(12), [], then(taken, minute(12)));
    const heard = then(replaced, minute(16), other, changed);
    expect(kinds(heard)).toEqual(['opened null']);
  });

  it('does the same when both changes are seen at once', () => {
    const changed = then(replaced, minute(12));
    expect(kinds(changed)).toEqual(['ended monitoring-ended']);
  });
});
