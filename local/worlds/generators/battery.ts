import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between, chance } from '../chance.ts';
import type { MadeDay, MadeEvent, Truth } from './made-day.ts';

const STARTS_AT = instant(Date.parse('2026-06-01T06:00:00Z'));
const HOUR = 3_600;

type Charge = Readonly<{ at: Instant; percent: number }>;

/** What is left at an instant, of a battery that is as full as said at some instants. */
const leftAt = (course: readonly Charge[], at: Instant): number => {
  const next = course.findIndex((point) => point.at > at);
  const [from, to] = [course[(next < 0 ? course.length : next) - 1], course[next]];
  if (from === undefined) return course[0]?.percent ?? 0;
  if (to === undefined) return from.percent;
  return from.percent + ((to.percent - from.percent) * (at - from.at)) / (to.at - from.at);
};

/** The device tells its battery's whole percents, and whether it is charged. */
const told = (course: readonly Charge[], everySeconds: number): MadeEvent[] => {
  const until = course.at(-1)?.at ?? STARTS_AT;
  const events: MadeEvent[] = [];
  for (let at = STARTS_AT; at < until; at = secondsAfter(at, everySeconds)) {
    const percent = leftAt(course, at);
    const charging = leftAt(course, secondsAfter(at, 1)) > percent;
    const kind = 'device-status' as const;
    const batteryPercent = Math.max(0, Math.round(percent));
    events.push({ kind, recordedAt: toIso(at), batteryPercent, charging });
  }
  return events;
};

const batteryDay = (events: readonly MadeEvent[], hours: number, truth: Truth[]): MadeDay => ({
  ...{ rule: 'battery', startsAt: STARTS_AT, endsAt: secondsAfter(STARTS_AT, hours * HOUR) },
  order: { conditions: [], deviceCare: {} },
  events,
  truth,
});

const near = (reason: Truth['reasons'][number], at: Instant, slackSeconds: number): Truth => ({
  ...{ conditionId: 'device-care', reasons: [reason] },
  ...{ beganAt: secondsAfter(at, -slackSeconds), withinSeconds: 2 * slackSeconds },
});

/**
 * Never charged: low at a fifth, about to be empty at a tenth, gone within hours of the day. Low
 * before eight in the evening, so that nobody has to be reminded to charge for the night.
 */
export const runsDown = (seed: number): MadeDay => {
  const perHour = between(5, 9, seed, 1);
  const full = between(60, 84, seed, 2);
  const whenAt = (percent: number): Instant =>
    secondsAfter(STARTS_AT, ((full - percent) / perHour) * HOUR);
  const events = told(
    [
      { at: STARTS_AT, percent: full },
      { at: whenAt(0), percent: 0 },
    ],
    600,
  );
  const truth = [near('battery-low', whenAt(20), 900), near('battery-critical', whenAt(10), 900)];
  return batteryDay(events, 20, truth);
};

/** Drains within two hours or so: half an hour before it is empty that is to be known. */
export const drainsFast = (seed: number): MadeDay => {
  const perHour = between(40, 60, seed, 1);
  const full = between(80, 94, seed, 2);
  const emptyAt = secondsAfter(STARTS_AT, (full / perHour) * HOUR);
  const events = told(
    [
      { at: STARTS_AT, percent: full },
      { at: emptyAt, percent: 0 },
    ],
    120,
  );
  const lowAt = secondsAfter(STARTS_AT, ((full - 20) / perHour) * HOUR);
  return batteryDay(events, 3, [
    near('battery-low', lowAt, 300),
    near('battery-critical', secondsAfter(emptyAt, -1_800), 600),
  ]);
};

/** A battery that would last for days, and that nobody charges. */
export const isNotCharged = (seed: number): MadeDay => {
  const endsAt = secondsAfter(STARTS_AT, 34 * HOUR);
  const full = between(75, 94, seed, 1);
  const events = told(
    [
      { at: STARTS_AT, percent: full },
      { at: endsAt, percent: full - 34 * between(0.2, 1.4, seed, 2) },
    ],
    900,
  );
  const missedAt = secondsAfter(STARTS_AT, 26 * HOUR);
  return batteryDay(events, 34, [near('charging-missed', missedAt, 600)]);
};

/**
 * Charged each evening before eight, from no less than 25 %; at times no word of it but the fuller
 * battery.
 */
export const isCharged = (seed: number): MadeDay => {
  const course: Charge[] = [];
  for (let day = 0; day < 3; day += 1) {
    const from = secondsAfter(STARTS_AT, day * 24 * HOUR);
    course.push(
      { at: from, percent: between(85, 100, seed, day, 1) },
      { at: secondsAfter(from, 10 * HOUR), percent: between(26, 60, seed, day, 2) },
      { at: secondsAfter(from, 12 * HOUR), percent: between(95, 100, seed, day, 3) },
    );
  }
  const isQuiet = chance(seed, 9) < 0.5;
  const events = told(course, 900).map(
    (event): MadeEvent =>
      isQuiet && event.kind === 'device-status' ? { ...event, charging: null } : event,
  );
  return batteryDay(events, 64, []);
};
