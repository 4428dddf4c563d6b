import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/instant.ts';
import type { Moment } from './alert-commands.ts';
import type { AlertEvent } from './alert-events.ts';
import { evolve } from './evolve.ts';
import { MOST_AT_ONCE } from './many-told.ts';
import { runReview, runSteps } from './steps.ts';

const isDue = (at: Instant | null, { now }: Moment): boolean => at !== null && at <= now;

/** What is due of an alert that is open: channels that people want tried later, then the step. */
export const runDue = (alert: Alert, moment: Moment): AlertEvent[] => {
  const { now: at } = moment;
  const due = alert.later.filter(({ dueAt }) => isDue(dueAt, moment));
  const pages = due.slice(0, MOST_AT_ONCE);
  const tried: AlertEvent[] =
    pages.length === 0 ? [] : [{ type: 'further-channels-tried', at, pages }];
  if (due.length > pages.length || !isDue(alert.nextStepAt, moment)) return tried;
  const run = { alert: tried.reduce(evolve, alert), ...moment };
  return [...tried, ...(alert.track === 'review' ? [runReview(run)] : runSteps(run))];
};
