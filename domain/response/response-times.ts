import { Temporal } from 'temporal-polyfill';
import type { Alert } from '../model/alert.ts';
import type { AlertClass } from '../model/alert-class.ts';
import type { PersonId } from '../model/ids.ts';
import { type Instant, secondsBetween } from '../model/instant.ts';
import { isFalseAlert, isTold } from './false-alerts.ts';
import { type Span, spanOf, type Timed } from './span.ts';

/** When an alert came to what; null: it has not, or not yet. */
export type Response = Readonly<{
  alertId: string;
  kind: AlertClass;
  /** Whom the order names; null of alerts of before that was kept with them. */
  officer: PersonId | null;
  /** Of that officer; null where they are in none. */
  team: string | null;
  /** The hour on the wall clock of the order's zone at which it opened. */
  hour: number;
  detectedAt: Instant;
  /** When the first page was taken by whoever delivers it. */
  pagedAt: Instant | null;
  /** When enough people first had it in hand, or closed it at once. */
  acknowledgedAt: Instant | null;
  /** When a person closed it: what we close ourselves nobody has responded to. */
  closedAt: Instant | null;
  /** Whether it still asks for somebody. */
  isOpen: boolean;
  isTold: boolean;
  isFalse: boolean;
}>;

const hourAt = (at: Instant, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).hour;

/** What is known of an alert beside itself: when its first page was taken, its officer's team. */
type Beside = Pick<Response, 'pagedAt' | 'team'>;

/** The course of an alert, as response times are reckoned from it. */
export const responseOf = (alert: Alert, beside: Beside): Response => {
  const { alertId, conditionKind: kind, openedAt, closed, facts } = alert;
  const closedAt = closed === null || closed.by === null ? null : closed.at;
  return {
    ...{ alertId, kind, ...beside },
    officer: alert.responsibleOfficer ?? null,
    acknowledgedAt: alert.firstAcknowledgedAt ?? closedAt,
    hour: hourAt(openedAt, facts.timeZone),
    detectedAt: facts.violation.detectedAt,
    closedAt,
    isOpen: closed === null,
    isTold: isTold(alert),
    isFalse: isFalseAlert(alert),
  };
};

export const groupings = ['kind', 'officer', 'team', 'hour'] as const;
export type Grouping = (typeof groupings)[number];

type Edges = Readonly<{ from: Instant | null; to: Instant | null; isOpen: boolean }>;

/** What was done before it was asked for took no time. */
const timed = (responses: readonly Response[], edges: (one: Response) => Edges): Span => {
  const done = responses.flatMap((one): Timed[] => {
    const { from, to } = edges(one);
    if (from === null || to === null) return [];
    return [{ alertId: one.alertId, seconds: Math.max(0, secondsBetween(from, to)) }];
  });
  const waiting = responses.map(edges).filter(({ from, to, isOpen }) => {
    return isOpen && from !== null && to === null;
  });
  return spanOf(done, waiting.length);
};

/** How quickly some alerts were told, taken in hand and closed, and how many of them were false. */
export type ResponseTimes = Readonly<{
  alerts: number;
  /** Of them, such as nobody was told of: held until they were over, for example. */
  untold: number;
  falseAlerts: number;
  detectToPage: Span;
  pageToAcknowledge: Span;
  acknowledgeToClose: Span;
  detectToClose: Span;
}>;

export const responseTimes = (responses: readonly Response[]): ResponseTimes => {
  const span = (from: keyof Response & `${string}At`, to: keyof Response & `${string}At`): Span =>
    timed(responses, (one) => ({ from: one[from], to: one[to], isOpen: one.isOpen }));
  return {
    alerts: responses.length,
    untold: responses.filter((one) => !one.isTold).length,
    falseAlerts: responses.filter(({ isFalse }) => isFalse).length,
    detectToPage: span('detectedAt', 'pagedAt'),
    pageToAcknowledge: span('pagedAt', 'acknowledgedAt'),
    acknowledgeToClose: span('acknowledgedAt', 'closedAt'),
    detectToClose: span('detectedAt', 'closedAt'),
  };
};

export type Group = Readonly<{ group: string; times: ResponseTimes }>;

const nameIn = (one: Response, by: Grouping): string =>
  by === 'hour' ? String(one.hour).padStart(2, '0') : (one[by] ?? 'not on record');

/** The same for each kind of condition, officer, team or hour; in the order of their names. */
export const responseTimesBy = (responses: readonly Response[], by: Grouping): Group[] =>
  [...Map.groupBy(responses, (one) => nameIn(one, by))]
    .map(([group, own]) => ({ group, times: responseTimes(own) }))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
