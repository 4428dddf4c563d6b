import type { Check, DeviceStatus, Fix } from '../model/device-event.ts';
import type { ByteReader, ByteWriter } from './byte-cursor.ts';

export const KINDS = ['fix', 'check', 'device-status'] as const;
const SOURCES = ['gnss', 'wifi', 'cell', 'rf'] as const;
const MOTIONS = ['unknown', 'moving', 'still'] as const;
const HOME_UNITS = ['unknown', 'seen', 'not-seen'] as const;
const METHODS = ['home-unit', 'door', 'phone', 'face', 'visit'] as const;
const RESULTS = ['present', 'absent', 'failed', 'undetermined'] as const;
const CLOSURES = ['unknown', 'closed', 'open'] as const;
const CHARGING = [null, false, true] as const;
const BATTERIES = ['unknown', 'good', 'low', 'critical'] as const;
const HOME_UNIT_PLACES = ['unknown', 'in-place', 'moved'] as const;
const RECEPTIONS = ['unknown', 'clear', 'jammed', 'shielded'] as const;

/** Zero is kept for what the device does not say. */
const scaled = (value: number | null, unitsPerOne: number): number =>
  value === null ? 0 : Math.round(value * unitsPerOne) + 1;
const unscaled = (units: number, unitsPerOne: number): number | null =>
  units === 0 ? null : (units - 1) / unitsPerOne;

/** What a fix says besides its place and time, as whole numbers. */
export type FixFields = Readonly<{
  flags: number;
  lat: number;
  lon: number;
  accuracy: number;
  speed: number;
  heading: number;
  satellites: number;
  hdop: number;
}>;

export const NO_FIELDS: FixFields = {
  flags: 0,
  lat: 0,
  lon: 0,
  accuracy: 0,
  speed: 0,
  heading: 0,
  satellites: 0,
  hdop: 0,
};

/** An accuracy above nothing stays above nothing. */
const accuracyUnits = (metres: number | null): number =>
  metres === null ? 0 : Math.max(1, Math.round(metres * 10));

export const fieldsOf = (fix: Fix): FixFields => ({
  flags:
    SOURCES.indexOf(fix.source) |
    (MOTIONS.indexOf(fix.motion) << 2) |
    (HOME_UNITS.indexOf(fix.homeUnit) << 4) |
    ((fix.accuracyPercentile === 95 ? 1 : 0) << 6),
  lat: Math.round(fix.lat * 1e7),
  lon: Math.round(fix.lon * 1e7),
  accuracy: accuracyUnits(fix.accuracyMetres),
  speed: scaled(fix.speedMps, 100),
  heading: scaled(fix.headingDegrees, 1),
  satellites: scaled(fix.satellites, 1),
  hdop: scaled(fix.hdop, 10),
});

export const fixFrom = (fields: FixFields) => ({
  source: SOURCES[fields.flags & 3],
  motion: MOTIONS[(fields.flags >> 2) & 3],
  homeUnit: HOME_UNITS[(fields.flags >> 4) & 3],
  accuracyPercentile: fields.flags & 64 ? 95 : 68,
  lat: fields.lat / 1e7,
  lon: fields.lon / 1e7,
  accuracyMetres: fields.accuracy === 0 ? null : fields.accuracy / 10,
  speedMps: unscaled(fields.speed, 100),
  headingDegrees: unscaled(fields.heading, 1),
  satellites: unscaled(fields.satellites, 1),
  hdop: unscaled(fields.hdop, 10),
});

export const packCheck = (to: ByteWriter, check: Check): void => {
  to.u8(METHODS.indexOf(check.method));
  to.u8(RESULTS.indexOf(check.result));
};

export const unpackCheck = (from: ByteReader) => ({
  method: METHODS[from.u8()],
  result: RESULTS[from.u8()],
});

/** Five words of a status in one number, two bits each; most often it is 0, and a byte. */
const wordsOf = (status: DeviceStatus): number =>
  CLOSURES.indexOf(status.case) |
  (HOME_UNIT_PLACES.indexOf(status.homeUnitPlace) << 2) |
  (MOTIONS.indexOf(status.motion) << 4) |
  (RECEPTIONS.indexOf(status.reception) << 6) |
  (BATTERIES.indexOf(status.battery) << 8);

export const packStatus = (to: ByteWriter, status: DeviceStatus): void => {
  to.u8(scaled(status.batteryPercent, 1));
  to.u8((CLOSURES.indexOf(status.strap) << 4) | CHARGING.indexOf(status.charging));
  to.varint(wordsOf(status));
};

/** A status of version 2, which knew a battery, a charger and a strap. */
export const unpackFormerStatus = (from: ByteReader) => {
  const batteryPercent = unscaled(from.u8(), 1);
  const packed = from.u8();
  return { batteryPercent, strap: CLOSURES[packed >> 4], charging: CHARGING[packed & 15] };
};

export const unpackStatus = (from: ByteReader) => {
  const former = unpackFormerStatus(from);
  const words = from.varint();
  return {
    ...former,
    case: CLOSURES[words & 3],
    homeUnitPlace: HOME_UNIT_PLACES[(words >> 2) & 3],
    motion: MOTIONS[(words >> 4) & 3],
    reception: RECEPTIONS[(words >> 6) & 3],
    battery: BATTERIES[words >> 8],
  };
};
