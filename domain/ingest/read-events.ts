import type { z } from 'zod';
import { type SentEvent, sentEventSchema } from '../model/device-event.ts';

/** Stable codes: a head-end's own code may rest on them. */
export type EventRefusalCode =
  | 'malformed-line'
  | 'not-an-object'
  | 'unknown-kind'
  | 'missing-field'
  | 'invalid-field'
  | 'coordinates-out-of-range'
  | 'null-island'
  | 'recorded-in-future'
  | 'recorded-too-old'
  | 'activation-unknown'
  | 'activation-not-started'
  | 'activation-ended'
  | 'device-not-named'
  | 'device-of-another-token'
  | 'position-not-valid'
  | 'encrypted'
  | 'unreadable-body';

/** One event that was not taken: which, why, where in it, and what to do. */
export type RefusedEvent = Readonly<{
  index: number;
  code: EventRefusalCode;
  path: string;
  message: string;
}>;

export type ReadEvent = Readonly<{ index: number; event: SentEvent }>;

/** A line or element as it came: parsed JSON, or the reason why it is none. */
export type RawEvent =
  | Readonly<{ index: number; value: unknown }>
  | Readonly<{ index: number; malformed: string }>;

const isAbsent = (input: unknown, path: readonly PropertyKey[]): boolean => {
  const last = path.at(-1);
  if (last === undefined || typeof input !== 'object' || input === null) return false;
  return !(last in input);
};

const valueAt = (input: unknown, field: PropertyKey | undefined): unknown =>
  typeof input === 'object' && input !== null && field !== undefined
    ? Reflect.get(input, field)
    : undefined;

const codeOf = (issue: z.core.$ZodIssue, input: unknown): EventRefusalCode => {
  const field = issue.path.at(-1);
  if (isAbsent(input, issue.path)) return field === 'kind' ? 'unknown-kind' : 'missing-field';
  if (field === 'kind') return 'unknown-kind';
  const isNumber = typeof valueAt(input, field) === 'number';
  const isCoordinate = field === 'lat' || field === 'lon';
  return isCoordinate && isNumber ? 'coordinates-out-of-range' : 'invalid-field';
};

const fromIssue = (index: number, issue: z.core.$ZodIssue, input: unknown): RefusedEvent => ({
  index,
  code: codeOf(issue, input),
  path: issue.path.map(String).join('.'),
  message: issue.message,
});

/** Reads one event, or says what is wrong with it. */
export const readEvent = (raw: RawEvent): ReadEvent | RefusedEvent => {
  const { index } = raw;
  if ('malformed' in raw)
    return { index, code: 'malformed-line', path: '', message: raw.malformed };
  if (typeof raw.value !== 'object' || raw.value === null || Array.isArray(raw.value)) {
    return { index, code: 'not-an-object', path: '', message: 'an event is a JSON object' };
  }
  const parsed = sentEventSchema.safeParse(raw.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return issue === undefined
      ? { index, code: 'invalid-field', path: '', message: 'not a valid event' }
      : fromIssue(index, issue, raw.value);
  }
  const event = parsed.data;
  if (event.kind === 'fix' && event.lat === 0 && event.lon === 0) {
    const message = 'latitude and longitude are both 0: a receiver without a fix, not a position';
    return { index, code: 'null-island', path: 'lat', message };
  }
  return { index, event };
};

export const isRead = (result: ReadEvent | RefusedEvent): result is ReadEvent => 'event' in result;
