import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { locationLine } from '#domain/exchange/location-line.ts';
import type { HistoryGroup } from '#domain/exchange/record-transfer.ts';
import { violationLine } from '#domain/exchange/violation-line.ts';
import { type DeviceEvent, deviceEventSchema } from '#domain/model/device-event.ts';
import { later, violation } from '#test/support/alerts.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const FROM = Date.parse('2026-01-01T00:00:00Z');
const YEAR_MILLISECONDS = 365 * 86_400_000;
export const STRETCH = { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };

const instants = fc.integer({ min: FROM, max: FROM + YEAR_MILLISECONDS });
const ids = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const stated = { activationId: ids, recordedAt: instants, receivedAt: instants };
const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });

/** Any event that a device can have said. */
export const events: fc.Arbitrary<DeviceEvent> = fc
  .oneof(
    fc.record({
      ...{ kind: fc.constant('fix'), ...stated, lat: degrees(90), lon: degrees(180) },
      accuracyMetres: maybe(fc.double({ min: 0.1, max: 100_000, noNaN: true })),
      source: fc.constantFrom('gnss', 'wifi', 'cell', 'rf'),
      speedMps: maybe(fc.double({ min: 0, max: 600, noNaN: true })),
      sequence: fc.nat(),
    }),
    fc.record({
      ...{ kind: fc.constant('check'), ...stated, sequence: fc.nat() },
      method: fc.constantFrom('home-unit', 'door', 'phone', 'face', 'visit'),
      result: fc.constantFrom('present', 'absent', 'failed', 'undetermined'),
    }),
    fc.record({
      ...{ kind: fc.constant('device-status'), ...stated, sequence: fc.nat() },
      batteryPercent: maybe(fc.integer({ min: 0, max: 100 })),
      strap: fc.constantFrom('closed', 'open', 'unknown'),
    }),
  )
  .map((event) => deviceEventSchema.parse(event));

const found = fc
  .record({
    violationId: ids,
    openedAt: instants,
    zoneName: fc.string({ maxLength: 200 }),
    certainty: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    status: fc.constantFrom('open', 'ended', 'withdrawn'),
  })
  .map((fields) => violationLine(violation({ ...fields, endedAt: later(900) })));

const words = fc.string({ maxLength: 50 });

const told = fc
  .record({ alertId: ids, details: fc.dictionary(ids, fc.oneof(words, fc.integer())), words })
  .map((fields) => ({
    ...{ kind: 'history', at: '2026-03-02T20:00:00Z', what: 'alert-opened', ...fields },
  }));

/** Names that a sheet refuses, and that fast-check likes to try. */
const REFUSED_NAME = /"(?:__proto__|constructor|prototype)":/;

const documents = fc
  .record({ id: ids, document: fc.dictionary(ids, fc.jsonValue({ maxDepth: 4 })) })
  .filter((fields) => !REFUSED_NAME.test(JSON.stringify(fields)))
  .map((fields) => ({
    ...{ kind: 'document', of: 'order', version: 1, recordedAt: null, inForceAt: null, ...fields },
  }));

/** Lines of each group, as whoever holds such a history writes them. */
export const LINES: Readonly<Record<HistoryGroup, fc.Arbitrary<object>>> = {
  demographics: documents,
  locations: events.map((event) => locationLine(event, 'T-1')),
  violations: found,
  alerts: told,
};
