import {
  DAY_SECONDS,
  type Instant,
  isoInstantSchema,
  secondsAfter,
  secondsBetween,
  toIso,
} from '#domain/model/instant.ts';
import type { MadeDay } from '../generators/made-day.ts';
import type { EventBody, Outage, WorldDevice, WorldWearer } from '../world.ts';
import { ENDS_AT, ORDER_DATES, STARTS_AT } from './day.ts';

/** Who lives a made day in this world, and when. */
export type Someone = Pick<WorldWearer, 'name' | 'shows' | 'mobile'> &
  Readonly<{
    /** Of which all their ids are made: 110 for W-110. */
    number: number;
    /** When the made day begins here; one with hours on a wall clock, at the same hour of it. */
    startsAt: Instant;
    /** IANA zone of that wall clock, where it is not the made day's own. */
    timeZone?: string;
  }>;

const OFFICER = 'officer-hughes';

type Told = Readonly<{
  number: number;
  shiftSeconds: number;
  other: string;
  timeZone: string | undefined;
}>;

const INSTANT = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/;
/** Ids that all of an agency share. */
const SHARED = new Set(['zoneId', 'timetableId']);
/** Whom a condition joins the wearer with. */
const OTHERS = new Set(['protectedPersonId', 'otherWearerId']);

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The day of the week on which something falls here. */
const retoldWeekday = (day: string, { shiftSeconds }: Told): string => {
  const index = WEEK.indexOf(day);
  if (index < 0) return day;
  const days = Math.round(shiftSeconds / DAY_SECONDS);
  return WEEK[(((index + days) % 7) + 7) % 7] ?? day;
};

const retoldText = (key: string, text: string, told: Told): string => {
  const { shiftSeconds, number, other } = told;
  if (OTHERS.has(key)) return other;
  if (key === 'grantedBy') return OFFICER;
  if (key === 'timeZone') return told.timeZone ?? text;
  if (SHARED.has(key)) return `${text}-${number}`;
  if (!INSTANT.test(text)) return retoldWeekday(text, told);
  return toIso(secondsAfter(isoInstantSchema.parse(text), shiftSeconds));
};

/** A body with its instants and weekdays moved, and ids that all share made this wearer's. */
const retold = <T>(body: T, told: Told): T =>
  JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    typeof value === 'string' ? retoldText(key, value, told) : value,
  );

const deviceNumber = (number: number, device: number): string =>
  device === 0 ? `${number}` : `${number}-${device + 1}`;

const eventsOf = ({ events }: MadeDay, told: Told): EventBody[] =>
  events.map(({ device = 0, receivedAt: _, ...event }) => {
    const activationId = `act-${deviceNumber(told.number, device)}`;
    return retold({ ...event, activationId }, told);
  });

const byInstant = (a: EventBody, b: EventBody): number =>
  isoInstantSchema.parse(a.recordedAt) - isoInstantSchema.parse(b.recordedAt);

/** Of what is longer than this world's day the rest is left out. */
const isToday = ({ recordedAt }: EventBody): boolean => {
  const at = isoInstantSchema.parse(recordedAt);
  return at >= STARTS_AT && at < ENDS_AT;
};

const HEARTBEAT_SECONDS = 1_800;

/** Before and after a made day on which the device itself is watched it says that it is there. */
const heartbeats = (day: MadeDay, made: readonly EventBody[]): EventBody[] => {
  const isWatched = day.order.deviceCare !== undefined && day.order.deviceCare !== null;
  const [first, last] = [made[0], made.at(-1)];
  if (!isWatched || day.devices !== undefined || first === undefined || last === undefined) {
    return [];
  }
  const { activationId } = first;
  const beats: EventBody[] = [];
  const beat = (from: Instant, until: Instant): void => {
    for (let at = from; at < until; at = secondsAfter(at, HEARTBEAT_SECONDS)) {
      beats.push({ kind: 'device-status', activationId, recordedAt: toIso(at) });
    }
  };
  beat(STARTS_AT, isoInstantSchema.parse(first.recordedAt));
  beat(secondsAfter(isoInstantSchema.parse(last.recordedAt), HEARTBEAT_SECONDS), ENDS_AT);
  return beats;
};

const LATE_SECONDS = 240;

/** What reached us long after it was recorded had no way through until then. */
const outagesOf = ({ events }: MadeDay, { shiftSeconds }: Told): Outage[] => {
  const firstLate = new Map<Instant, Instant>();
  for (const { recordedAt, receivedAt } of events) {
    const at = isoInstantSchema.parse(recordedAt);
    if (receivedAt === undefined || secondsBetween(at, receivedAt) < LATE_SECONDS) continue;
    const known = firstLate.get(receivedAt);
    if (known === undefined || at < known) firstLate.set(receivedAt, at);
  }
  return [...firstLate].map(([until, from]) => ({
    from: secondsAfter(from, shiftSeconds),
    until: secondsAfter(until, shiftSeconds),
  }));
};

const devicesOf = ({ devices }: MadeDay, { number, shiftSeconds }: Told): WorldDevice[] => {
  const named = (i: number) => ({
    activationId: `act-${deviceNumber(number, i)}`,
    deviceSerial: `TAG-0${deviceNumber(number, i)}`,
  });
  if (devices === undefined) return [named(0)];
  return devices.map(({ startsAt, endsAt }, i) => ({
    ...named(i),
    startsAt: secondsAfter(startsAt, shiftSeconds),
    ...(endsAt === null ? {} : { endsAt: secondsAfter(endsAt, shiftSeconds) }),
  }));
};

/**
 * What is made is a part of a day: before and after it the device says at most that it is there,
 * and not where, so that nobody may wait for a position.
 */
const deviceCareOf = ({ deviceCare }: MadeDay['order']) => {
  if (deviceCare === undefined || deviceCare === null) return null;
  const { thresholds = {} } = deviceCare;
  const patient = { noPositionSeconds: secondsBetween(STARTS_AT, ENDS_AT) };
  return { ...deviceCare, thresholds: { 'location-lost': patient, ...thresholds } };
};

const NOBODY = '';

/** A made day as somebody of this world lives it. */
export const madeWearer = (day: MadeDay, someone: Someone, other = NOBODY): WorldWearer => {
  const { number, startsAt, name, shows, mobile } = someone;
  const shiftSeconds = secondsBetween(day.startsAt, startsAt);
  const told: Told = { number, shiftSeconds, other, timeZone: someone.timeZone };
  const { order, zones = [], timetables = [], permissions = [] } = retold(day, told);
  const timeZone = order.timeZone ?? someone.timeZone ?? 'Europe/London';
  const made = eventsOf(day, told).sort(byInstant);
  return {
    ...{ wearerId: `W-${number}`, name, shows, timeZone, zones, timetables },
    ...(mobile === undefined ? {} : { mobile }),
    devices: devicesOf(day, told),
    permissions,
    outages: outagesOf(day, told),
    order: {
      ...{ type: 'community', legalBasis: 'Community order', responsibleOfficer: OFFICER },
      ...{ policyId: 'usual', timeZone, orderId: `order-${number}` },
      ...ORDER_DATES,
      earlySigns: null,
      ...order,
      deviceCare: deviceCareOf(order),
    },
    events: [...made, ...heartbeats(day, made)]
      .filter(isToday)
      .sort(byInstant)
      .map((event, sequence) => ({ ...event, sequence })),
  };
};

/**
 * A made day that joins two people, of whom the second is not on monitoring. Their devices say
 * nothing before and after it: the order stands for that day alone.
 */
export const madePair = (
  day: MadeDay,
  someone: Someone,
  other: Pick<Someone, 'number' | 'name' | 'shows'>,
): WorldWearer[] => {
  const { devices, ...whole } = day;
  const dates = { startsAt: toIso(day.startsAt), endsAt: toIso(day.endsAt) };
  const ofDevice = (one: number): MadeDay => ({
    ...whole,
    order: { ...dates, ...day.order },
    events: day.events.flatMap(({ device = 0, ...event }) => (device === one ? [event] : [])),
  });
  const theirs = madeWearer(ofDevice(1), { ...someone, ...other });
  return [
    madeWearer(ofDevice(0), someone, `W-${other.number}`),
    {
      ...{ ...theirs, zones: [], timetables: [], order: null },
      ...(day.rule === 'victim-proximity' ? { isProtected: true } : {}),
    },
  ];
};
