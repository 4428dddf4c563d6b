import * as z from 'zod';
import type { Instant } from '../model/instant.ts';
import {
  accuracyOf,
  fromEpochSeconds,
  joined,
  NOTHING_TRANSLATED,
  notTaken,
  plainWord,
  type ReportedEvent,
  sourceOf,
  type Translation,
  within,
} from './reported-event.ts';

/** Who sends, as the request's headers and the token say; null where they do not. */
export type Phone = Readonly<{
  /** `user/device` of the headers X-Limit-U and X-Limit-D. */
  named: string | null;
  /** The one device that the token speaks for. */
  ofToken: string | null;
}>;

const messageSchema = z.looseObject({ _type: z.string() });
type Message = z.infer<typeof messageSchema>;

/** Where a message says who it is from: `owntracks/<user>/<device>`, and more in a transition's. */
const TOPIC = /^owntracks\/([^/]+)\/([^/]+)(\/|$)/;

const speedMps = (kilometresPerHour: unknown): number | null => {
  const known = within(kilometresPerHour, 0, 2_000);
  return known === null ? null : known / 3.6;
};

/** `bs`: 0 unknown, 1 unplugged, 2 charging, 3 full. */
const CHARGING: ReadonlyMap<unknown, boolean> = new Map([
  [1, false],
  [2, true],
  [3, true],
]);

type Said = Omit<ReportedEvent, 'deviceSerial'>;

const fixOf = (index: number, message: Message, recordedAt: Instant): Said => {
  const accuracyMetres = accuracyOf(message.acc);
  return {
    index,
    recordedAt,
    fields: {
      kind: 'fix',
      lat: message.lat,
      lon: message.lon,
      accuracyMetres,
      source: sourceOf(accuracyMetres),
      speedMps: speedMps(message.vel),
      headingDegrees: within(message.cog, 0, 360),
    },
  };
};

/** The battery as it was when the message was built, which may be after the fix was taken. */
const statusOf = (index: number, message: Message, fixedAt: Instant): Said[] => {
  const batteryPercent = within(message.batt, 0, 100);
  const charging = CHARGING.get(message.bs) ?? null;
  if (batteryPercent === null && charging === null) return [];
  const builtAt = fromEpochSeconds(message.created_at);
  const recordedAt = builtAt !== null && builtAt > fixedAt ? builtAt : fixedAt;
  return [{ index, recordedAt, fields: { kind: 'device-status', batteryPercent, charging } }];
};

/** Which device speaks; every place that names one must name the same. */
const serialOf = (message: Message, { named, ofToken }: Phone) => {
  const topic = typeof message.topic === 'string' ? message.topic : '';
  const [, user, device] = TOPIC.exec(topic) ?? [];
  const byTopic = user === undefined || device === undefined ? null : `${user}/${device}`;
  const serial = named ?? byTopic ?? ofToken;
  if (serial === null) return { code: 'device-not-named' as const };
  if (ofToken !== null && serial !== ofToken) return { code: 'device-of-another-token' as const };
  return { serial };
};

const HOW_TO_NAME =
  'set a user and a device in the phone (X-Limit-U, X-Limit-D, topic), or give it a token of ' +
  'its own';

const fromPlace = (index: number, message: Message, phone: Phone): Translation => {
  const { refused } = notTaken(index);
  const of = serialOf(message, phone);
  if (of.code === 'device-not-named') return refused(of.code, 'topic', HOW_TO_NAME);
  if (of.code === 'device-of-another-token') {
    return refused(of.code, 'topic', 'this token speaks for another device');
  }
  const recordedAt = fromEpochSeconds(message.tst);
  if (recordedAt === null) return refused('invalid-field', 'tst', 'not a time in epoch seconds');
  // iOS states a negative radius where it has no position.
  if (typeof message.acc === 'number' && message.acc < 0) {
    return refused('position-not-valid', 'acc', 'the phone says that this is no fix');
  }
  const said = [fixOf(index, message, recordedAt), ...statusOf(index, message, recordedAt)];
  const reported = said.map((event) => ({ ...event, deviceSerial: of.serial }));
  return { ...NOTHING_TRANSLATED, reported };
};

const fromMessage = (sent: unknown, index: number, phone: Phone): Translation => {
  const { refused, ignored } = notTaken(index);
  const message = messageSchema.safeParse(sent);
  if (!message.success) {
    return refused('not-an-object', '_type', 'a message is an object with a _type');
  }
  const type = message.data._type;
  if (type === 'location' || type === 'transition') return fromPlace(index, message.data, phone);
  if (type !== 'encrypted') return ignored(`type-${plainWord(type)}`);
  const instead = 'we hold no key of the phone: switch its encryption off, TLS protects the way';
  return refused('encrypted', '_type', instead);
};

/**
 * What an OwnTracks phone posts in HTTP mode: one message, or several in an array. A location is a
 * fix, and so is the place of a transition; whether a zone was left we reckon ourselves.
 * Source of the forms: https://owntracks.org/booklet/tech/json/ and /tech/http/
 */
export const readOwnTracks = (sent: unknown, phone: Phone): Translation => {
  const messages: readonly unknown[] = Array.isArray(sent) ? sent : [sent];
  return joined(messages.map((message, index) => fromMessage(message, index, phone)));
};
