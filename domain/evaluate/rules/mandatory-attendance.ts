import type * as z from 'zod';
import { attendanceThresholds } from '../../model/conditions/mandatory-attendance.ts';
import {
  DAY_MILLISECONDS,
  earliest,
  type Instant,
  instant,
  secondsAfter,
} from '../../model/instant.ts';
import { endingAt } from '../../time/active-intervals.ts';
import { type ActiveInterval, unite } from '../../time/interval-sets.ts';
import { isStale } from '../freshness.ts';
import { type During, EVER, within } from '../hours.ts';
import { CLEAR_PROBABILITY } from '../position/constants.ts';
import { askAboutPlace } from '../position/question.ts';
import {
  type ConditionOf,
  defineRule,
  type Judgement,
  type Memory,
  type Past,
  type Seen,
} from '../rule.ts';

type Attendance = ConditionOf<'mandatory-attendance'>;
type Asked = Seen<Attendance, z.infer<typeof attendanceThresholds>>;

/** Appointments that were missed, by when they began; they outlast the appointment. */
const MISSED = 'missed';

const missesIn = (memory: Memory): Memory =>
  Object.fromEntries(Object.entries(memory).filter(([name]) => name.startsWith(MISSED)));

/** What is remembered of this appointment: that of another says nothing of it. */
const ofAppointment = (memory: Memory, { startAt }: ActiveInterval): Memory =>
  memory.ofAt === startAt ? memory : { ...missesIn(memory), ofAt: startAt };

/** They are there no more, or nobody can say: the stay counts until so far. */
const endStay = ({ hereSince, ...memory }: Memory, until: number): Memory =>
  hereSince === undefined
    ? memory
    : { ...memory, stayed: (memory.stayed ?? 0) + Math.max(0, until - hereSince) };

const lateFrom = (seen: Asked, { startAt }: ActiveInterval): Instant =>
  secondsAfter(startAt, seen.watch.thresholds.toleranceSeconds);

/** Who is known to have been away when it had become late, and comes now, is late. */
const lateness = (memory: Memory, { startAt }: ActiveInterval, at: Instant): Past | null =>
  memory.awayAt === undefined || memory.arrivedAt !== undefined || memory.unseenAt !== undefined
    ? null
    : { reason: 'late-for-appointment', since: startAt, until: at, certainty: null };

const judgeDuring = (seen: Asked, { window, edgeAt: dueAt }: During): Judgement => {
  const { watch, believed, at } = seen;
  const memory = ofAppointment(seen.memory, window);
  if (isStale(seen)) {
    const kept = {
      ...endStay(memory, seen.newestEvidenceAt ?? 0),
      unseenAt: memory.unseenAt ?? at,
    };
    return { verdict: 'undetermined', reason: 'no-recent-evidence', memory: kept, dueAt };
  }
  if (believed.home >= CLEAR_PROBABILITY) {
    const past = lateness(memory, window, at);
    const here = { hereSince: memory.hereSince ?? at, arrivedAt: memory.arrivedAt ?? at };
    const answer = { memory: { ...memory, ...here }, dueAt, ...(past === null ? {} : { past }) };
    return { verdict: 'satisfied', reason: 'at-appointment', ...answer };
  }
  if (believed.elsewhere < watch.thresholds.certainty) {
    return { verdict: 'undetermined', reason: 'uncertain', memory, dueAt };
  }
  const left = endStay(memory, at);
  const isLate = at >= lateFrom(seen, window);
  const away = isLate && left.arrivedAt === undefined ? { awayAt: left.awayAt ?? at } : {};
  const next = isLate ? dueAt : earliest([lateFrom(seen, window), dueAt]);
  const answer = { memory: { ...left, ...away }, dueAt: next, rests: true };
  return { verdict: 'undetermined', reason: 'not-there-yet', ...answer };
};

const isRecent = (seen: Asked, startAt: number): boolean =>
  seen.at - startAt <= seen.watch.thresholds.missesDays * DAY_MILLISECONDS;

/** The misses that still count, by when their appointments began. */
const missesBefore = (seen: Asked): Memory =>
  Object.fromEntries(
    Object.entries(missesIn(seen.memory)).filter(([name]) =>
      isRecent(seen, Number(name.slice(MISSED.length))),
    ),
  );

type Outcome = Readonly<{ memory: Memory; past?: Past }>;

/**
 * What became of an appointment at its end, once, whatever else comes at that instant. Where some
 * of it was unseen, nothing is claimed.
 */
const conclude = (seen: Asked, window: ActiveInterval): Outcome => {
  const { watch, believed, at } = seen;
  const misses = missesBefore(seen);
  const { startAt, endAt, endsBy } = window;
  if (seen.memory.ofAt !== startAt) return { memory: misses };
  const { arrivedAt, unseenAt, awayAt, stayed = 0 } = endStay(seen.memory, at);
  const isKept = arrivedAt !== undefined && stayed >= 1000 * watch.thresholds.leastStaySeconds;
  if (isKept || unseenAt !== undefined || endsBy === 'permission') return { memory: misses };
  const told = { since: startAt, until: endAt, certainty: null };
  const isAway = !isStale(seen) && believed.elsewhere >= watch.thresholds.certainty;
  if (arrivedAt !== undefined) {
    if (!isAway) return { memory: misses };
    // That they came late is told already, of the time until they came.
    const since = awayAt === undefined ? startAt : instant(arrivedAt);
    return { memory: misses, past: { reason: 'left-appointment-early', ...told, since } };
  }
  const mayBeLate = lateFrom(seen, window) >= endAt || awayAt !== undefined;
  if (!isAway || !mayBeLate) return { memory: misses };
  const isFirst = Object.keys(misses).length === 0;
  const reason = isFirst ? 'missed-appointment' : 'missed-appointment-again';
  return {
    memory: { ...misses, [`${MISSED}${startAt}`]: endAt },
    past: { reason, ...told, certainty: Math.min(0.99, believed.elsewhere) },
  };
};

const outcomeOf = (seen: Asked): Outcome => {
  const ended = endingAt(seen.watch.active, seen.at);
  return ended === undefined ? { memory: seen.memory } : conclude(seen, ended);
};

/**
 * The wearer keeps appointments at a place. Who comes later than the tolerance is late, told when
 * they come; who does not come is told of at the end, the second time within the window more
 * gravely. Kept is who stays for long enough. An appointment of which a part was unseen is neither
 * kept nor missed; one that was permitted to be missed never counts.
 */
export const mandatoryAttendance = defineRule({
  name: 'mandatory-attendance',
  says: 'The wearer keeps appointments at a place.',
  kinds: ['mandatory-attendance'],
  suffix: null,
  hours: ({ timetableId, appointments }, { sources }) => {
    const weekly = timetableId === null ? null : sources.timetable(timetableId).value.compiled;
    const dated = appointments.map(
      ({ from, until }): ActiveInterval => ({
        ...{ startAt: from, endAt: until, startsBy: 'validity', endsBy: 'validity' },
      }),
    );
    return { ...(weekly ?? EVER), intervals: unite([...(weekly?.intervals ?? []), ...dated]) };
  },
  isPermissible: true,
  thresholds: attendanceThresholds,
  usual: { certainty: 0.95, toleranceSeconds: 600, leastStaySeconds: 300, missesDays: 365 },
  basis: {
    certainty: 'chosen in simulation with known truth; the position model decides',
    toleranceSeconds: 'our choice: ten minutes',
    leastStaySeconds: 'our choice: five minutes',
    missesDays: 'breach after two unacceptable absences (E&W National Standards); our year',
  },
  question: ({ place }, { sources }) =>
    askAboutPlace({ ...sources.place(place), hasHomeUnit: false }),
  judge: (all) =>
    within(
      all,
      (seen, during) => {
        const { memory, ...told } = outcomeOf(seen);
        return { ...judgeDuring({ ...seen, memory }, during), ...told };
      },
      (seen) => {
        const { memory, ...told } = outcomeOf(seen);
        return { memory: missesIn(memory), ...told };
      },
    ),
});
