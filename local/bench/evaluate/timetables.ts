import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { type Instant, instant } from '#domain/model/instant.ts';
import { nextEdgeAfter } from '#domain/time/active-intervals.ts';
import { chance } from '#local/worlds/chance.ts';
import { compileCurfew, ENDS_AT, STARTS_AT } from './bench-wearers.ts';
import { type Aim, digits, printTable } from './print.ts';
import { compare, each, through } from './round-robin.ts';

const ZONE = 'Europe/London';
const AIM_NANOSECONDS = 200;
const INSTANTS = 512;
const WEEK_MILLISECONDS = 7 * 86_400_000;

type NextEdge = (at: Instant) => number;

/** The same hours as compileCurfew's: ISO weekdays, start and end. */
const HOURS: readonly (readonly [days: readonly number[], start: string, end: string])[] = [
  [[1, 2, 3, 4, 5], '19:00', '07:00'],
  [[6, 7], '21:00', '08:30'],
];
const DAY_NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Works out the edges of the days about an instant with Temporal, as is done without compiling. */
const byTemporal: NextEdge = (at) => {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE).toPlainDate();
  let next = Infinity;
  for (let day = -1; day < 8; day += 1) {
    const date = today.add({ days: day });
    for (const [days, start, end] of HOURS) {
      if (!days.includes(date.dayOfWeek)) continue;
      const morning = date.add({ days: 1 });
      for (const [on, plainTime] of [[date, start] as const, [morning, end] as const]) {
        const edge = on.toZonedDateTime({ timeZone: ZONE, plainTime }).epochMilliseconds;
        if (edge > at && edge < next) next = edge;
      }
    }
    if (next < Infinity && day >= 1) return next;
  }
  return next;
};

/** One weekly rule for each kind of edge, asked for its next. */
const byRules = (): NextEdge => {
  const rules = HOURS.flatMap(([days, start, end]) => {
    const names = (shift: number) => days.map((day) => DAY_NAMES[(day - 1 + shift) % 7]).join();
    return [
      [start, names(0)],
      [end, names(1)],
    ].map(
      ([time = '', by]) =>
        new RRuleTemporal({
          rruleString: `DTSTART;TZID=${ZONE}:20251222T${time.replace(':', '')}00\nRRULE:FREQ=WEEKLY;BYDAY=${by}`,
        }),
    );
  });
  return (at) =>
    Math.min(...rules.map((rule) => rule.next(new Date(at))?.epochMilliseconds ?? Infinity));
};

/** When a curfew starts or ends next, against libraries that work it out each time. */
export const benchTimetables = (): Aim[] => {
  const curfew = compileCurfew(ZONE);
  const within = ENDS_AT - STARTS_AT - WEEK_MILLISECONDS;
  const instants = Array.from({ length: INSTANTS }, (_, i) =>
    instant(STARTS_AT + Math.floor(within * chance(i))),
  );
  const methods: readonly (readonly [string, NextEdge])[] = [
    ['Homeward, compiled', (at) => nextEdgeAfter(curfew, at).at],
    ['temporal-polyfill', byTemporal],
    ['rrule-temporal, 4 rules', byRules()],
  ];
  const timings = each(
    compare(methods.map(([name, next]) => through(name, instants, (at) => next(at) % 7))),
    instants,
  );
  const few = instants.slice(0, 200);
  const own = timings[0]?.nanoseconds ?? Number.NaN;
  printTable(
    `The next edge of a curfew, two years of it compiled: ${curfew.intervals.length} windows`,
    ['', 'ns', 'times ours', 'answers that differ'],
    timings.map(({ name, nanoseconds }, i) => {
      const next = methods[i]?.[1];
      const differ = few.filter((at) => next?.(at) !== nextEdgeAfter(curfew, at).at).length;
      const times = (nanoseconds / own).toFixed(1);
      return [name, digits(nanoseconds), times, i === 0 ? '' : `${differ} of ${few.length}`];
    }),
  );
  return [
    {
      ...{ what: 'next edge of a curfew, ns', aim: `${AIM_NANOSECONDS}` },
      ...{ measured: digits(own), isMet: own <= AIM_NANOSECONDS },
    },
  ];
};
