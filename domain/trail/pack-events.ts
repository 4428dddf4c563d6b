import { position } from '../geo/position.ts';
import { type DeviceEvent, deviceEventSchema, type Fix } from '../model/device-event.ts';
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from './byte-cursor.ts';
import {
  type FixFields,
  fieldsOf,
  fixFrom,
  KINDS,
  NO_FIELDS,
  packCheck,
  packStatus,
  unpackCheck,
  unpackFormerStatus,
  unpackStatus,
} from './packed-fields.ts';

/**
 * Events as they are kept: each as what differs from the one before it, about 12 bytes a fix and
 * never above 50. What is lost is stated: positions to 1e-7 degree (1.1 cm), accuracy to 0.1 m,
 * speed to 0.01 m/s, heading to 1 degree, hdop to 0.1. Times (both of them, to the millisecond),
 * sequence numbers, sources, satellites and flags are exact.
 */
const VERSION = 3;
/** Differs in what a status says; what was kept in it is still read. */
const FORMER_VERSION = 2;

/** What the next event is expected to say; only what differs is written. */
type Expected = {
  head: number;
  recordedAt: number;
  recordedStep: number;
  receivedAt: number;
  sequence: number;
  sequenceStep: number;
  fix: FixFields;
};

const nothingYet = (): Expected => ({
  head: 0,
  recordedAt: 0,
  recordedStep: 0,
  receivedAt: 0,
  sequence: 0,
  sequenceStep: 0,
  fix: NO_FIELDS,
});

/** The bits of an event's first number: set where a part differs from what is expected. */
const PLACE = 1;
const ACCURACY = 2;
const MOVEMENT = 4;
const RECORDED = 8;
const QUALITY = 16;
const RECEIVED = 32;
const SEQUENCE = 64;
const HEAD = 128;
const FLAGS = 256;

/** Whole seconds take half the room of milliseconds. */
const packTime = (to: ByteWriter, milliseconds: number): void => {
  if (milliseconds % 1000 === 0) to.signed((milliseconds / 1000) * 2);
  else to.signed(milliseconds * 2 + 1);
};

const unpackTime = (from: ByteReader): number => {
  const packed = from.signed();
  return packed % 2 === 0 ? (packed / 2) * 1000 : (packed - 1) / 2;
};

const bit = (mask: number, differs: boolean): number => (differs ? mask : 0);

const fixMask = (was: FixFields, is: FixFields): number =>
  bit(PLACE, is.lat !== was.lat || is.lon !== was.lon) |
  bit(ACCURACY, is.accuracy !== was.accuracy) |
  bit(MOVEMENT, is.speed !== was.speed || is.heading !== was.heading) |
  bit(QUALITY, is.satellites !== was.satellites || is.hdop !== was.hdop) |
  bit(FLAGS, is.flags !== was.flags);

const packFix = (to: ByteWriter, mask: number, { was, is }: { was: FixFields; is: FixFields }) => {
  if (mask & FLAGS) to.u8(is.flags);
  if (mask & PLACE) {
    to.signed(is.lat - was.lat);
    to.signed(is.lon - was.lon);
  }
  if (mask & ACCURACY) to.varint(is.accuracy);
  if (mask & MOVEMENT) {
    to.varint(is.speed);
    to.varint(is.heading);
  }
  if (mask & QUALITY) {
    to.varint(is.satellites);
    to.varint(is.hdop);
  }
};

const unpackFix = (from: ByteReader, mask: number, was: FixFields): FixFields => {
  const flags = mask & FLAGS ? from.u8() : was.flags;
  const lat = mask & PLACE ? was.lat + from.signed() : was.lat;
  const lon = mask & PLACE ? was.lon + from.signed() : was.lon;
  const accuracy = mask & ACCURACY ? from.varint() : was.accuracy;
  const speed = mask & MOVEMENT ? from.varint() : was.speed;
  const heading = mask & MOVEMENT ? from.varint() : was.heading;
  const satellites = mask & QUALITY ? from.varint() : was.satellites;
  const hdop = mask & QUALITY ? from.varint() : was.hdop;
  return { flags, lat, lon, accuracy, speed, heading, satellites, hdop };
};

const packEvent = (
  to: ByteWriter,
  expected: Expected,
  { event, head }: Readonly<{ event: DeviceEvent; head: number }>,
): void => {
  const recordedStep = event.recordedAt - expected.recordedAt;
  const sequenceStep = event.sequence - expected.sequence;
  const fix = event.kind === 'fix' ? fieldsOf(event) : null;
  const mask =
    bit(RECORDED, recordedStep !== expected.recordedStep) |
    bit(RECEIVED, event.receivedAt !== expected.receivedAt) |
    bit(SEQUENCE, sequenceStep !== expected.sequenceStep) |
    bit(HEAD, head !== expected.head) |
    (fix === null ? 0 : fixMask(expected.fix, fix));
  to.varint(mask);
  if (mask & HEAD) to.u8(head);
  if (mask & RECORDED) packTime(to, recordedStep - expected.recordedStep);
  if (mask & RECEIVED) packTime(to, event.receivedAt - expected.receivedAt);
  if (mask & SEQUENCE) to.signed(sequenceStep - expected.sequenceStep);
  if (fix !== null) packFix(to, mask, { was: expected.fix, is: fix });
  if (event.kind === 'check') packCheck(to, event);
  if (event.kind === 'device-status') packStatus(to, event);
  const { recordedAt, receivedAt, sequence } = event;
  Object.assign(expected, { head, recordedAt, recordedStep, receivedAt, sequence, sequenceStep });
  if (fix !== null) expected.fix = fix;
};

/** What stands before the events: their activations, and how their statuses are read. */
type Preamble = Readonly<{
  activations: readonly string[];
  statusFrom: (from: ByteReader) => object;
}>;

const unpackEvent = (
  from: ByteReader,
  expected: Expected,
  { activations, statusFrom }: Preamble,
) => {
  const mask = from.varint();
  const head = mask & HEAD ? from.u8() : expected.head;
  const recordedStep = expected.recordedStep + (mask & RECORDED ? unpackTime(from) : 0);
  const recordedAt = expected.recordedAt + recordedStep;
  const receivedAt = expected.receivedAt + (mask & RECEIVED ? unpackTime(from) : 0);
  const sequenceStep = expected.sequenceStep + (mask & SEQUENCE ? from.signed() : 0);
  const sequence = expected.sequence + sequenceStep;
  const kind = KINDS[head >> 6];
  const stated = { kind, activationId: activations[head & 63], recordedAt, receivedAt, sequence };
  Object.assign(expected, { head, recordedAt, recordedStep, receivedAt, sequence, sequenceStep });
  switch (kind) {
    case 'fix':
      expected.fix = unpackFix(from, mask, expected.fix);
      return { ...stated, ...fixFrom(expected.fix) };
    case 'check':
      return { ...stated, ...unpackCheck(from) };
    case 'device-status':
      return { ...stated, ...statusFrom(from) };
    default:
      throw new RangeError('Packed events hold a kind that is not known');
  }
};

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
  to.u8(VERSION);
  to.u8(activations.length);
  for (const activationId of activations) to.ascii(activationId);
  const expected = nothingYet();
  for (const event of events) {
    const head = (KINDS.indexOf(event.kind) << 6) | activations.indexOf(event.activationId);
    packEvent(to, expected, { event, head });
  }
  return to.bytes();
};

/** Unpacks what `packEvents` made. Throws on bytes that it did not make. */
export const unpackEvents = (bytes: Uint8Array): DeviceEvent[] => {
  const from = byteReader(bytes);
  const version = from.u8();
  if (version !== VERSION && version !== FORMER_VERSION) {
    throw new RangeError(`Packed events of an unknown version: ${version}`);
  }
  const activations = Array.from({ length: from.u8() }, () => from.ascii());
  const statusFrom = version === VERSION ? unpackStatus : unpackFormerStatus;
  const expected = nothingYet();
  const events: DeviceEvent[] = [];
  while (!from.isAtEnd()) {
    events.push(deviceEventSchema.parse(unpackEvent(from, expected, { activations, statusFrom })));
  }
  return events;
};

/** A fix as it will be once kept: its numbers rounded as packing rounds them. */
const fixAsKept = (fix: Fix): Fix => {
  const { lat, lon, accuracyMetres, speedMps, headingDegrees, satellites, hdop } = fixFrom(
    fieldsOf(fix),
  );
  // Packing knows no negative zero.
  const place = position(lat + 0, lon + 0);
  return { ...fix, ...place, accuracyMetres, speedMps, headingDegrees, satellites, hdop };
};

/** An event as it will be once kept, so that it is evaluated the same before and after. */
export const asKept = (event: DeviceEvent): DeviceEvent =>
  event.kind === 'fix' ? fixAsKept(event) : (unpackEvents(packEvents([event]))[0] ?? event);
