import {
  type Check,
  type DeviceEvent,
  type DeviceStatus,
  deviceEventSchema,
  type Fix,
} from '../model/device-event.ts';
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from './byte-cursor.ts';

/**
 * Events as they are kept: 30 bytes a fix, 16 a check or status. What is lost is stated: positions
 * to
 * 1e-7 degree (1.1 cm), accuracy to 0.1 m (10 m above 3.2 km), speed to 0.01 m/s, heading to 2
 * degrees, hdop to 0.1 (25.4 at most), 254 satellites at most. Times and sequence numbers are
 * exact.
 */
const VERSION = 1;
/** Lets a device's clock run ahead of ours by up to ten minutes. */
const AHEAD_MILLISECONDS = 600_000;

const KINDS = ['fix', 'check', 'device-status'] as const;
const SOURCES = ['gnss', 'wifi', 'cell', 'rf'] as const;
const MOTIONS = ['unknown', 'moving', 'still'] as const;
const HOME_UNITS = ['unknown', 'seen', 'not-seen'] as const;
const METHODS = ['home-unit', 'door', 'phone', 'face', 'visit'] as const;
const RESULTS = ['present', 'absent', 'failed', 'undetermined'] as const;
const STRAPS = ['unknown', 'closed', 'open'] as const;
const CHARGING = [null, false, true] as const;

const scaled = (value: number | null, unitsPerOne: number, most: number): number =>
  value === null ? most : Math.min(most - 1, Math.round(value * unitsPerOne));
const unscaled = (units: number, unitsPerOne: number, most: number): number | null =>
  units === most ? null : units / unitsPerOne;

const COARSE = 0x8000;
const packAccuracy = (metres: number | null): number => {
  if (metres === null) return 0;
  const decimetres = Math.max(1, Math.round(metres * 10));
  return decimetres < COARSE ? decimetres : COARSE | Math.round(metres / 10);
};
const unpackAccuracy = (packed: number): number | null => {
  if (packed === 0) return null;
  return packed & COARSE ? (packed & ~COARSE) * 10 : packed / 10;
};

const packFix = (to: ByteWriter, fix: Fix): void => {
  const percentile = fix.accuracyPercentile === 95 ? 1 : 0;
  to.u8(
    SOURCES.indexOf(fix.source) |
      (MOTIONS.indexOf(fix.motion) << 2) |
      (HOME_UNITS.indexOf(fix.homeUnit) << 4) |
      (percentile << 6),
  );
  to.i32(Math.round(fix.lat * 1e7));
  to.i32(Math.round(fix.lon * 1e7));
  to.u16(packAccuracy(fix.accuracyMetres));
  to.u16(scaled(fix.speedMps, 100, 0xffff));
  to.u8(scaled(fix.headingDegrees, 0.5, 0xff));
  to.u8(scaled(fix.satellites, 1, 0xff));
  to.u8(scaled(fix.hdop, 10, 0xff));
};

const unpackFix = (from: ByteReader) => {
  const flags = from.u8();
  return {
    source: SOURCES[flags & 3],
    motion: MOTIONS[(flags >> 2) & 3],
    homeUnit: HOME_UNITS[(flags >> 4) & 3],
    accuracyPercentile: flags & 64 ? 95 : 68,
    lat: from.i32() / 1e7,
    lon: from.i32() / 1e7,
    accuracyMetres: unpackAccuracy(from.u16()),
    speedMps: unscaled(from.u16(), 100, 0xffff),
    headingDegrees: unscaled(from.u8(), 0.5, 0xff),
    satellites: unscaled(from.u8(), 1, 0xff),
    hdop: unscaled(from.u8(), 10, 0xff),
  };
};

const packCheck = (to: ByteWriter, check: Check): void =>
  to.u16((METHODS.indexOf(check.method) << 8) | RESULTS.indexOf(check.result));

const unpackCheck = (from: ByteReader) => {
  const packed = from.u16();
  return { method: METHODS[packed >> 8], result: RESULTS[packed & 0xff] };
};

const packStatus = (to: ByteWriter, status: DeviceStatus): void => {
  to.u8(scaled(status.batteryPercent, 1, 0xff));
  to.u8((STRAPS.indexOf(status.strap) << 4) | CHARGING.indexOf(status.charging));
};

const unpackStatus = (from: ByteReader) => {
  const batteryPercent = unscaled(from.u8(), 1, 0xff);
  const packed = from.u8();
  return { batteryPercent, strap: STRAPS[packed >> 4], charging: CHARGING[packed & 15] };
};

const packBody = (to: ByteWriter, event: DeviceEvent): void => {
  switch (event.kind) {
    case 'fix':
      packFix(to, event);
      break;
    case 'check':
      packCheck(to, event);
      break;
    case 'device-status':
      packStatus(to, event);
      break;
    default:
      event satisfies never;
  }
};

const unpackBody = { fix: unpackFix, check: unpackCheck, 'device-status': unpackStatus } as const;

const MOST_ACTIVATIONS = 64;

/** Cuts events, in their order, into parts that can each be packed. */
export const inPackableParts = (events: readonly DeviceEvent[]): DeviceEvent[][] => {
  const parts: DeviceEvent[][] = [];
  let named = new Set<string>();
  for (const event of events) {
    named.add(event.activationId);
    const last = parts.at(-1);
    if (last !== undefined && named.size <= MOST_ACTIVATIONS) {
      last.push(event);
    } else {
      parts.push([event]);
      named = new Set([event.activationId]);
    }
  }
  return parts;
};

/** Packs events of one wearer. Throws where they name more than 64 activations. */
export const packEvents = (events: readonly DeviceEvent[]): Uint8Array => {
  const to = byteWriter();
  const activations = [...new Set(events.map((event) => event.activationId))];
  if (activations.length > MOST_ACTIVATIONS)
    throw new RangeError('More than 64 activations in one slice');
  const base = events.reduce((least, event) => Math.min(least, event.recordedAt), Infinity);
  to.u8(VERSION);
  to.u8(activations.length);
  for (const activationId of activations) to.ascii(activationId);
  to.f64(events.length === 0 ? 0 : base);
  for (const event of events) {
    to.u8((KINDS.indexOf(event.kind) << 6) | activations.indexOf(event.activationId));
    to.u40(event.recordedAt - base);
    to.u32(event.receivedAt - event.recordedAt + AHEAD_MILLISECONDS);
    to.u32(event.sequence);
    packBody(to, event);
  }
  return to.bytes();
};

/** Unpacks what `packEvents` made. Throws on bytes that it did not make. */
export const unpackEvents = (bytes: Uint8Array): DeviceEvent[] => {
  const from = byteReader(bytes);
  const version = from.u8();
  if (version !== VERSION) throw new RangeError(`Packed events of an unknown version: ${version}`);
  const activations = Array.from({ length: from.u8() }, () => from.ascii());
  const base = from.f64();
  const events: DeviceEvent[] = [];
  while (!from.isAtEnd()) {
    const head = from.u8();
    const kind = KINDS[head >> 6];
    if (kind === undefined) throw new RangeError('Packed events hold a kind that is not known');
    const recordedAt = base + from.u40();
    const receivedAt = recordedAt + from.u32() - AHEAD_MILLISECONDS;
    const sequence = from.u32();
    const stated = { kind, activationId: activations[head & 63], recordedAt, receivedAt, sequence };
    events.push(deviceEventSchema.parse({ ...stated, ...unpackBody[kind](from) }));
  }
  return events;
};

/** An event as it will be once kept, so that it is evaluated the same before and after. */
export const asKept = (event: DeviceEvent): DeviceEvent =>
  unpackEvents(packEvents([event]))[0] ?? event;
