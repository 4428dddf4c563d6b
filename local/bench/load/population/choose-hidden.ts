import type { Hidden, HiddenKind } from './hidden.ts';
import { hasCurfew, type Wearer } from './wearer.ts';

const HOUR = 3_600_000;
/** From two hours after a curfew has begun, and for so long that the run ends before it does. */
const NIGHT = { fromHour: 21, hours: 6 } as const;

const ownHour = ({ aheadMinutes }: Wearer, at: number): number =>
  (at / HOUR + aheadMinutes / 60) % 24;

const isInNight = (wearer: Wearer, at: number): boolean =>
  (ownHour(wearer, at) - NIGHT.fromHour + 24) % 24 < NIGHT.hours;

/** Who can break what: a zone only where no curfew is broken on the way, a curfew only at night. */
const canBreak = (wearer: Wearer, kind: HiddenKind, at: number): boolean =>
  kind === 'zone-entry' ? wearer.demand === 'zone' : hasCurfew(wearer) && isInNight(wearer, at);

const HALF_AND_HALF: readonly HiddenKind[] = ['zone-entry', 'curfew-departure'];
const WITH_GRACE: readonly HiddenKind[] = [...HALF_AND_HALF, 'zone-entry', 'curfew-grace'];
/** A departure is decided up to eight minutes later where there is a grace of five. */
const GRACE_NEEDS_MINUTES = 10;

/** What is hidden among a caseload: how many, in a run of so many minutes, begun at about `now`. */
export type Hiding = Readonly<{ count: number; minutes: number; now: number }>;

/**
 * Chooses who will break what, a spread of wearers and kinds. Throws where the caseload has too few
 * for that.
 */
export const chooseHidden = (
  wearers: readonly Wearer[],
  { count, minutes, now }: Hiding,
): Map<number, HiddenKind> => {
  const kinds = minutes >= GRACE_NEEDS_MINUTES ? WITH_GRACE : HALF_AND_HALF;
  const chosen = new Map<number, HiddenKind>();
  for (let i = 0; i < count; i += 1) {
    const kind = kinds[i % kinds.length] ?? 'zone-entry';
    const start = Math.floor((i * wearers.length) / count);
    const inTurn = [...wearers.slice(start), ...wearers.slice(0, start)];
    const found = inTurn.find((one) => !chosen.has(one.number) && canBreak(one, kind, now));
    if (found === undefined) {
      throw new Error(`${wearers.length} wearers are too few to hide ${count} violations among.`);
    }
    chosen.set(found.number, kind);
  }
  return chosen;
};

const FIRST_AFTER_MILLISECONDS = 4_000;
const GRACE_MILLISECONDS = 300_000;
/** In simulation no decision took more than three further fixes. */
const FIXES_TO_DECIDE = 3;
const LAST_BEFORE_MILLISECONDS = 5_000;

/** Gives each an instant within a stretch, evenly spread, early enough to be decided within it. */
export const timeHidden = (
  kinds: ReadonlyMap<number, HiddenKind>,
  stretch: Readonly<{ startsAt: number; endsAt: number; alarmEveryMilliseconds: number }>,
): Hidden[] => {
  const { startsAt, endsAt, alarmEveryMilliseconds } = stretch;
  const first = startsAt + FIRST_AFTER_MILLISECONDS;
  const lastOf = (kind: HiddenKind): number =>
    endsAt -
    LAST_BEFORE_MILLISECONDS -
    FIXES_TO_DECIDE * alarmEveryMilliseconds -
    (kind === 'curfew-grace' ? GRACE_MILLISECONDS : 0);
  return [...kinds].map(([number, kind], i) => {
    const share = (i + 0.5) / kinds.size;
    return { number, kind, fromAt: Math.round(first + share * Math.max(0, lastOf(kind) - first)) };
  });
};
