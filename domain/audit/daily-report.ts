import * as z from 'zod';
import type { RotaId } from '../model/ids.ts';
import { DAY_MILLISECONDS, type Instant, instant, toIso } from '../model/instant.ts';
import type { Rota } from '../model/rota.ts';
import { gapsAhead } from '../rota/judge-rota.ts';
import type { HolidayDates, Stretch } from '../rota/stretch.ts';

/** The last day whose report was told, or had nothing to tell. */
export const reportedSchema = z.object({ day: z.iso.date() });
export type Reported = z.infer<typeof reportedSchema>;

/** UTC: before an office opens. */
const REPORTED_AT = '06:00';
/** So many gaps of a rota are told by their times; the rest are counted. */
const MOST_GAPS = 3;

/** A rota with stretches ahead in which nobody is on call, and who wanted it so. */
export type Gaping = Readonly<{
  rotaId: RotaId;
  gaps: readonly Stretch[];
  forced: Rota['gapsForced'];
}>;

/** The day whose report is due at an instant: today's from six in the morning on. */
export const reportDayAt = (now: Instant): string => {
  const [day = '', time = ''] = toIso(now).split('T');
  return time.slice(0, 5) >= REPORTED_AT ? day : toIso(dayBefore(now)).slice(0, 10);
};

const dayBefore = (now: Instant): Instant => instant(Math.max(0, now - DAY_MILLISECONDS));

/** The rotas in which nobody is on call at some time of the weeks ahead. */
export const gapingOf = (rotas: readonly Rota[], holidays: HolidayDates, now: Instant): Gaping[] =>
  rotas
    .map((rota) => ({
      ...{ rotaId: rota.rotaId, forced: rota.gapsForced },
      gaps: gapsAhead(rota, { now, holidays }),
    }))
    .filter(({ gaps }) => gaps.length > 0);

const minute = (at: Instant): string => toIso(at).slice(0, 16).replace('T', ' ');

const lineOf = ({ rotaId, gaps, forced }: Gaping): string => {
  const named = gaps
    .slice(0, MOST_GAPS)
    .map((gap) => `${minute(gap.startAt)} to ${minute(gap.endAt)}`);
  const more = gaps.length > MOST_GAPS ? `, and ${gaps.length - MOST_GAPS} more` : '';
  const why = forced === null ? '' : ` Forced by ${forced.by}: ${forced.reason}`;
  return `Rota ${rotaId}: nobody is on call from ${named.join(', from ')} (UTC)${more}.${why}`;
};

/** What the duty manager is told once a day; null where there is nothing to tell. */
export const dailyWords = (
  gaping: readonly Gaping[],
  agency: string,
): Readonly<{ subject: string; text: string }> | null =>
  gaping.length === 0
    ? null
    : {
        subject: `Homeward ${agency}: nobody is on call at times`,
        text: [
          'In the eight weeks ahead there are times at which nobody is on call.',
          ...gaping.map(lineOf),
        ].join('\n'),
      };
