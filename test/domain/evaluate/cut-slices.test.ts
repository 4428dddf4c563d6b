import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityOf } from '#domain/evaluate/slice.ts';
import { fix } from '#test/support/events.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { HOME, superviseWith } from '#test/support/supervisions.ts';
import { cutInto, minute } from '#test/support/walks.ts';

const at = (n: number, sequence: number) => fix(minute(n), HOME, { sequence });
const atOnce = (n: number, count: number) => Array.from({ length: count }, (_, i) => at(n, i));

describe('given many events of one instant', () => {
  it.each([16, 17, 48, 100])('keeps all %i of them in one slice', (count) => {
    const trail = simulatedTrail(superviseWith());
    trail.tell(atOnce(0, count), minute(0));
    expect(trail.kept()).toHaveLength(count);
    expect(trail.state().slice.inputs).toHaveLength(count);
  });

  it('overwrites none of them when later ones come', () => {
    const trail = simulatedTrail(superviseWith());
    const later = Array.from({ length: 40 }, (_, i) => at(i + 1, 0));
    trail.tell(atOnce(0, 32), minute(0));
    trail.tell(later, minute(41));
    expect(trail.kept()).toHaveLength(72);
  });

  it('keeps every event once, whatever the instants and the batches', () => {
    const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.nat(30)), {
      minLength: 1,
      maxLength: 150,
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(events, sizes, (named, cuts) => {
        const sent = named.map(([n, sequence]) => at(n, sequence));
        const trail = simulatedTrail(superviseWith());
        for (const batch of cutInto(sent, cuts)) trail.tell(batch, minute(10));
        const distinct = new Set(sent.map(identityOf));
        expect(trail.kept().map(identityOf).sort()).toEqual([...distinct].sort());
      }),
      { numRuns: 100 },
    );
  });
});
