import type { Alert, Episode } from '../model/alert.ts';
import type { Episodes, KnownAlert } from '../model/episodes.ts';
import type { AlertId, LiaisonId } from '../model/ids.ts';
import { HOUR_SECONDS, type Instant, secondsAfter } from '../model/instant.ts';
import type { Violation } from '../model/violation.ts';
import { whoKnow } from './feed-place.ts';

export const NO_EPISODES: Episodes = { alerts: [] };

/**
 * An episode goes on for so long after its violation has ended. Chosen: what happens again in the
 * same night belongs together, and what happens in the next night does not.
 */
export const EPISODE_SECONDS = 12 * HOUR_SECONDS;
/** Of more alerts of one wearer that nobody closes the oldest are not known to the others. */
const MOST_KNOWN = 100;

type About = Pick<KnownAlert, 'orderId' | 'conditionId'>;

const isOfSame = (a: About, b: About): boolean =>
  a.orderId === b.orderId && a.conditionId === b.conditionId;

const goesOn = ({ endedAt }: KnownAlert, at: Instant): boolean =>
  endedAt === null || at < secondsAfter(endedAt, EPISODE_SECONDS);

const byOpening = (a: KnownAlert, b: KnownAlert): number =>
  a.openedAt - b.openedAt || (a.alertId < b.alertId ? -1 : 1);

/** The last alert of a violation's condition, where its episode goes on. */
const lastOf = ({ alerts }: Episodes, about: About, at: Instant): KnownAlert | null =>
  alerts
    .filter((one) => isOfSame(one, about) && goesOn(one, at))
    .sort(byOpening)
    .at(-1) ?? null;

/** Which episode a new alert belongs to, and which alert it follows in it. */
export const episodeOf = (
  episodes: Episodes,
  violation: Violation,
  { alertId, at }: Readonly<{ alertId: AlertId; at: Instant }>,
): Episode => {
  const last = lastOf(episodes, violation, at);
  return last === null
    ? { episodeId: alertId, follows: null, countsFor: [] }
    : { episodeId: last.episodeId, follows: last.alertId, countsFor: last.countsFor };
};

const stageOf = (alert: Alert): KnownAlert['stage'] => {
  const { status, track, held, told, acknowledgements, cleared } = alert;
  if (status === 'closed') return 'closed';
  // What is over and waits for its reason explains nothing, whoever has it in hand.
  if (cleared !== null) return 'quiet';
  if (status === 'acknowledged' || acknowledgements.length > 0) return 'taken';
  if (held !== undefined) return 'held';
  if (track === 'review') return 'quiet';
  // One that only liaisons have heard of is in nobody's hands here.
  return told.some(({ channel }) => channel !== 'liaison') ? 'told' : 'untold';
};

/** Who was told, and is told of nothing more by anybody but the alert that goes on from it. */
const countingOn = (alert: Alert): LiaisonId[] => {
  const { closed, cleared } = alert;
  const isOver = cleared !== null || (closed !== null && closed.disposition !== 'became-graver');
  return isOver ? [] : whoKnow(alert, 'it-is-so', 'it-is-over').map(({ liaisonId }) => liaisonId);
};

const knownOf = (alert: Alert): KnownAlert => {
  const { violation } = alert.facts;
  const { held } = alert;
  const stage = stageOf(alert);
  return {
    alertId: alert.alertId,
    episodeId: alert.episode.episodeId,
    orderId: alert.orderId,
    conditionId: alert.conditionId,
    reason: violation.reason,
    severity: alert.severity,
    openedAt: alert.openedAt,
    stage,
    underAlertId: stage === 'held' && held?.why === 'grouped' ? held.underAlertId : null,
    since: violation.openedAt,
    endedAt: violation.endedAt,
    countsFor: countingOn(alert),
  };
};

/** What was taken back was nothing that anything could follow. */
const isNothing = ({ isTest, facts }: Alert): boolean =>
  isTest || facts.violation.status === 'withdrawn';

/** Somebody may have to be told of it, or it is the last of a condition whose episode goes on. */
const isNeeded = (one: KnownAlert, { alerts }: Episodes, at: Instant): boolean =>
  (one.stage !== 'closed' && one.stage !== 'quiet') ||
  (goesOn(one, at) && lastOf({ alerts }, one, at)?.alertId === one.alertId);

/** A wearer's alerts after one of them has changed. */
export const withAlert = (episodes: Episodes, alert: Alert, at: Instant): Episodes => {
  const others = episodes.alerts.filter(({ alertId }) => alertId !== alert.alertId);
  const all = { alerts: isNothing(alert) ? others : [...others, knownOf(alert)] };
  const needed = all.alerts.filter((one) => isNeeded(one, all, at));
  return { alerts: needed.sort(byOpening).slice(-MOST_KNOWN) };
};

/** The alerts that are held under one, which its pages count. */
export const heldUnder = ({ alerts }: Episodes, alertId: AlertId): readonly KnownAlert[] =>
  alerts.filter(({ underAlertId }) => underAlertId === alertId);
