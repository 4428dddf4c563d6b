import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityOf } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { orderIdSchema } from '#domain/model/ids.ts';
import { day, NEXT_DOOR_SUPERVISION } from '#test/support/days.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { inForce, superviseWith } from '#test/support/supervisions.ts';
import { cutInto, minute } from '#test/support/walks.ts';

/** So many runs in each suite; HOMEWARD_RUNS asks for more. */
const RUNS = Number(process.env.HOMEWARD_RUNS ?? 60);
const LONGEST_MILLISECONDS = 30_000 + RUNS * 500;
const UNTIL = minute(600);

type Trail = ReturnType<typeof simulatedTrail>;

/** What stands of every violation after all that was put on record, in the order of its opening. */
const standing = (trail: Trail): string[] => {
  const known = new Map<string, string>();
  for (const { kind, mark } of trail.changes()) {
    const { violationId, watchId, reason, openedAt, endedAt, endReason } = mark;
    const told = [watchId, openedAt, endedAt, reason, endReason].join(' ');
    if (kind === 'withdrawn') known.delete(violationId);
    else known.set(violationId, told);
  }
  return [...known.values()].sort();
};

const ZONE = { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' };
const first = NEXT_DOOR_SUPERVISION;
const fewer = superviseWith([], { conditions: [ZONE] });
const byNight = superviseWith([], { conditions: [{ ...ZONE, timetableId: 'night' }] });
const others = {
  fewer,
  byNight,
  both: superviseWith(),
  none: superviseWith([], { conditions: [] }),
};

const world = fc.record({
  events: day,
  order: fc.infiniteStream(fc.nat(1_000_000)),
  repeated: fc.integer({ min: 0, max: 20 }),
  sizes: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
  to: fc.constantFrom('fewer', 'byNight', 'both', 'none'),
  next: fc.constantFrom('fewer', 'byNight', 'both', 'none'),
  changedAt: fc.integer({ min: 1, max: 150 }),
  later: fc.integer({ min: 1, max: 60 }),
  isEnded: fc.boolean(),
  /** After so many batches each change becomes known. */
  known: fc.tuple(fc.nat(6), fc.nat(6)),
});

const shuffled = (events: readonly DeviceEvent[], numbers: Iterator<number>): DeviceEvent[] =>
  events
    .map((event) => [numbers.next().value ?? 0, event] as const)
    .sort(([a], [b]) => a - b)
    .map(([, event]) => event);

describe('given any day in any order and batches, some of it twice, with orders changed', () => {
  it(
    'stands with the violations, beliefs and events of one uninterrupted fold',
    () => {
      let found = 0;
      fc.assert(
        fc.property(world, (given) => {
          const { events, order, repeated, sizes, to, next, isEnded } = given;
          const [oneAt, otherAt] = [minute(given.changedAt), minute(given.changedAt + given.later)];
          const ended = isEnded ? [orderIdSchema.parse('o-1')] : [];
          const once = inForce(first, [oneAt, others[to]]);
          const twice = inForce(first, [oneAt, others[to]], [otherAt, others[next], ...ended]);
          const whole = simulatedTrail(twice);
          whole.tell(events, UNTIL);
          const trail = simulatedTrail(first);
          const sent = shuffled([...events, ...events.slice(0, repeated)], order);
          const [one, other] = [given.known[0], given.known[0] + given.known[1]];
          const batches = cutInto(sent, sizes);
          for (const [i, batch] of batches.entries()) {
            if (i === one) trail.change(once, oneAt, UNTIL);
            if (i === other) trail.change(twice, otherAt, UNTIL);
            trail.tell(batch, UNTIL);
          }
          if (one >= batches.length) trail.change(once, oneAt, UNTIL);
          if (other >= batches.length) trail.change(twice, otherAt, UNTIL);
          found += standing(whole).length;
          expect(standing(trail)).toEqual(standing(whole));
          expect(trail.state().core.watches).toEqual(whole.state().core.watches);
          expect(trail.kept().map(identityOf).sort()).toEqual(events.map(identityOf).sort());
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(found).toBeGreaterThan(RUNS / 4);
    },
    LONGEST_MILLISECONDS,
  );
});

describe('given any day told in order, cut anywhere', () => {
  it(
    'comes to the same state, slices and violations, to the byte',
    () => {
      fc.assert(
        fc.property(world, ({ events, sizes, to, changedAt }) => {
          const orders = inForce(first, [minute(changedAt), others[to]]);
          const tell = (batches: readonly (readonly DeviceEvent[])[]) => {
            const trail = simulatedTrail(orders);
            for (const batch of batches) trail.tell(batch, batch.at(-1)?.recordedAt ?? minute(0));
            trail.tell([], UNTIL);
            return [trail.state(), trail.kept(), standing(trail)];
          };
          expect(JSON.stringify(tell(cutInto(events, sizes)))).toBe(JSON.stringify(tell([events])));
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    LONGEST_MILLISECONDS,
  );
});
