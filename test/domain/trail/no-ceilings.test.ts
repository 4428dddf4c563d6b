import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceEventSchema, MAX_SEQUENCE } from '#domain/model/device-event.ts';
import { asKept, packEvents, unpackEvents } from '#domain/trail/pack-events.ts';

/** From 1970 to 2110: an event of any of these instants, received at any other of them. */
const anyInstant = fc.integer({ min: 0, max: Date.parse('2110-01-01T00:00:00Z') });

const anyFix = fc
  .record({
    recordedAt: anyInstant,
    receivedAt: anyInstant,
    sequence: fc.oneof(fc.nat(MAX_SEQUENCE), fc.constantFrom(0, MAX_SEQUENCE)),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    accuracyMetres: fc.option(fc.double({ min: 0.01, max: 100_000, noNaN: true })),
    speedMps: fc.option(fc.double({ min: 0, max: 600, noNaN: true })),
    satellites: fc.option(fc.integer({ min: 0, max: 200 })),
    hdop: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  })
  .map((fields) => deviceEventSchema.parse({ kind: 'fix', activationId: 'a-1', ...fields }));

describe('given events of any time, received after any time', () => {
  it('keeps their times and sequences exactly, however far they lie apart', () => {
    fc.assert(
      fc.property(fc.array(anyFix, { maxLength: 40 }), (events) => {
        const exactly = ({ recordedAt, receivedAt, sequence }: (typeof events)[number]) => ({
          recordedAt,
          receivedAt,
          sequence,
        });
        expect(unpackEvents(packEvents(events)).map(exactly)).toEqual(events.map(exactly));
      }),
    );
  });

  it('keeps what was kept as it is: nothing is lost a second time', () => {
    fc.assert(
      fc.property(anyFix, (event) => {
        expect(asKept(asKept(event))).toEqual(asKept(event));
      }),
    );
  });

  it('takes at most 100 bytes for one, whatever it says', () => {
    fc.assert(
      fc.property(anyFix, (event) => {
        expect(packEvents([event]).length).toBeLessThanOrEqual(100);
      }),
    );
  });
});
