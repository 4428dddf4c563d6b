import { DAY_SECONDS } from '../model/instant.ts';
import {
  type LocalWindow,
  SECONDS_PER_WEEK,
  WEEKDAYS,
  type WeekSpan,
  weekSpansOf,
} from './local-window.ts';

/** Something lawful in one place and not in another: told, not refused. */
export type TimetableWarning = Readonly<{
  code: 'over-112-hours-a-week' | 'over-20-hours-a-day';
  path: readonly (string | number)[];
  message: string;
}>;

/** The most of a curfew requirement in England and Wales: Sentencing Act 2020, Schedule 9. */
const MOST_HOURS_A_WEEK = 112;
const MOST_HOURS_A_DAY = 20;

const secondsOnDay = (spans: readonly WeekSpan[], day: number): number => {
  const midnight = day * DAY_SECONDS;
  const within = ({ start, end }: WeekSpan, from: number): number =>
    Math.max(0, Math.min(end, from + DAY_SECONDS) - Math.max(start, from));
  return spans.reduce(
    (sum, span) => sum + within(span, midnight) + within(span, midnight + SECONDS_PER_WEEK),
    0,
  );
};

/** More hours than a curfew may have, in an ordinary week, exceptions apart. */
export const weekWarnings = (windows: readonly LocalWindow[]): TimetableWarning[] => {
  const spans = weekSpansOf(windows);
  const weekHours = spans.reduce((sum, { start, end }) => sum + end - start, 0) / 3600;
  const path = ['windows'];
  const warnings: TimetableWarning[] = WEEKDAYS.flatMap((day, i) => {
    const hours = secondsOnDay(spans, i) / 3600;
    if (hours <= MOST_HOURS_A_DAY) return [];
    const message = `${hours} h on ${day}; a curfew has ${MOST_HOURS_A_DAY} h a day at most`;
    return [{ code: 'over-20-hours-a-day', path, message }];
  });
  if (weekHours <= MOST_HOURS_A_WEEK) return warnings;
  const message = `${weekHours} h a week; a curfew has ${MOST_HOURS_A_WEEK} h at most`;
  return [{ code: 'over-112-hours-a-week', path, message }, ...warnings];
};
