import * as z from 'zod';
import type { FixSource } from '../model/device-event.ts';
import { type Instant, isoInstantSchema } from '../model/instant.ts';
import {
  accuracyOf,
  joined,
  NOTHING_TRANSLATED,
  notTaken,
  plainWord,
  type ReportedEvent,
  sourceOf,
  type Translation,
  wholeWithin,
  within,
} from './reported-event.ts';

/** A knot is a nautical mile an hour; a nautical mile is 1,852 m. */
const METRES_PER_SECOND_PER_KNOT = 1852 / 3600;

/** Older servers write an offset without its colon: `+0000`. */
const timeSchema = z
  .string()
  .transform((text) => text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  .pipe(isoInstantSchema);

type Attributes = Readonly<Record<string, unknown>>;

/** A map, or an empty one where a server sends something else. */
const attributesSchema = z
  .unknown()
  .optional()
  .transform((sent): Attributes => z.record(z.string(), z.unknown()).safeParse(sent).data ?? {});

const timeOrNothing = z
  .unknown()
  .optional()
  .transform((sent) => timeSchema.safeParse(sent).data ?? null);

const networkSchema = z.object({ wifiAccessPoints: z.array(z.unknown()).nonempty() });

const positionSchema = z.object({
  fixTime: timeSchema,
  /** When the device reported; a server that leaves it out means the time of the fix. */
  deviceTime: timeOrNothing,
  valid: z.unknown().optional(),
  latitude: z.number(),
  longitude: z.number(),
  speed: z.unknown().optional(),
  course: z.unknown().optional(),
  accuracy: z.unknown().optional(),
  network: z.unknown().optional(),
  attributes: attributesSchema,
});
type Position = z.infer<typeof positionSchema>;

const eventSchema = z.object({
  type: z.string(),
  eventTime: timeOrNothing,
  serverTime: timeOrNothing,
  attributes: attributesSchema,
});
type Event = z.infer<typeof eventSchema>;

const deviceSchema = z.object({ uniqueId: z.string().min(1) });
const envelopeSchema = z.looseObject({
  position: z.unknown().optional(),
  event: z.unknown().optional(),
  device: z.unknown().optional(),
});

/** One forwarding is one message, so what it says has the index 0. */
const INDEX = 0;

const { refused, ignored } = notTaken(INDEX);

/** A place that the server looked up from cells or access points is marked as approximate. */
const sourceFrom = (position: Position, accuracyMetres: number | null): FixSource => {
  if (position.attributes.approximate !== true) return sourceOf(accuracyMetres);
  const hasWifi = networkSchema.safeParse(position.network).success;
  return hasWifi && sourceOf(accuracyMetres) !== 'cell' ? 'wifi' : 'cell';
};

const speedMps = (knots: unknown): number | null => {
  const known = within(knots, 0, 1_000);
  return known === null ? null : known * METRES_PER_SECOND_PER_KNOT;
};

/**
 * A fix bears the instant at which it was taken. A report without a fix repeats the last place
 * under its old `fixTime`: it becomes the same event again, and a repeat changes nothing. What the
 * report says of satellites is not about that old fix, so it is left out.
 */
const fixOf = (position: Position): Omit<ReportedEvent, 'deviceSerial'> => {
  const { fixTime, deviceTime, attributes } = position;
  const isCopy = fixTime < (deviceTime ?? fixTime);
  // The server writes 0 where the device states none.
  const accuracyMetres = accuracyOf(position.accuracy);
  return {
    index: INDEX,
    recordedAt: fixTime,
    fields: {
      kind: 'fix',
      lat: position.latitude,
      lon: position.longitude,
      accuracyMetres,
      source: sourceFrom(position, accuracyMetres),
      speedMps: speedMps(position.speed),
      headingDegrees: within(position.course, 0, 360),
      satellites: isCopy ? null : wholeWithin(attributes.sat, 0, 200),
      hdop: isCopy ? null : within(attributes.hdop, 0, 100),
    },
  };
};

type StatusFields = Readonly<Record<string, unknown>>;

/** Each alarm that an event of ours can hold has a sequence of its own at its instant. */
const STRAP_OPEN: StatusFields = { strap: 'open', sequence: 1 };
const ALARMS: ReadonlyMap<string, StatusFields> = new Map([
  ['tampering', STRAP_OPEN],
  ['removing', STRAP_OPEN],
  ['powerCut', { charging: false, sequence: 2 }],
  ['powerRestored', { charging: true, sequence: 3 }],
  ['lowBattery', { battery: 'low', sequence: 4 }],
  ['jamming', { reception: 'jammed', sequence: 5 }],
]);

const alarmsOf = (attributes: Attributes): string[] =>
  typeof attributes.alarm === 'string'
    ? attributes.alarm.split(',').map((alarm) => alarm.trim())
    : [];

/** Statuses that attributes speak of, at the instant of the report. */
const statusesOf = (attributes: Attributes, recordedAt: Instant) => {
  const batteryPercent = within(attributes.batteryLevel, 0, 100);
  const charging = typeof attributes.charge === 'boolean' ? attributes.charge : null;
  const level = batteryPercent === null && charging === null ? [] : [{ batteryPercent, charging }];
  const alarms = alarmsOf(attributes).flatMap((alarm): StatusFields[] => {
    const fields = ALARMS.get(alarm);
    return fields === undefined ? [] : [fields];
  });
  return [...new Set<StatusFields>([...level, ...alarms])].map((fields) => ({
    index: INDEX,
    recordedAt,
    fields: { kind: 'device-status', ...fields },
  }));
};

const unheardOf = (attributes: Attributes): Translation =>
  joined(
    alarmsOf(attributes)
      .filter((alarm) => !ALARMS.has(alarm))
      .map((alarm) => ignored(`alarm-${plainWord(alarm)}`)),
  );

const issueOf = (error: z.ZodError): Translation => {
  const [issue] = error.issues;
  return refused('invalid-field', (issue?.path ?? []).join('.'), issue?.message ?? 'not valid');
};

const fromPosition = (sent: unknown, deviceSerial: string): Translation => {
  const parsed = positionSchema.safeParse(sent);
  if (!parsed.success) return issueOf(parsed.error);
  const position = parsed.data;
  const { attributes, fixTime, deviceTime } = position;
  const isFix = position.valid !== false;
  const fixes = isFix ? [fixOf(position)] : [];
  const invalid = isFix
    ? NOTHING_TRANSLATED
    : refused('position-not-valid', 'position.valid', 'the device says that this is no fix');
  const reported = [...fixes, ...statusesOf(attributes, deviceTime ?? fixTime)].map((event) => ({
    ...event,
    deviceSerial,
  }));
  return joined([{ ...NOTHING_TRANSLATED, reported }, invalid, unheardOf(attributes)]);
};

const fromEvent = (event: Event, deviceSerial: string): Translation => {
  if (event.type !== 'alarm') return ignored(`event-${plainWord(event.type)}`);
  const at = event.eventTime ?? event.serverTime;
  if (at === null) return refused('invalid-field', 'event.eventTime', 'not an ISO 8601 instant');
  const reported = statusesOf(event.attributes, at).map((one) => ({ ...one, deviceSerial }));
  return joined([{ ...NOTHING_TRANSLATED, reported }, unheardOf(event.attributes)]);
};

/**
 * What a Traccar server forwards (`forward.type=json`): a position, or an event with or without
 * one. `deviceSerial` is what the token says, null where it speaks for many. Events about zones,
 * motion and connection are ignored: we evaluate positions ourselves.
 * Source of the forms: PositionData and EventData, https://github.com/traccar/traccar
 */
export const readTraccar = (sent: unknown, tokenSerial: string | null): Translation => {
  const envelope = envelopeSchema.safeParse(sent);
  if (!envelope.success) return refused('not-an-object', '', 'send what Traccar forwards as JSON');
  const { position, event, device } = envelope.data;
  const deviceSerial = deviceSchema.safeParse(device).data?.uniqueId;
  if (deviceSerial === undefined) {
    return refused('device-not-named', 'device.uniqueId', 'the forwarding names no device');
  }
  if (tokenSerial !== null && tokenSerial !== deviceSerial) {
    const message = 'this token speaks for another device';
    return refused('device-of-another-token', 'device.uniqueId', message);
  }
  const happened = eventSchema.safeParse(event).data;
  const isNone = (value: unknown) => value === undefined || value === null;
  if (isNone(position) && happened === undefined) {
    return refused('missing-field', 'position', 'neither a position nor an event');
  }
  return joined([
    isNone(position) ? NOTHING_TRANSLATED : fromPosition(position, deviceSerial),
    happened === undefined ? NOTHING_TRANSLATED : fromEvent(happened, deviceSerial),
  ]);
};
