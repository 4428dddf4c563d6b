import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Opening } from '#domain/escalate/alert-commands.ts';
import { episodeOf } from '#domain/escalate/episodes.ts';
import { holdForFeed, mayBeFeed } from '#domain/escalate/feed-late.ts';
import type { Hold, HoldFound } from '#domain/escalate/held.ts';
import { type HoldLimits, holdForOthers, lookAtCause, lookAtLead } from '#domain/escalate/holds.ts';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { holdForPause, lookAtPause } from '#domain/escalate/pauses.ts';
import type { Roster } from '#domain/escalate/roster.ts';
import type { Alert, Held } from '#domain/model/alert.ts';
import type { AgencyId, AlertId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Asked } from '../adapters/change-alert.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Alerts } from '../adapters/dynamodb/alerts.ts';
import type { EpisodeStore, EpisodesOf } from '../adapters/dynamodb/episodes.ts';
import type { Feeds } from '../adapters/dynamodb/feeds.ts';
import type { PauseStore } from '../adapters/dynamodb/pauses.ts';

export type HoldDeps = Readonly<{
  now: Clock;
  feeds: Feeds;
  loadAlert: Alerts['load'];
  loadEpisodes: EpisodeStore['load'];
  pauses: PauseStore;
  holdLimits: HoldLimits;
}>;

type Opens = Readonly<{ opening: Opening; roster: Roster }>;

/** An opening: where the wearer fell silent with all of their feed it says so, or is held. */
const withFeed = async (
  { feeds, now }: HoldDeps,
  agencyId: AgencyId,
  opening: Opening,
): Promise<Opening> => {
  const { violation } = opening.facts;
  const feed = mayBeFeed(violation) ? await feeds.lateFeedOf(agencyId, violation) : null;
  if (feed === null) return opening;
  const hold = holdForFeed(violation, feed, { limits: feeds.limits, now: now() });
  if (hold !== null) return { ...opening, hold };
  const { headEndId, heardAt, isLarge } = feed;
  const told = { headEndId, heardAt, told: 'late' } as const;
  return isLarge ? { ...opening, facts: { ...opening.facts, feed: told } } : opening;
};

/** A hold by a pause is noted with the alert, so that all are told in their order in the end. */
const besideHold = (
  { pauses }: HoldDeps,
  agencyId: AgencyId,
  { hold, alertId, at }: Readonly<{ hold: Hold | null; alertId: AlertId; at: Instant }>,
): TransactWriteItem[] =>
  hold?.held.why === 'paused'
    ? [pauses.heldPut(agencyId, { pauseId: hold.held.pauseId, alertId, at })]
    : [];

type AmongOthers = Readonly<{
  opening: Opening;
  episodes: EpisodesOf;
  beside: readonly TransactWriteItem[];
}>;

/**
 * How an alert opens among the others of its wearer: which one it follows, and what it waits for
 * before anybody is told. With what was read of the others, on which this rests.
 */
export const openAmongOthers = async (
  deps: HoldDeps,
  agencyId: AgencyId,
  { opening: known, roster }: Opens,
): Promise<AmongOthers> => {
  const { violation } = known.facts;
  const [kept, pauses, fed] = await Promise.all([
    deps.loadEpisodes(agencyId, violation.wearerId),
    deps.pauses.load(agencyId),
    withFeed(deps, agencyId, known),
  ]);
  const at = deps.now();
  const { episodes } = kept;
  const alertId = alertIdOf(violation.violationId);
  const opening = { ...fed, episode: episodeOf(episodes, violation, { alertId, at }) };
  const newcomer = { violation, opening, liaisons: roster.liaisons, episodes, now: at };
  const pause = known.isTest === true ? null : holdForPause(pauses, violation, at);
  const hold = fed.hold ?? pause ?? holdForOthers(newcomer, deps.holdLimits);
  return {
    opening: hold === null ? opening : { ...opening, hold },
    episodes: kept,
    beside: besideHold(deps, agencyId, { hold, alertId, at }),
  };
};

/** What has become of what an alert waits for. */
const findHold = async (
  { feeds, loadAlert, pauses, now }: HoldDeps,
  agencyId: AgencyId,
  { alert, held }: Readonly<{ alert: Alert; held: Held }>,
): Promise<HoldFound> => {
  switch (held.why) {
    case 'feed-late': {
      const { violation } = alert.facts;
      const isLate = await feeds.isStillLate(agencyId, held.headEndId, violation);
      return { is: isLate ? 'standing' : 'over' };
    }
    case 'inhibited':
      return lookAtCause(await loadAlert(agencyId, held.byAlertId));
    case 'grouped':
      return lookAtLead(await loadAlert(agencyId, held.underAlertId), alert);
    case 'paused': {
      const [known, at] = [await pauses.load(agencyId), now()];
      const found = lookAtPause(alert, known, { now: at, nth: 0 });
      if (found.is === 'standing') return found;
      // Its place in the order is asked only when it is told: thousands may be held together.
      const asked = { pauseId: held.pauseId, alertId: alert.alertId };
      const nth = await pauses.countBefore(agencyId, asked);
      return lookAtPause(alert, known, { now: at, nth });
    }
    default:
      return held satisfies never;
  }
};

/** The clock's turn, for an alert as it stands: with what was found of that for which it waits. */
export const tickOf = async (
  deps: HoldDeps,
  agencyId: AgencyId,
  { alert, epoch }: Readonly<{ alert: Alert | null; epoch: number }>,
): Promise<Pick<Asked, 'command' | 'beside'>> => {
  const held = alert?.held;
  if (alert === null || held === undefined) return { command: { type: 'tick', epoch } };
  const hold = await findHold(deps, agencyId, { alert, held });
  const command = { type: 'tick', epoch, hold } as const;
  if (held.why === 'paused') return { command };
  const { alertId } = alert;
  const at = deps.now();
  const next = holdForPause(await deps.pauses.load(agencyId), alert.facts.violation, at);
  const beside = besideHold(deps, agencyId, { hold: next, alertId, at: alert.openedAt });
  return { command: { ...command, next }, beside };
};
