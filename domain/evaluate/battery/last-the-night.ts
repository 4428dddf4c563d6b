import { DAY_SECONDS, type Instant, instant, secondsAfter } from '../../model/instant.ts';
import { nextAtTime, type TimeOfDay } from '../../time/time-of-day.ts';
import type { Memory } from '../rule.ts';
import { emptyAt } from './discharge.ts';

/** By what numbers a wearer is reminded in the evening. */
export type Evening = Readonly<{
  /** When it is looked at, minutes after midnight on the wall clock. */
  eveningMinutes: number;
  /** How long the reminder is of use. */
  remindSeconds: number;
  /** How long the night lasts, from when it is looked at. */
  nightSeconds: number;
}>;

type Asked = Readonly<{ at: Instant; timeZone: string; by: Evening; isToldLow: boolean }>;

/**
 * The evening that a reading lies in, or else the next: it speaks for no other, for by then there
 * are newer ones. Null where it shows that it will last.
 */
const eveningOf = ({ percentAt }: Memory, endAt: Instant | null, asked: Asked): Instant | null => {
  const { timeZone, by } = asked;
  if (endAt === null || percentAt === undefined) return null;
  const readAt = instant(percentAt);
  if (endAt >= secondsAfter(readAt, DAY_SECONDS + by.nightSeconds)) return null;
  const time: TimeOfDay = { timeZone, minutes: by.eveningMinutes };
  const lookAt = nextAtTime(secondsAfter(readAt, -by.remindSeconds), time);
  return endAt < secondsAfter(lookAt, by.nightSeconds) ? lookAt : null;
};

/** What is to be kept, when to look again, and whether the wearer is told, since and until when. */
type Reminder = Readonly<{
  memory: Memory;
  dueAt: Instant | null;
  told: Readonly<{ since: Instant; untilAt: Instant }> | null;
}>;

/**
 * Whether the wearer is to be reminded to charge this evening, because the last reading says that
 * it will be empty before the night is over; once an evening, and not beside a reminder that it is
 * low already. Nobody is woken for an evening on which there is nothing to say.
 */
export const eveningReminder = (memory: Memory, asked: Asked): Reminder => {
  const { at, by, isToldLow } = asked;
  const lookAt = eveningOf(memory, emptyAt(memory), asked);
  const { remindedAt, ...rest } = memory;
  if (lookAt === null) return { memory: rest, dueAt: null, told: null };
  if (at < lookAt) return { memory: rest, dueAt: lookAt, told: null };
  const untilAt = secondsAfter(lookAt, by.remindSeconds);
  const isTelling = remindedAt !== undefined && remindedAt >= lookAt;
  const isAllowed = isTelling || (memory.remindedFor !== lookAt && !isToldLow);
  if (at >= untilAt || !isAllowed) return { memory: rest, dueAt: null, told: null };
  const since = isTelling ? instant(remindedAt) : at;
  const kept = { ...rest, remindedAt: since, remindedFor: lookAt };
  return { memory: kept, dueAt: untilAt, told: { since, untilAt } };
};
