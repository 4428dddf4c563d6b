import type { Opening } from '#domain/escalate/alert-commands.ts';
import { episodeOf } from '#domain/escalate/episodes.ts';
import { holdFor, mayBeFeed } from '#domain/escalate/feed-late.ts';
import type { HoldFound } from '#domain/escalate/held.ts';
import { type HoldLimits, holdForOthers, lookAtCause, lookAtLead } from '#domain/escalate/holds.ts';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import type { Roster } from '#domain/escalate/roster.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Alerts } from '../adapters/dynamodb/alerts.ts';
import type { EpisodeStore, EpisodesOf } from '../adapters/dynamodb/episodes.ts';
import type { Feeds } from '../adapters/dynamodb/feeds.ts';

export type HoldDeps = Readonly<{
  now: Clock;
  feeds: Feeds;
  loadAlert: Alerts['load'];
  loadEpisodes: EpisodeStore['load'];
  holdLimits: HoldLimits;
}>;

type Opens = Readonly<{ opening: Opening; roster: Roster }>;

/** Whether the wearer fell silent with everybody of their feed: then one alert tells of it. */
const withFeed = async (
  { feeds, now }: HoldDeps,
  agencyId: AgencyId,
  opening: Opening,
): Promise<Opening> => {
  const { violation } = opening.facts;
  const feed = mayBeFeed(violation) ? await feeds.lateFeedOf(agencyId, violation) : null;
  if (feed === null) return opening;
  const hold = holdFor(violation, feed, { limits: feeds.limits, now: now() });
  if (hold !== null) return { ...opening, hold };
  const { headEndId, heardAt, isLarge } = feed;
  const told = { headEndId, heardAt, told: 'late' } as const;
  return isLarge ? { ...opening, facts: { ...opening.facts, feed: told } } : opening;
};

/**
 * How an alert opens among the others of its wearer: which one it follows, and what it waits for
 * before anybody is told. With what was read of the others, on which this rests.
 */
export const openAmongOthers = async (
  deps: HoldDeps,
  agencyId: AgencyId,
  { opening: known, roster }: Opens,
): Promise<Readonly<{ opening: Opening; episodes: EpisodesOf }>> => {
  const { violation } = known.facts;
  const [episodes, fed] = await Promise.all([
    deps.loadEpisodes(agencyId, violation.wearerId),
    withFeed(deps, agencyId, known),
  ]);
  const now = deps.now();
  const alertId = alertIdOf(violation.violationId);
  const episode = episodeOf(episodes.episodes, violation, { alertId, at: now });
  const opening = { ...fed, episode };
  const newcomer = {
    ...{ violation, opening, police: roster.police, episodes: episodes.episodes, now },
  };
  const hold = fed.hold ?? holdForOthers(newcomer, deps.holdLimits);
  return { opening: hold === null ? opening : { ...opening, hold }, episodes };
};

/** What has become of what an alert waits for. */
export const findHold = async (
  { feeds, loadAlert }: HoldDeps,
  agencyId: AgencyId,
  alert: Alert | null,
): Promise<HoldFound> => {
  const held = alert?.held;
  if (alert === null || held === undefined) return { is: 'over' };
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
    case 'paused':
      return { is: 'over' };
    default:
      return held satisfies never;
  }
};
