import * as z from 'zod';
import { type Instant, instant, laterOf, secondsAfter } from '../../model/instant.ts';
import { covers } from '../../time/active-intervals.ts';
import { onDayBefore } from '../../time/time-of-day.ts';
import { nextStartAfter } from '../next-start.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';
import { mandatoryAttendance } from './mandatory-attendance.ts';

const thresholds = z.object({ lookMinutes: z.number().int().min(480).max(1_260) });
type Asked = Seen<ConditionOf<'mandatory-attendance'>, z.infer<typeof thresholds>>;

const nothing = { verdict: 'not-applicable', reason: 'outside-hours', rests: true } as const;

/** From when on the wearer is reminded: not before the last reminder is over. */
const remindFrom = ({ watch, memory }: Asked, startsAt: Instant): Instant => {
  const { timeZone, thresholds: numbers } = watch;
  const lookAt = onDayBefore(startsAt, { timeZone, minutes: numbers.lookMinutes });
  return laterOf(lookAt, instant(memory.notBefore ?? 0));
};

const judgeAhead = (seen: Asked, startsAt: Instant): Judgement => {
  const { memory, at } = seen;
  const { toldFor, toldAt } = memory;
  // Told of another, which has begun, was moved or was called off: that reminder is over first.
  if (toldFor !== undefined && toldFor !== startsAt) {
    const notBefore = secondsAfter(at, 1);
    return { ...nothing, memory: { notBefore }, dueAt: notBefore };
  }
  const fromAt = toldAt === undefined ? remindFrom(seen, startsAt) : instant(toldAt);
  if (at < fromAt) return { ...nothing, memory, dueAt: fromAt };
  const since = laterOf(fromAt, instant(toldAt ?? at));
  return {
    ...{ verdict: 'violated', reason: 'appointment-ahead', since, claims: null },
    ...{ untilAt: startsAt, memory: { toldFor: startsAt, toldAt: since }, dueAt: startsAt },
    rests: true,
  };
};

/**
 * Reminds the wearer of each appointment once, in the afternoon of the day before; of one that
 * comes on record later, or that follows another on its day, as soon as that is so. One that was
 * moved is told anew. Who is let off an appointment is not reminded of it.
 */
export const appointmentReminder = defineRule({
  name: 'appointment-reminder',
  says: 'The wearer is reminded of each appointment on the day before.',
  kinds: ['mandatory-attendance'],
  suffix: 'reminder',
  hours: (condition, asked) => mandatoryAttendance.hoursOf(condition, asked),
  isPermissible: true,
  thresholds,
  usual: { lookMinutes: 1_020 },
  basis: {
    lookMinutes:
      'chosen: 17:00 on the clock of the order, minutes after midnight: time is left to ' +
      'arrange for the next day, and nobody is at rest',
  },
  isEvidence: () => false,
  judge: (seen) => {
    const { watch, at } = seen;
    if (!covers(watch.active, at)) {
      const unknown = { verdict: 'undetermined', reason: 'hours-unknown', rests: true } as const;
      return { ...unknown, memory: seen.memory, dueAt: null };
    }
    const startsAt = nextStartAfter(watch.active, at);
    return startsAt === null ? { ...nothing, memory: {}, dueAt: null } : judgeAhead(seen, startsAt);
  },
});
