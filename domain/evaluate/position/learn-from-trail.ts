import type { Fix } from '../../model/device-event.ts';
import { DAY_SECONDS, type Instant, secondsBetween } from '../../model/instant.ts';
import type { Place } from '../../model/place.ts';
import type { Supervision, Watch } from '../supervision.ts';
import { type LearnedVersion, learnPlace } from './learn-places.ts';

/** How far back a place is learned from: two weeks hold ten working days and two weekends. */
export const LEARNED_FROM_DAYS = 14;
/** After so many days what was learned is learned anew; what is new to us, each day at first. */
const LEARNED_ANEW_SECONDS = 7 * DAY_SECONDS;
/** With so many nights a place is known as well as it gets. */
const KNOWN_WELL_NIGHTS = 7;

/** Whether it is time to learn a wearer's places, and not only to look through the same trail. */
export const isToLearn = (
  known: Readonly<{ learnedAt: Instant; places: readonly LearnedVersion[] }> | null,
  now: Instant,
): boolean => {
  if (known === null) return true;
  const isKnownWell = known.places.every(({ nights }) => nights >= KNOWN_WELL_NIGHTS);
  const seconds = secondsBetween(known.learnedAt, now);
  return seconds >= (isKnownWell ? LEARNED_ANEW_SECONDS : DAY_SECONDS);
};

/** A curfew's addresses, and the hours during which the wearer had to be at one of them. */
type Curfew = Readonly<{ places: readonly Place[]; hours: Watch['active']['intervals'] }>;

const curfewsOf = ({ watches }: Supervision): Curfew[] =>
  watches.flatMap(({ rule, condition, active }) =>
    rule === 'curfew-absence' && condition.kind === 'curfew'
      ? [{ places: [condition.place, ...condition.otherPlaces], hours: active.intervals }]
      : [],
  );

/** The fixes of each window of some hours; a window without any is left out. */
const nightsOf = (fixes: readonly Fix[], hours: Curfew['hours']): Fix[][] =>
  hours
    .map(({ startAt, endAt }) =>
      fixes.filter(({ recordedAt }) => recordedAt >= startAt && recordedAt < endAt),
    )
    .filter((night) => night.length > 0);

const reaching = (hours: Curfew['hours'], fixes: readonly Fix[]): Curfew['hours'] => {
  const [firstAt, lastAt] = [fixes[0]?.recordedAt ?? 0, fixes.at(-1)?.recordedAt ?? 0];
  return hours.filter(({ startAt, endAt }) => endAt > firstAt && startAt <= lastAt);
};

/**
 * What a trail teaches of each of a wearer's curfew addresses, from the nights spent there. Fixes
 * are in the order of time. `fromDay` is the UTC day from which it holds. Pure, and the same for
 * the same trail; an address where no night was spent is left out.
 */
export const learnFromTrail = (
  supervision: Supervision,
  fixes: readonly Fix[],
  fromDay: string,
): LearnedVersion[] => {
  const found = new Map<string, LearnedVersion>();
  for (const { places, hours } of curfewsOf(supervision)) {
    const nights = nightsOf(fixes, reaching(hours, fixes));
    for (const { lat, lon } of places) {
      const learned = learnPlace({ lat, lon }, { nights, days: fixes });
      if (learned === null) continue;
      const { nights: count, ...place } = learned;
      found.set(`${lat} ${lon}`, { at: { lat, lon }, fromDay, nights: count, place });
    }
  }
  return [...found.values()];
};
