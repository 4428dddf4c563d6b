type Fields = Readonly<Record<string, unknown>>;

const QUARTER = 900_000;
const DAY = 96 * QUARTER;
/** As far as a clock is looked at on either side: no change is wider. */
const LOOK = 26 * 4;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** How far a zone's clocks are ahead of UTC, as Intl shows them; clocks change on quarters only. */
const offsetAt = (timeZone: string, at: number): number => {
  const name = `${timeZone} ${Math.floor(at / QUARTER)}`;
  const known = offsets.get(name);
  if (known !== undefined) return known;
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  formats.set(timeZone, format);
  const whole = Math.floor(at / 1000) * 1000;
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
    format.format(whole).match(/\d+/g) ?? []
  ).map(Number);
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  offsets.set(name, offset);
  return offset;
};

const shownAt = (timeZone: string, at: number): number => at + offsetAt(timeZone, at);

const listOf = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.map((one) => Object(one)) : [];

const byShifts = (shifts: readonly Fields[], at: number): string[] => {
  let found: string[] = [];
  let since = Number.NEGATIVE_INFINITY;
  for (const { personId, startsAt, endsAt } of shifts) {
    const [from, until] = [Date.parse(String(startsAt)), Date.parse(String(endsAt))];
    if (from <= at && at < until && from > since) {
      found = [String(personId)];
      since = from;
    }
  }
  return found;
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

/** The people on call by a rota as it is kept: its shifts, its last layer, whoever covers. */
export const naiveOnCall = (rota: Fields, at: number): string[] => {
  const shift = byShifts(listOf(rota.shifts), at);
  if (shift.length > 0) return shift;
  const [layer] = listOf(rota.layers).slice(-1);
  const turns = layer === undefined ? [] : byLayer(layer, String(rota.timeZone), at);
  return turns.length > 0 ? [...new Set(turns)] : [String(rota.otherwise)];
};
