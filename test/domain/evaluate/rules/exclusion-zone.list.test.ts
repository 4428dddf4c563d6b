import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { orderSchema } from '#domain/model/order.ts';
import type { Violation } from '#domain/model/violation.ts';
import { day } from '#test/support/days.ts';
import { fix } from '#test/support/events.ts';
import { SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';
import { SCHOOLS, SCHOOLS_CONDITION } from '#test/support/zone-lists.ts';

const ONE = { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' };
const overOne = (more: object = {}): Supervision =>
  superviseWith([], { conditions: [{ ...ONE, ...more }] });
const overList = (more: object = {}): Supervision =>
  superviseWith([], { conditions: [{ ...SCHOOLS_CONDITION, ...more }] }, { zoneLists: SCHOOLS });

const found = (supervision: Supervision, events: readonly DeviceEvent[]): Violation[] => {
  const until = events.at(-1)?.recordedAt ?? minute(0);
  const { changes } = evaluate({ supervision, state: null, events, until });
  const told = { supervision, inputs: events, detectedAt: until, revision: 1 };
  return changes.flatMap((change) => violationOf(change, told) ?? []);
};

describe('given a list of zones, of which one is on the way', () => {
  it('finds what the zone alone would, on any day', () => {
    let violations = 0;
    fc.assert(
      fc.property(day, fc.constantFrom(0, 150), (events, bufferMetres) => {
        const alone = found(overOne({ bufferMetres }), events);
        const listed = found(overList({ bufferMetres }), events);
        violations += alone.length;
        expect(listed.map(({ zoneName: _, ...violation }) => violation)).toEqual(alone);
      }),
      { numRuns: 60 },
    );
    expect(violations).toBeGreaterThan(10);
  });

  it('says in which zone of it the wearer is', () => {
    const events = walk([5, BETWEEN], [9, SCHOOL]);
    expect(found(overList(), events)).toMatchObject([
      { reason: 'inside-zone', zoneName: 'École St-Étienne' },
    ]);
  });

  it('says through which the wearer came, though no fix lies in it', () => {
    const along = [-0.112, -0.104, -0.096, -0.088, -0.08];
    const events = along.map((lon, i) =>
      fix(minute(i), { lat: SCHOOL.lat, lon }, { accuracyMetres: 5, motion: 'moving' }),
    );
    expect(found(overList(), events)).toMatchObject([
      { reason: 'passed-through', zoneName: 'École St-Étienne' },
    ]);
  });

  it('asks anew when another version of the list is in force', () => {
    const [[id, first] = []] = [...SCHOOLS];
    if (id === undefined || first === undefined) throw new Error('the test has a list');
    const zones = { ...first.value.zones, fingerprint: 'schools.2' };
    const second = new Map([[id, { version: 2, value: { ...first.value, zones } }]]);
    const order = { conditions: [SCHOOLS_CONDITION] };
    const [before, after] = [SCHOOLS, second].map((zoneLists) =>
      superviseWith([], order, { zoneLists }),
    );
    expect(after?.key).not.toBe(before?.key);
    expect(after?.watches[0]?.version).not.toBe(before?.watches[0]?.version);
  });

  it('cannot be watched while the list is not on record', () => {
    const conditions = [SCHOOLS_CONDITION];
    expect(() => superviseWith([], { conditions })).toThrow(/zone list schools/);
  });
});

describe('given a condition that closes zones', () => {
  it.each([
    ['neither a zone nor a list', {}],
    ['both', { zoneId: 'school', zoneListId: 'schools' }],
  ])('is refused when it names %s, by its field', (_, named) => {
    const conditions = [{ conditionId: 'school', kind: 'exclusion-zone', ...named }];
    const read = orderSchema.shape.conditions.safeParse(conditions);
    expect(read.error?.issues).toMatchObject([
      {
        path: [0, 'zoneId'],
        message: expect.stringMatching(/either one zone .* or one zone list/),
      },
    ]);
  });
});
