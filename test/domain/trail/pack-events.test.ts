import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeviceEvent,
  deviceEventSchema,
  type Fix,
  MAX_SEQUENCE,
} from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import { asKept, inPackableParts, packEvents, unpackEvents } from '#domain/trail/pack-events.ts';
import { fix } from '#test/support/events.ts';
import { at } from '#test/support/supervisions.ts';

const T = at('2026-03-02T20:00:00Z');
const DAY = 86_400_000;

const orUnknown = <V>(value: fc.Arbitrary<V>) => fc.option(value);
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const stated = {
  activationId: fc.constantFrom('a-1', 'b.2', `c-${'x'.repeat(62)}`),
  sequence: fc.oneof(fc.nat(), fc.constant(MAX_SEQUENCE)),
  recordedAt: fc.integer({ min: T - 30 * DAY, max: T + 300_000 }),
  /** A device's clock may run ahead; a fix may come after years. */
  lag: fc.integer({ min: -600_000, max: 3_000 * DAY }),
};
const fixes = fc.record({
  ...stated,
  kind: fc.constant('fix'),
  lat: within(-90, 90),
  lon: within(-180, 180),
  accuracyMetres: orUnknown(within(0.001, 100_000)),
  accuracyPercentile: fc.constantFrom(68, 95),
  source: fc.constantFrom('gnss', 'wifi', 'cell', 'rf'),
  speedMps: orUnknown(within(0, 600)),
  headingDegrees: orUnknown(within(0, 360)),
  satellites: orUnknown(fc.nat({ max: 200 })),
  hdop: orUnknown(within(0, 100)),
  motion: fc.constantFrom('moving', 'still', 'unknown'),
  homeUnit: fc.constantFrom('seen', 'not-seen', 'unknown'),
});
const checks = fc.record({
  ...stated,
  kind: fc.constant('check'),
  method: fc.constantFrom('home-unit', 'door', 'phone', 'face', 'visit'),
  result: fc.constantFrom('present', 'absent', 'failed', 'undetermined'),
});
const statuses = fc.record({
  ...stated,
  kind: fc.constant('device-status'),
  batteryPercent: orUnknown(within(0, 100)),
  charging: orUnknown(fc.boolean()),
  strap: fc.constantFrom('closed', 'open', 'unknown'),
  case: fc.constantFrom('closed', 'open', 'unknown'),
  homeUnitPlace: fc.constantFrom('in-place', 'moved', 'unknown'),
  motion: fc.constantFrom('moving', 'still', 'unknown'),
  reception: fc.constantFrom('clear', 'jammed', 'shielded', 'unknown'),
  battery: fc.constantFrom('good', 'low', 'critical', 'unknown'),
});
const anyEvent = fc
  .oneof(fixes, checks, statuses)
  .map(
    (event): DeviceEvent =>
      deviceEventSchema.parse({ ...event, receivedAt: event.recordedAt + event.lag }),
  );
const anyFix = fixes.map(
  (event): DeviceEvent =>
    deviceEventSchema.parse({ ...event, receivedAt: event.recordedAt + event.lag }),
);
const kept = fc.array(anyEvent.map(asKept), { maxLength: 20 });

describe('events that are packed and unpacked', () => {
  it('are the same once they are as they are kept', () => {
    fc.assert(
      fc.property(kept, (events) => {
        expect(unpackEvents(packEvents(events))).toEqual(events);
      }),
    );
  });

  it('change no more the second time', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(asKept(asKept(event))).toEqual(asKept(event));
        expect(unpackEvents(packEvents([event]))).toEqual([asKept(event)]);
      }),
    );
  });

  it('keep time, sequence, activation and every word exactly', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { kind, activationId, recordedAt, receivedAt, sequence } = event;
        expect(asKept(event)).toMatchObject({
          kind,
          activationId,
          recordedAt,
          receivedAt,
          sequence,
        });
      }),
    );
  });

  it('take at most 50 bytes a fix beyond the header, however they jump about', () => {
    fc.assert(
      fc.property(fc.array(anyFix, { minLength: 1, maxLength: 40 }), (events) => {
        expect(packedFixBytes(events)).toBeLessThanOrEqual(50 * events.length);
      }),
    );
  });

  it('take at most 30 bytes a fix as a device sends them, at home or on a motorway', () => {
    fc.assert(
      fc.property(fc.array(strides, { minLength: 4, maxLength: 60 }), (strided) => {
        const events = journey(strided);
        expect(packedFixBytes(events)).toBeLessThanOrEqual(30 * events.length);
      }),
    );
  });
});

/** Without version, activations and the six bytes by which the first event's time is longer. */
const packedFixBytes = (events: readonly DeviceEvent[]): number => {
  const ids = new Set(events.map(({ activationId }) => activationId));
  const header = 2 + [...ids].reduce((sum, id) => sum + 1 + id.length, 0);
  return packEvents(events).length - header;
};

/** Up to 3 km in a minute, everything a device can say, uploads after seconds or hours. */
const strides = fc.record({
  seconds: fc.integer({ min: 1, max: 900 }),
  north: fc.integer({ min: -270_000, max: 270_000 }),
  east: fc.integer({ min: -270_000, max: 270_000 }),
  delaySeconds: fc.integer({ min: 0, max: 43_200 }),
  accuracyMetres: within(1, 1_500),
  speedMps: within(0, 60),
  headingDegrees: within(0, 360),
  satellites: fc.nat({ max: 30 }),
  hdop: within(0.5, 20),
});
type Stride = typeof strides extends fc.Arbitrary<infer Value> ? Value : never;

const journey = (strided: readonly Stride[]): DeviceEvent[] => {
  let [recordedAt, lat, lon] = [T, 51.5, -0.1];
  return strided.map(({ seconds, north, east, delaySeconds, ...said }, sequence) => {
    recordedAt = instant(recordedAt + seconds * 1000);
    lat += north / 1e7;
    lon += east / 1e7;
    const receivedAt = recordedAt + delaySeconds * 1000;
    const stated = { kind: 'fix', activationId: 'a-1', sequence, recordedAt, receivedAt };
    return deviceEventSchema.parse({ ...stated, lat, lon, ...said });
  });
};

const asFix = (event: DeviceEvent): Fix => {
  if (event.kind !== 'fix') throw new Error('not a fix');
  return event;
};
const keptFix = (fields: Readonly<Record<string, unknown>>): Fix =>
  asFix(fix(T, { lat: 51.5, lon: -0.1 }, fields));

describe('what is lost of a fix is as little as stated', () => {
  it('a centimetre of its position', () => {
    fc.assert(
      fc.property(anyFix, (event) => {
        const [before, after] = [asFix(event), asFix(asKept(event))];
        expect(Math.abs(before.lat - after.lat)).toBeLessThanOrEqual(0.5001e-7);
        expect(Math.abs(before.lon - after.lon)).toBeLessThanOrEqual(0.5001e-7);
      }),
    );
  });

  it.each([
    ['a decimetre of its accuracy', 'accuracyMetres', 8.14, 8.1],
    ['no more of a coarse one', 'accuracyMetres', 5_004.2, 5_004.2],
    ['nothing of the coarsest accuracy', 'accuracyMetres', 100_000, 100_000],
    ['but never all of it', 'accuracyMetres', 0.001, 0.1],
    ['a centimetre a second of its speed', 'speedMps', 1.234, 1.23],
    ['a degree of its heading', 'headingDegrees', 91.4, 91],
    ['a tenth of its hdop, however large', 'hdop', 99.04, 99],
    ['what the device did not say stays unsaid', 'speedMps', null, null],
  ] as const)('%s', (_, field, sent, expected) => {
    expect(keptFix({ [field]: sent })[field]).toBe(expected);
  });
});

describe('statuses that were kept before they told of case, reception and the like', () => {
  it('are read as they were, and say nothing of these', () => {
    const status = deviceEventSchema.parse({
      ...{ kind: 'device-status', activationId: 'a-1', recordedAt: T, receivedAt: T },
      ...{ batteryPercent: 40, charging: true, strap: 'open' },
    });
    // Version 2 ended a status with its strap and charger: the byte of the other words was not.
    const former = packEvents([status]).slice(0, -1);
    former[0] = 2;
    expect(unpackEvents(former)).toEqual([status]);
  });
});

describe('bytes that were never packed', () => {
  it('are refused by their version', () => {
    expect(() => unpackEvents(new Uint8Array([9, 0]))).toThrow('unknown version: 9');
  });

  it('are refused where they end in the middle of an event', () => {
    const bytes = packEvents([keptFix({})]);
    expect(() => unpackEvents(bytes.slice(0, -1))).toThrow(RangeError);
  });

  it('throw or give sound events, and never anything else', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 3), fc.uint8Array({ maxLength: 60 }), (version, bytes) => {
        const read = (): DeviceEvent[] => {
          try {
            return unpackEvents(new Uint8Array([version, ...bytes]));
          } catch {
            return [];
          }
        };
        for (const event of read()) expect(deviceEventSchema.safeParse(event).success).toBe(true);
      }),
    );
  });

  it('cannot be made of more than 64 activations', () => {
    const events = Array.from({ length: 65 }, (_, i) => keptFix({ activationId: `a-${i}` }));
    expect(() => packEvents(events)).toThrow('64 activations');
    expect(inPackableParts(events).flatMap((part) => unpackEvents(packEvents(part)))).toEqual(
      events,
    );
  });
});

describe('no events', () => {
  it('are packed and unpacked too', () => expect(unpackEvents(packEvents([]))).toEqual([]));
});
