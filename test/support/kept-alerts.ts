import { NO_EPISODES, withAlert } from '#domain/escalate/episodes.ts';
import type { DatedPause } from '#domain/escalate/pauses.ts';
import type { Transition } from '#domain/escalate/transition.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import type { AlertId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { changeAlert } from '#functions/adapters/change-alert.ts';
import type { AlertContext } from '#functions/adapters/dynamodb/alert-context.ts';
import type { Alerts } from '#functions/adapters/dynamodb/alerts.ts';
import type { EpisodeStore } from '#functions/adapters/dynamodb/episodes.ts';
import type { Feeds } from '#functions/adapters/dynamodb/feeds.ts';
import type { Paused, PauseStore } from '#functions/adapters/dynamodb/pauses.ts';
import type { Refused } from '#functions/adapters/dynamodb/refusals.ts';
import { feedLimits } from '#lib/thresholds.ts';
import { opening, roster } from './alerts.ts';

/** Alerts kept in memory as the table keeps them: saved on the epoch that was read. */
export const keptAlerts = (...first: readonly Alert[]) => {
  const byId = new Map(first.map((alert) => [alert.alertId, alert]));
  const pages: Page[] = [];
  const saved: Transition[] = [];
  /** So many saves find that somebody else was faster. */
  let conflicts = 0;
  const alerts: Alerts = {
    load: async (_, alertId) => byId.get(alertId) ?? null,
    save: async (_, change) => {
      const { alertId } = change.after;
      conflicts -= 1;
      const isStale = byId.get(alertId)?.epoch !== change.before?.epoch;
      if (conflicts >= 0 || isStale) return 'conflict';
      byId.set(alertId, change.after);
      saved.push(change);
      pages.push(...change.pages);
      return 'saved';
    },
    list: async (_, status) => [...byId.values()].filter((alert) => alert.status === status),
  };
  const conflictNext = (times: number): void => {
    conflicts = times;
  };
  return { alerts, byId, pages, saved, conflictNext };
};

/** What goes on of wearers, as it follows from the alerts that are kept. */
export const keptEpisodes = (
  byId: ReadonlyMap<AlertId, Alert>,
  now: () => Instant,
): EpisodeStore => ({
  load: async (agencyId, wearerId) => {
    const ofWearer = [...byId.values()].filter((alert) => alert.wearerId === wearerId);
    const episodes = ofWearer.reduce((known, one) => withAlert(known, one, now()), NO_EPISODES);
    return { wearer: { agencyId, wearerId }, version: 0, episodes };
  },
  put: () => ({}),
  fence: async () => true,
});

/** Pauses kept in memory; `held` in the order in which alerts came to be held. */
export const keptPauses = (...pauses: readonly DatedPause[]) => {
  const kept = new Map(pauses.map((one) => [one.pause.pauseId, one]));
  const held: Paused[] = [];
  const store: PauseStore = {
    load: async () => [...kept.values()],
    heldPut: (_, paused) => {
      if (!held.some(({ alertId }) => alertId === paused.alertId)) held.push(paused);
      held.sort((a, b) => a.at - b.at || (a.alertId < b.alertId ? -1 : 1));
      return {};
    },
    countBefore: async (_, { pauseId, alertId }) =>
      held.filter((one) => one.pauseId === pauseId).findIndex((one) => one.alertId === alertId),
  };
  const put = (one: DatedPause): void => {
    kept.set(one.pause.pauseId, one);
  };
  return { pauses: store, put, held };
};

/** A context in which everything is on record and everybody can be reached. */
export const knownContext: AlertContext = {
  loadOpening: async (_, violation) => {
    const known = opening();
    return { ...known, facts: { ...known.facts, violation } };
  },
  loadRoster: async () => roster(),
  rosterOf: async () => roster(),
  rosterWith: async () => roster(),
};

/** Feeds of which something is always received. */
export const heardFeeds: Feeds = {
  lateFeedOf: async () => null,
  isStillLate: async () => false,
  limits: feedLimits,
};

/** `changeAlert` over kept alerts, with the timers that it armed. */
export const changingAlerts = (now: () => Instant, ...first: readonly Alert[]) => {
  const kept = keptAlerts(...first);
  const episodes = keptEpisodes(kept.byId, now);
  const armed: (readonly [epoch: number, dueAt: Instant | null])[] = [];
  const refused: Refused[] = [];
  const recordRefusal = async (_: string, one: Refused): Promise<void> => {
    refused.push(one);
  };
  const alertTimer = async (_: string, { epoch, nextDueAt }: Alert): Promise<void> => {
    armed.push([epoch, nextDueAt]);
  };
  return {
    ...kept,
    armed,
    refused,
    recordRefusal,
    alertTimer,
    episodes,
    changeAlert: changeAlert({ now, alerts: kept.alerts, episodes, alertTimer, recordRefusal }),
  };
};
