import * as z from 'zod';
import { isReachable, type Known } from '../contacts/standing.ts';
import type { LiaisonTrouble, NamedBy } from '../liaison/references.ts';
import type { PersonId, RotaId } from '../model/ids.ts';
import {
  DAY_MILLISECONDS,
  DAY_SECONDS,
  type Instant,
  instant,
  secondsAfter,
  toIso,
} from '../model/instant.ts';
import type { Rota } from '../model/rota.ts';
import { gapsAhead } from '../rota/judge-rota.ts';
import { shiftsBetween } from '../rota/shifts-between.ts';
import type { HolidayDates, Stretch } from '../rota/stretch.ts';

/** The last day whose report was told, or had nothing to tell. */
export const reportedSchema = z.object({ day: z.iso.date() });
export type Reported = z.infer<typeof reportedSchema>;

/** UTC: before an office opens. */
const REPORTED_AT = '06:00';
/** So many gaps of a rota are told by their times; the rest are counted. */
const MOST_GAPS = 3;

/** So many orders are told by their ids; the rest are counted. */
const MOST_ORDERS = 20;

/** A rota with stretches ahead in which nobody is on call, and who wanted it so. */
export type RotaWithGaps = Readonly<{
  rotaId: RotaId;
  gaps: readonly Stretch[];
  forced: Rota['gapsForced'];
}>;

/** The day whose report is due at an instant: today's from six in the morning on. */
export const reportDayAt = (now: Instant): string => {
  const [day = '', time = ''] = toIso(now).split('T');
  return time.slice(0, 5) >= REPORTED_AT ? day : toIso(dayBefore(now)).slice(0, 10);
};

const dayBefore = (now: Instant): Instant => instant(Math.max(0, now - DAY_MILLISECONDS));

/** The rotas in which nobody is on call at some time of the weeks ahead. */
export const rotasWithGaps = (
  rotas: readonly Rota[],
  holidays: HolidayDates,
  now: Instant,
): RotaWithGaps[] =>
  rotas
    .map((rota) => ({
      ...{ rotaId: rota.rotaId, forced: rota.gapsForced },
      gaps: gapsAhead(rota, { now, holidays }),
    }))
    .filter(({ gaps }) => gaps.length > 0);

const minute = (at: Instant): string => toIso(at).slice(0, 16).replace('T', ' ');

const lineOf = ({ rotaId, gaps, forced }: RotaWithGaps): string => {
  const named = gaps
    .slice(0, MOST_GAPS)
    .map((gap) => `${minute(gap.startAt)} to ${minute(gap.endAt)}`);
  const more = gaps.length > MOST_GAPS ? `, and ${gaps.length - MOST_GAPS} more` : '';
  const why = forced === null ? '' : ` Forced by ${forced.by}: ${forced.reason}`;
  return `Rota ${rotaId}: nobody is on call from ${named.join(', from ')} (UTC)${more}.${why}`;
};

/** Who is on call at some time of the week ahead, of whichever rota. */
export const onCallAhead = (
  rotas: readonly Rota[],
  holidays: HolidayDates,
  now: Instant,
): PersonId[] => {
  const week = { startAt: now, endAt: secondsAfter(now, 7 * DAY_SECONDS) };
  const people = rotas.flatMap((rota) =>
    shiftsBetween(rota, week, holidays).flatMap((shift) => shift.people),
  );
  return [...new Set(people)];
};

/** Those of some people of whom no contact was ever shown to reach them. */
export const unreachableOf = (people: readonly PersonId[], known: readonly Known[]): PersonId[] => {
  const reachable = new Set(known.filter(isReachable).map(({ person }) => person.personId));
  return people.filter((personId) => !reachable.has(personId));
};

const ordersNamed = (named: readonly NamedBy[]): string => {
  const some = named.slice(0, MOST_ORDERS).map(({ wearerId, orderId }) => `${wearerId}/${orderId}`);
  const more = named.length > MOST_ORDERS ? `, and ${named.length - MOST_ORDERS} more` : '';
  return `${some.join(', ')}${more}`;
};

const liaisonLines = ({ liaisonId, malformed, withdrawn }: LiaisonTrouble): string[] => [
  ...(malformed.length === 0
    ? []
    : [
        `${liaisonId} would reject the references of these orders, which are not written as its own: ${ordersNamed(malformed)}.`,
      ]),
  ...(withdrawn.length === 0
    ? []
    : [
        `${liaisonId} has withdrawn its response; these orders count on it: ${ordersNamed(withdrawn)}.`,
      ]),
];

export type DailyReport = Readonly<{
  withGaps: readonly RotaWithGaps[];
  /** On call within the week, and by no verified contact. */
  unreachable: readonly PersonId[];
  /** What control rooms would reject, or do not come for. */
  liaisons: readonly LiaisonTrouble[];
}>;

/** What the duty manager is told once a day; null where there is nothing to tell. */
export const dailyWords = (
  { withGaps, unreachable, liaisons }: DailyReport,
  agency: string,
): Readonly<{ subject: string; text: string }> | null => {
  const isStaffed = withGaps.length === 0 && unreachable.length === 0;
  if (isStaffed && liaisons.length === 0) return null;
  const gaps = ['In the eight weeks ahead there are times at which nobody is on call.'];
  const people = `On call in the week ahead, with no verified contact: ${unreachable.join(', ')}.`;
  return {
    subject: isStaffed
      ? `Homeward ${agency}: recipients outside cannot always be told`
      : `Homeward ${agency}: who is on call cannot always be told`,
    text: [
      ...(withGaps.length === 0 ? [] : [...gaps, ...withGaps.map(lineOf)]),
      ...(unreachable.length === 0 ? [] : [people]),
      ...liaisons.flatMap(liaisonLines),
    ].join('\n'),
  };
};
