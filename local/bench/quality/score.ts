import type { Alert } from './seen-fix.ts';
import type { Inside } from './world/truth.ts';

/** What became of one rule on one wearer's days. */
export type Tally = Readonly<{
  days: number;
  alerts: number;
  falseAlerts: number;
  stays: number;
  missed: number;
  delays: readonly number[];
}>;

/** A stay counts from so many minutes on. */
export const STAY_MINUTES = 2;
/** An alert is true if the wearer was inside so shortly before its opening, or a fix after it. */
const TRUE_WITHIN_MINUTES = { before: 5, after: 1 } as const;
/** A stay is found if an alert stands at some instant of it, or opens so soon after its end. */
const FOUND_WITHIN_MINUTES = 2;

export const isTrueAlert = (alert: Alert, inside: readonly Inside[]): boolean =>
  inside.some(
    (stay) =>
      stay.fromMinute <= alert.fromMinute + TRUE_WITHIN_MINUTES.after &&
      alert.fromMinute <= stay.toMinute + TRUE_WITHIN_MINUTES.before,
  );

const delayOf = (stay: Inside, alerts: readonly Alert[]): number | null => {
  const first = alerts.find(
    (alert) =>
      alert.toMinute >= stay.fromMinute && alert.fromMinute <= stay.toMinute + FOUND_WITHIN_MINUTES,
  );
  return first === undefined ? null : Math.max(0, first.fromMinute - stay.fromMinute);
};

/** Compares alerts, in the order of their opening, with where the wearer truly was. */
export const score = (
  alerts: readonly Alert[],
  truth: Readonly<{ inside: readonly Inside[]; days: number }>,
): Tally => {
  const stays = truth.inside.filter((stay) => stay.toMinute - stay.fromMinute >= STAY_MINUTES);
  const delays = stays.map((stay) => delayOf(stay, alerts));
  return {
    days: truth.days,
    alerts: alerts.length,
    falseAlerts: alerts.filter((alert) => !isTrueAlert(alert, truth.inside)).length,
    stays: stays.length,
    missed: delays.filter((delay) => delay === null).length,
    delays: delays.filter((delay) => delay !== null),
  };
};

export const NOTHING: Tally = {
  ...{ days: 0, alerts: 0, falseAlerts: 0, stays: 0, missed: 0 },
  delays: [],
};

export const together = (a: Tally, b: Tally): Tally => ({
  days: a.days + b.days,
  alerts: a.alerts + b.alerts,
  falseAlerts: a.falseAlerts + b.falseAlerts,
  stays: a.stays + b.stays,
  missed: a.missed + b.missed,
  delays: [...a.delays, ...b.delays],
});

export const MONTH_DAYS = 730 / 24;

export const falsePerMonth = ({ falseAlerts, days }: Tally): number =>
  (falseAlerts / days) * MONTH_DAYS;

export const missedShare = ({ missed, stays }: Tally): number => (stays === 0 ? 0 : missed / stays);

/** Of the alerts that were opened, how many were true. */
export const trueShare = ({ alerts, falseAlerts }: Tally): number =>
  alerts === 0 ? Number.NaN : 1 - falseAlerts / alerts;

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};
