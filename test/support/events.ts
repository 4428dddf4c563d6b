import {
  type CheckResult,
  type DeviceEvent,
  deviceEventSchema,
} from '#domain/model/device-event.ts';
import type { Instant } from '#domain/model/instant.ts';
import { asKept } from '#domain/trail/pack-events.ts';

type Spot = Readonly<{ lat: number; lon: number }>;

/** An event of activation a-1, received as soon as it was recorded unless said otherwise. */
const event = (recordedAt: Instant, fields: Readonly<Record<string, unknown>>): DeviceEvent =>
  asKept(
    deviceEventSchema.parse({
      activationId: 'a-1',
      recordedAt,
      receivedAt: recordedAt,
      ...fields,
    }),
  );

export const fix = (
  recordedAt: Instant,
  spot: Spot,
  fields: Readonly<Record<string, unknown>> = {},
): DeviceEvent => event(recordedAt, { kind: 'fix', accuracyMetres: 8, ...spot, ...fields });

export const status = (
  recordedAt: Instant,
  fields: Readonly<Record<string, unknown>>,
): DeviceEvent => event(recordedAt, { kind: 'device-status', ...fields });

export const check = (
  recordedAt: Instant,
  result: CheckResult,
  method = 'home-unit',
): DeviceEvent => event(recordedAt, { kind: 'check', method, result });
