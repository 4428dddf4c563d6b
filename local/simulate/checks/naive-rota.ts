import { QUARTER, shownAt } from './naive-clock.ts';

type Fields = Readonly<Record<string, unknown>>;

const DAY = 96 * QUARTER;
/** As far as a clock is looked at on either side: no change is wider. */
const LOOK = 26 * 4;

const listOf = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.map((one) => Object(one)) : [];

/** Whoever has a shift, the one begun last standing first. */
const byShifts = (shifts: readonly Fields[], at: number): string[] => {
  const running = shifts.filter(({ startsAt, endsAt }) => {
    const [from, until] = [Date.parse(String(startsAt)), Date.parse(String(endsAt))];
    return from <= at && at < until;
  });
  const begun = ({ startsAt }: Fields): number => Date.parse(String(startsAt));
  return running.sort((a, b) => begun(b) - begun(a)).map(({ personId }) => String(personId));
};

/**
 * Who has a turn in a layer that hands over once a day, found by looking at the clock: somebody
 * comes when it has shown their hand-over or anything after, and goes when it will never again show
 * anything before the next one, nor that one itself.
 */
const byLayer = (layer: Fields, timeZone: string, at: number): string[] => {
  const rotation: Fields = Object(layer.rotation);
  const people = listOf(layer.people).map(String);
  const time = Date.parse(`1970-01-01T${Object(rotation.handOver).time}Z`);
  const first = Date.parse(`${rotation.startsOn}T00:00Z`);
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const gone = Array.from({ length: LOOK }, (_, i) => quarter - i * QUARTER - 1);
  const toCome = Array.from({ length: LOOK }, (_, i) => quarter + (i + 1) * QUARTER);
  const latestYet = Math.max(...[at, ...gone].map((one) => shownAt(timeZone, one)));
  const leastToCome = Math.min(...toCome.map((one) => shownAt(timeZone, one)));
  const now = shownAt(timeZone, at);
  const today = Math.floor((now - first) / DAY);
  return [today - 2, today - 1, today, today + 1].flatMap((n) => {
    const [from, until] = [first + n * DAY + time, first + (n + 1) * DAY + time];
    const isThere = latestYet >= from && (now < until || leastToCome <= until);
    return n >= 0 && isThere ? [people[n % people.length] ?? ''] : [];
  });
};

const isRunning = ({ startsAt, endsAt, cancelled }: Fields, at: number): boolean => {
  const until = cancelled === null || cancelled === undefined ? endsAt : Object(cancelled).at;
  const last = Math.min(Date.parse(String(endsAt)), Date.parse(String(until)));
  return Date.parse(String(startsAt)) <= at && at < last;
};

/** Those whom some overrides leave of several people, each in the place that they take. */
const leftOf = (people: readonly string[], overrides: readonly Fields[]): string[] => {
  let left = [...people];
  for (const { kind, personId, insteadOf } of overrides) {
    if (kind === 'remove') left = left.filter((one) => one !== personId);
    if (kind === 'replace') left = left.map((one) => (one === insteadOf ? String(personId) : one));
  }
  return left;
};

/**
 * The people on call by a rota as it is kept: its latest shift, the shift begun before it, its
 * layer, whoever covers; as overrides leave them, and with whoever is added.
 */
export const naiveOnCall = (rota: Fields, at: number): string[] => {
  const overrides = listOf(rota.overrides).filter((one) => isRunning(one, at));
  const [layer] = listOf(rota.layers).slice(-1);
  const planned = [
    ...byShifts(listOf(rota.shifts), at).map((personId) => [personId]),
    layer === undefined ? [] : byLayer(layer, String(rota.timeZone), at),
    [String(rota.otherwise)],
  ];
  const standing = planned.map((people) => leftOf(people, overrides)).find(({ length }) => length);
  const added = overrides.filter(({ kind }) => kind === 'add').map((one) => String(one.personId));
  return [...new Set([...(standing ?? []), ...added])];
};
