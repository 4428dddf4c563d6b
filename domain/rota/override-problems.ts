import { DAY_MILLISECONDS, type Instant, MINUTE_MILLISECONDS, toIso } from '../model/instant.ts';
import type { Override, Rota } from '../model/rota.ts';
import type { RotaProblem } from './problem.ts';
import { inWords } from './problem.ts';
import { type OnCallStretch, shiftsBetween } from './shifts-between.ts';
import type { HolidayDates } from './stretch.ts';

type Situation = Readonly<{ now: Instant; holidays: HolidayDates }>;
type Found = Pick<RotaProblem, 'code' | 'message'> & Readonly<{ at: string }>;

/** Whoever writes "from now on" sends it some minutes later. */
const LENIENCE_MILLISECONDS = 5 * MINUTE_MILLISECONDS;

const pastProblems = (override: Override, now: Instant): Found[] => {
  if (override.startsAt >= now - LENIENCE_MILLISECONDS) return [];
  const message =
    `${toIso(override.startsAt)} is past, and who was on call then stays on record: ` +
    'let it begin now or later';
  return [{ code: 'in-the-past', at: 'startsAt', message }];
};

const MOST_DAYS = 366;

const lengthProblems = ({ startsAt, endsAt }: Override): Found[] => {
  if (endsAt - startsAt <= MOST_DAYS * DAY_MILLISECONDS) return [];
  const message = `lasts more than ${MOST_DAYS} days: change the rota itself`;
  return [{ code: 'too-long', at: 'endsAt', message }];
};

const has = (stretch: OnCallStretch, personId: Override['personId']): boolean =>
  stretch.people.includes(personId);

/** Two of one layer are on call at once where a hand-over comes twice; that is as it should be. */
const isBothAnyway = ({ from, people }: OnCallStretch): boolean =>
  from === 'layer' && people.length > 1;

const placeProblems = (override: Override, stretches: readonly OnCallStretch[]): Found[] => {
  const { kind, personId } = override;
  const absent = (whom: string, at: string): Found => ({
    code: 'not-on-call',
    at,
    message: `${whom} is not on call at any time of it, so it would change nothing`,
  });
  if (kind === 'remove') {
    return stretches.some((one) => has(one, personId)) ? [] : [absent(personId, 'personId')];
  }
  const replaced = stretches.filter((one) => kind === 'add' || has(one, override.insteadOf));
  if (kind === 'replace' && replaced.length === 0) {
    return [absent(override.insteadOf, 'insteadOf')];
  }
  const twice = replaced.find((one) => has(one, personId) && !isBothAnyway(one));
  if (twice === undefined) return [];
  const message = `${personId} is on call already ${inWords(twice)}, and cannot be in two places`;
  return [{ code: 'two-places', at: 'personId', message }];
};

/**
 * What is wrong with an override that is to be added to a rota: that it speaks of the past, changes
 * nothing, or needs somebody in two places at once.
 */
const newOverrideProblems = (
  rota: Rota,
  override: Override,
  { now, holidays }: Situation,
): Found[] => {
  if (override.kind === 'replace' && override.insteadOf === override.personId) {
    const message = 'nobody can stand in for themselves';
    return [{ code: 'two-places', at: 'insteadOf', message }];
  }
  const ofTime = [...pastProblems(override, now), ...lengthProblems(override)];
  if (ofTime.length > 0) return ofTime;
  const stretch = { startAt: override.startsAt, endAt: override.endsAt };
  return placeProblems(override, shiftsBetween(rota, stretch, holidays));
};

const asAdded = (override: Override): string => JSON.stringify({ ...override, cancelled: null });

const isOnRecord = (override: Override, before: Rota | null): boolean =>
  before?.overrides.some((one) => asAdded(one) === asAdded(override)) ?? false;

/**
 * What is wrong with the overrides of a rota that takes the place of another. What stood there
 * already is taken as it is, also where it has become past.
 */
export const overrideProblems = (
  rota: Rota,
  before: Rota | null,
  situation: Situation,
): RotaProblem[] =>
  rota.overrides.flatMap((override, i): RotaProblem[] => {
    const path = `overrides.${i}`;
    if (rota.overrides.findIndex((one) => one.overrideId === override.overrideId) < i) {
      const message = `there is another override ${override.overrideId}`;
      return [{ code: 'duplicate', path: `${path}.overrideId`, message }];
    }
    if (isOnRecord(override, before)) return [];
    const others = { ...rota, overrides: rota.overrides.slice(0, i) };
    return newOverrideProblems(others, override, situation).map(({ code, at, message }) => ({
      ...{ code, path: `${path}.${at}`, message },
    }));
  });
