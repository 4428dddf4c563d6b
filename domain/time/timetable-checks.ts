import { DAY_SECONDS } from '../model/instant.ts';
import { readInZone, readingProblem } from './local-reading.ts';
import {
  type LocalWindow,
  SECONDS_PER_WEEK,
  secondsOfDay,
  WEEKDAYS,
  type WeekSpan,
  weekSpansOf,
} from './local-window.ts';
import type { Timetable, TimetableException } from './timetable.ts';

export type TimetableProblem = Readonly<{
  code:
    | 'malformed'
    | 'unknown-time-zone'
    | 'overlapping-windows'
    | 'never-active'
    | 'zero-length'
    | 'ambiguous-time'
    | 'missing-time'
    | 'wrong-offset'
    | 'ends-before-start';
  path: readonly (string | number)[];
  message: string;
}>;

const clockOf = (weekSeconds: number): string => {
  const day = WEEKDAYS[Math.floor(weekSeconds / DAY_SECONDS) % 7];
  const seconds = weekSeconds % DAY_SECONDS;
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return `${day} ${parts.slice(0, seconds % 60 === 0 ? 2 : 3).join(':')}`;
};

const overlap = (earlier: WeekSpan, later: WeekSpan): TimetableProblem => {
  const hours = `from ${clockOf(later.start)} to ${clockOf(Math.min(earlier.end, later.end))}`;
  return {
    code: 'overlapping-windows',
    path: ['windows', later.windowIndex],
    message: `overlaps windows[${earlier.windowIndex}] ${hours}: give each hour once`,
  };
};

/** From 00:00 to 00:00 is a whole day; anybody who writes 19:00 to 19:00 means something else. */
const isWholeDay = ({ start }: LocalWindow): boolean => secondsOfDay(start) === 0;

const lengthProblems = (windows: readonly LocalWindow[]): TimetableProblem[] =>
  windows.flatMap((window, i) => {
    const { start, end } = window;
    if (secondsOfDay(start) !== secondsOfDay(end) || isWholeDay(window)) return [];
    const message =
      `the window ends at ${end}, which is when it starts: it has no length; ` +
      'a whole day is written from 00:00 to 00:00';
    return [{ code: 'zero-length', path: ['windows', i, 'end'], message }];
  });

/**
 * Windows of no length, and those that overlap, on the wall clock and round the end of the week;
 * touching is no overlap.
 */
export const windowProblems = (timetable: Timetable): TimetableProblem[] => {
  const { windows, exceptions } = timetable;
  if (windows.length === 0 && !exceptions.some(({ kind }) => kind === 'extra-hours')) {
    const message = 'the timetable has neither windows nor extra hours: it would never be active';
    return [{ code: 'never-active', path: ['windows'], message }];
  }
  const noLength = lengthProblems(windows);
  if (noLength.length > 0) return noLength;
  const spans = weekSpansOf(windows);
  const nextWeek = spans.map((span) => ({
    ...span,
    start: span.start + SECONDS_PER_WEEK,
    end: span.end + SECONDS_PER_WEEK,
  }));
  const inOrder = [...spans, ...nextWeek];
  // No window is longer than a day, so it can only overlap the few that start within one.
  return spans.flatMap((span, i) =>
    inOrder
      .slice(i + 1, i + spans.length)
      .filter((later) => later.start < span.end)
      .map((later) => overlap(span, later)),
  );
};

type Moment = Readonly<{ field: 'date' | 'from' | 'until'; text: string }>;
type PlacedProblem = TimetableProblem | undefined;

const momentProblem = (timeZone: string, moment: Moment, index: number): PlacedProblem => {
  const problem = readingProblem(moment.text, timeZone);
  return problem === null ? undefined : { ...problem, path: ['exceptions', index, moment.field] };
};

const spanProblems = (
  { from, until }: Readonly<{ from: string; until: string }>,
  timeZone: string,
  index: number,
): TimetableProblem[] => {
  const moments: Moment[] = [
    { field: 'from', text: from },
    { field: 'until', text: until },
  ];
  const problems = moments.flatMap((moment) => momentProblem(timeZone, moment, index) ?? []);
  if (problems.length > 0) return problems;
  const [start, end] = [readInZone(from, timeZone), readInZone(until, timeZone)];
  if (start.kind !== 'once' || end.kind !== 'once' || end.at > start.at) return [];
  const message = `the exception ends at ${until}, which is not after its start at ${from}`;
  return [{ code: 'zero-length', path: ['exceptions', index, 'until'], message }];
};

const dayProblems = (date: string, timeZone: string, index: number): TimetableProblem[] => {
  const noon = readInZone(`${date}T12:00`, timeZone);
  if (noon.kind !== 'never') return [];
  const message = `${date} does not exist in ${timeZone}, which skipped that day`;
  return [{ code: 'missing-time', path: ['exceptions', index, 'date'], message }];
};

/** Exceptions of no length, and those whose time comes twice or never. */
export const exceptionProblems = ({ timeZone, exceptions }: Timetable): TimetableProblem[] =>
  exceptions.flatMap((exception: TimetableException, index) =>
    'date' in exception
      ? dayProblems(exception.date, timeZone, index)
      : spanProblems(exception, timeZone, index),
  );

export const validityProblems = ({ validFrom, validUntil }: Timetable): TimetableProblem[] => {
  if (validFrom === null || validUntil === null || validUntil >= validFrom) return [];
  const message = `the last day, ${validUntil}, is before the first, ${validFrom}`;
  return [{ code: 'ends-before-start', path: ['validUntil'], message }];
};
