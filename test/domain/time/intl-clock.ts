/**
 * The clocks of one zone as Intl tells them: [from, offset] in milliseconds, found by bisection.
 */
export type IntlClock = readonly (readonly [fromAt: number, offset: number])[];

const WEEK = 7 * 86_400_000;

/** The offset that Intl shows in a zone, milliseconds. */
export const offsetReader = (timeZone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(at).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) - at;
  };
};

/**
 * Scans a zone week by week, and each week in which the offset differs second by second (halving).
 * Independent of Temporal. Two changes within a week that undo each other would be missed; the
 * shortest known stretch of a clock change, Ramadan in Morocco, lasts about a month.
 */
export const intlClock = (timeZone: string, fromAt: number, untilAt: number): IntlClock => {
  const offsetAt = offsetReader(timeZone);
  const periods: [number, number][] = [[Number.NEGATIVE_INFINITY, offsetAt(fromAt)]];
  let before = offsetAt(fromAt);
  for (let week = fromAt; week < untilAt; week += WEEK) {
    const after = offsetAt(week + WEEK);
    if (after === before) continue;
    let [low, high] = [week, week + WEEK];
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2_000) * 1_000;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    periods.push([high, after]);
    before = after;
  }
  return periods;
};

/** What the clocks show, as milliseconds since 1970 on the wall. */
export const shownAt = (clock: IntlClock, at: number): number =>
  at + (clock.findLast(([fromAt]) => fromAt <= at)?.[1] ?? 0);
