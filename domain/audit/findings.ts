import type { Alert } from '../model/alert.ts';
import type { AlertId } from '../model/ids.ts';
import { type Instant, secondsAfter, secondsBetween } from '../model/instant.ts';
import { TEST_WEARER } from '../model/test-wearer.ts';
import { type Fault, type Finding, MOST_NAMED } from './faults.ts';

/**
 * Whatever any one timer loses is done within 90 s by the next: what is later, nobody does. The
 * alarm on the sweep goes by the same number.
 */
export const LATE_AFTER_SECONDS = 90;
/** Pages of so long are compared: a channel that fails now need not have failed this morning. */
const COMPARED_SECONDS = 900;
/** So many have failed at least, and none was sent: one wrong number is no failing channel. */
const LEAST_FAILED = 3;

/** Something that waits since an instant, of an alert where it is of one. */
export type Waiting = Readonly<{ alertId: AlertId | null; sinceAt: Instant }>;

/** An alert beside what its outbox holds. */
export type Kept = Readonly<{
  alert: Pick<Alert, 'alertId' | 'sequence'>;
  pages: readonly Readonly<{
    sequence: number;
    status: string;
    /** Channel and person, as `sms.officer`; null of pages of before that was kept. */
    to: string | null;
    endedAt: Instant | null;
  }>[];
}>;

/** What the auditor reads at one look. */
export type Looked = Readonly<{
  /** When anything was last received of any feed; null where there is none, or none any more. */
  feedHeardAt: Instant | null;
  feedLateAfterSeconds: number;
  /** Since when wearers are parked: their events are kept, and nobody evaluates them. */
  parked: readonly Waiting[];
  /** Since when wearers, alerts, and messages in the outbox are due. */
  wearers: readonly Waiting[];
  steps: readonly Waiting[];
  messages: readonly Waiting[];
  /** Alerts that are not closed. */
  alerts: readonly Pick<Alert, 'alertId' | 'nextDueAt' | 'openedAt'>[];
  /** Alerts of late, with their outbox. */
  kept: readonly Kept[];
}>;

/** A test alert stands in no list: nobody could look at it. */
const namesOf = (waiting: readonly Readonly<{ alertId: AlertId | null }>[]): AlertId[] =>
  [...new Set(waiting.flatMap(({ alertId }) => alertId ?? []))]
    .filter((alertId) => !alertId.startsWith(`${TEST_WEARER}.`))
    .slice(0, MOST_NAMED);

const found = (fault: Fault, waiting: readonly Waiting[]): Finding[] => {
  const [first] = waiting;
  if (first === undefined) return [];
  const sinceAt = waiting.reduce((at, one) => (one.sinceAt < at ? one.sinceAt : at), first.sinceAt);
  return [{ fault, sinceAt, count: waiting.length, alertIds: namesOf(waiting) }];
};

const late = (fault: Fault, waiting: readonly Waiting[], now: Instant): Finding[] =>
  found(
    fault,
    waiting.filter(({ sinceAt }) => secondsBetween(sinceAt, now) > LATE_AFTER_SECONDS),
  );

const silentFeeds = ({ feedHeardAt, feedLateAfterSeconds }: Looked, now: Instant): Finding[] =>
  feedHeardAt === null || secondsBetween(feedHeardAt, now) <= feedLateAfterSeconds
    ? []
    : found('feeds-silent', [{ alertId: null, sinceAt: feedHeardAt }]);

/** Whoever is open or acknowledged waits for a next step, or for the acknowledgement's end. */
const withoutStep = ({ alerts }: Looked): Finding[] =>
  found(
    'alerts-without-step',
    alerts
      .filter(({ nextDueAt }) => nextDueAt === null)
      .map(({ alertId, openedAt }) => ({ alertId, sinceAt: openedAt })),
  );

/** Every page that an alert has numbered lies in the outbox: waiting, or ended with a reason. */
const lostPages = ({ kept }: Looked, now: Instant): Finding[] =>
  found(
    'pages-lost',
    kept.flatMap(({ alert, pages }) => {
      const numbers = new Set(pages.map(({ sequence }) => sequence));
      return Array.from({ length: alert.sequence }, (_, i) => i + 1)
        .filter((sequence) => !numbers.has(sequence))
        .map(() => ({ alertId: alert.alertId, sinceAt: now }));
    }),
  );

type Ended = Waiting & Readonly<{ status: string; to: string | null }>;

const channelOf = ({ to }: Ended): string => to?.split('.')[0] ?? '';

/** Those that failed, where at least so many did and none was sent. */
const failedAll = (ended: readonly Ended[]): readonly Ended[] => {
  const failed = ended.filter(({ status }) => status === 'failed');
  const isFailing = failed.length >= LEAST_FAILED && ended.every(({ status }) => status !== 'sent');
  return isFailing ? failed : [];
};

/** Whether it is more than the number of one person that is wrong. */
const isOfSeveral = (failed: readonly Ended[]): boolean =>
  new Set(failed.map(({ to }) => to)).size > 1;

/** Paging fails where nothing is sent, or nothing on one channel though others are. */
const failingPages = ({ kept }: Looked, now: Instant): Finding[] => {
  const fromAt = secondsAfter(now, -COMPARED_SECONDS);
  const ended = kept.flatMap(({ alert: { alertId }, pages }) =>
    pages.flatMap(({ status, to, endedAt }): Ended[] =>
      endedAt === null || endedAt < fromAt ? [] : [{ alertId, status, to, sinceAt: endedAt }],
    ),
  );
  const all = failedAll(ended);
  if (all.length > 0) return found('pages-failing', all);
  const byChannel = [...Map.groupBy(ended, channelOf).values()].map(failedAll);
  return found('pages-failing', byChannel.filter(isOfSeveral).flat());
};

/** Everything that is late, or not as it must be, in what was read at an instant. */
export const findingsOf = (looked: Looked, now: Instant): Finding[] => [
  ...silentFeeds(looked, now),
  ...late('evaluation-late', looked.wearers, now),
  ...found('wearers-parked', looked.parked),
  ...late('alerts-late', looked.steps, now),
  ...late('pages-late', looked.messages, now),
  ...withoutStep(looked),
  ...lostPages(looked, now),
  ...failingPages(looked, now),
];
