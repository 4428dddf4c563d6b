import type { PersonId } from '../model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '../model/instant.ts';
import type { Rota } from '../model/rota.ts';
import { endOf, type LaidOut, layOut, type OnCall, whoAt } from './on-call.ts';
import type { HolidayDates, Stretch } from './stretch.ts';

/** A stretch in which the same people are on call. */
export type OnCallStretch = Stretch & OnCall;

type Spans = Readonly<{ startsAt: Instant; endsAt: Instant }>;

/** Every instant at which who is on call may change. */
const edgesOf = ({ rota, layers }: LaidOut): Instant[] => {
  const { shifts, temporary, overrides } = rota;
  const written: readonly Spans[] = [
    ...shifts,
    ...temporary,
    ...temporary.flatMap((one) => one.shifts),
  ];
  const laid = layers.flatMap(({ turns, hours }) => [...turns, ...hours]);
  return [
    ...written.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
    ...overrides.flatMap((override) => [override.startsAt, endOf(override)]),
    ...laid.flatMap(({ startAt, endAt }) => [startAt, endAt]),
  ];
};

const isSame = (a: OnCall, b: OnCall): boolean =>
  a.from === b.from &&
  a.layerId === b.layerId &&
  a.people.length === b.people.length &&
  a.people.every((personId, i) => personId === b.people[i]);

/**
 * Who is on call throughout a stretch: stretches in order that leave nothing out and share nothing,
 * neighbours being different. Empty only for no time at all.
 */
export const shiftsBetween = (
  rota: Rota,
  stretch: Stretch,
  holidays: HolidayDates,
): OnCallStretch[] => {
  const { startAt, endAt } = stretch;
  if (startAt >= endAt) return [];
  const laidOut = layOut(rota, stretch, holidays);
  const within = edgesOf(laidOut).filter((at) => at > startAt && at < endAt);
  const starts = [startAt, ...new Set(within.sort((a, b) => a - b))];
  const found: OnCallStretch[] = [];
  for (const [i, at] of starts.entries()) {
    const next: OnCallStretch = {
      ...whoAt(laidOut, at),
      startAt: at,
      endAt: starts[i + 1] ?? endAt,
    };
    const last = found[found.length - 1];
    if (last === undefined || !isSame(last, next)) found.push(next);
    else found[found.length - 1] = { ...last, endAt: next.endAt };
  }
  return found;
};

/** Gaps further ahead than this are nobody's worry yet. */
export const GAP_WEEKS = 8;

/** The time ahead in which a rota must have no gap; what is past has none any more. */
export const gapHorizon = (now: Instant): Stretch => ({
  startAt: now,
  endAt: secondsAfter(now, GAP_WEEKS * 7 * DAY_SECONDS),
});

/** The stretches in which nobody is on call. */
export const gapsOf = (rota: Rota, stretch: Stretch, holidays: HolidayDates): Stretch[] =>
  shiftsBetween(rota, stretch, holidays)
    .filter(({ people }) => people.length === 0)
    .map(({ startAt, endAt }) => ({ startAt, endAt }));

/** When one person is on call, whoever else is: stretches in order that do not touch. */
export const personStretches = (
  stretches: readonly OnCallStretch[],
  personId: PersonId,
): Stretch[] => {
  const theirs: Stretch[] = [];
  for (const { people, startAt, endAt } of stretches) {
    if (!people.includes(personId)) continue;
    const last = theirs[theirs.length - 1];
    if (last?.endAt === startAt) theirs[theirs.length - 1] = { ...last, endAt };
    else theirs.push({ startAt, endAt });
  }
  return theirs;
};
