import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { AlertCommand, AlertDecision, Moment } from '#domain/escalate/alert-commands.ts';
import { decide } from '#domain/escalate/decide.ts';
import { withAlert } from '#domain/escalate/episodes.ts';
import { alsoOpenUnder } from '#domain/escalate/holds.ts';
import { type Transition, transition } from '#domain/escalate/transition.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId, AlertId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Clock } from './clock/system-clock.ts';
import type { MemosOf } from './dynamodb/alert-memos.ts';
import type { TasksOf } from './dynamodb/alert-tasks.ts';
import type { Alerts } from './dynamodb/alerts.ts';
import type { EpisodeStore, EpisodesOf } from './dynamodb/episodes.ts';
import type { RecordRefusal } from './dynamodb/refusals.ts';
import type { AlertTimer } from './scheduler/alert-timer.ts';

export type ChangeAlertDeps = Readonly<{
  now: Clock;
  alerts: Alerts;
  episodes: EpisodeStore;
  alertTimer: AlertTimer;
  recordRefusal: RecordRefusal;
  /** What the duty manager hears of a change; absent where nobody ends an alert. */
  memosOf?: MemosOf;
  /** What people here have to do because of a change; absent where no clock runs. */
  tasksOf?: TasksOf;
}>;

/** What is asked of an alert, prepared for the alert as it now stands. */
export type Asked = Readonly<{
  command: AlertCommand;
  roster: Moment['roster'];
  beside?: readonly TransactWriteItem[];
  /** What else goes on of the wearer, where the command rests on it. */
  episodes?: EpisodesOf;
}>;

export type Changed = Readonly<{ decision: AlertDecision; alert: Alert | null }>;

const MOST_TRIES = 6;

type Attempt = Readonly<{ alert: Alert | null; command: AlertCommand; at: Instant }>;

/** What a person asked in vain is on record too; of an alert that there is none, nothing is. */
export const putRefusal = async (
  { recordRefusal }: Pick<ChangeAlertDeps, 'recordRefusal'>,
  agencyId: AgencyId,
  { decision, alert, command, at }: Attempt & Readonly<{ decision: AlertDecision }>,
): Promise<void> => {
  if (decision.outcome !== 'refused' || alert === null || !('by' in command)) return;
  const { code, by: actedBy, at: actedAt } = decision.refusal;
  await recordRefusal(agencyId, {
    ...{ at, alertId: alert.alertId, wearerId: alert.wearerId },
    ...{ command: command.type, by: command.by },
    epoch: 'epoch' in command ? command.epoch : null,
    ...{ code, actedBy, actedAt },
  });
};

/**
 * What is over before it has an alert gets none; but one that was being saved when a sandbox died
 * may yet come, and is fenced off. False: it has come meanwhile, and all is to be decided again.
 */
const fenceOff = async (
  { episodes }: ChangeAlertDeps,
  decision: AlertDecision,
  known: EpisodesOf | undefined,
): Promise<boolean> => {
  const isOver =
    decision.outcome === 'nothing' && decision.reason === 'violation-over-before-alert';
  return !isOver || known === undefined || episodes.fence(known);
};

/** What goes on of a wearer after a change of one alert, where that is not what it was. */
const episodesBeside = (
  { episodes }: ChangeAlertDeps,
  known: EpisodesOf,
  { after, at }: Readonly<{ after: Alert; at: Instant }>,
): TransactWriteItem[] => {
  const next = withAlert(known.episodes, after, at);
  return isDeepStrictEqual(next, known.episodes) ? [] : [episodes.put(known, next)];
};

/** What the duty manager hears of a change, and what people here have to do because of it. */
export const followedBy = async (
  { memosOf, tasksOf }: Pick<ChangeAlertDeps, 'memosOf' | 'tasksOf'>,
  { agencyId, change, at }: Readonly<{ agencyId: AgencyId; change: Transition; at: Instant }>,
): Promise<TransactWriteItem[]> => {
  const memos = (await memosOf?.(agencyId, change, at)) ?? [];
  return [...memos, ...((await tasksOf?.(agencyId, change, at)) ?? [])];
};

/**
 * Loads an alert, decides, saves on the epoch that was read, and arms its timer; with it is saved
 * what the wearer's other alerts need to know of it. Where somebody else wrote in between, all of
 * it again: two who act at once each get a true answer. What is refused is put on record.
 */
export const changeAlert =
  (deps: ChangeAlertDeps) =>
  async (
    agencyId: AgencyId,
    alertId: AlertId,
    ask: (alert: Alert | null) => Promise<Asked>,
  ): Promise<Changed> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await deps.alerts.load(agencyId, alertId);
      const asked = await ask(before);
      const { command, roster } = asked;
      const known =
        asked.episodes ??
        (before === null ? null : await deps.episodes.load(agencyId, before.wearerId));
      const now = deps.now();
      const also = known === null ? [] : alsoOpenUnder(known.episodes, alertId);
      const decision = decide(before, command, { now, roster, also });
      if (decision.outcome !== 'happened') {
        if (!(await fenceOff(deps, decision, asked.episodes))) continue;
        await putRefusal(deps, agencyId, { decision, alert: before, command, at: now });
        return { decision, alert: before };
      }
      const change = transition(before, decision.events);
      if (change === null) return { decision, alert: before };
      const { after } = change;
      const told = known === null ? [] : episodesBeside(deps, known, { after, at: now });
      const followed = await followedBy(deps, { agencyId, change, at: now });
      const beside = [...(asked.beside ?? []), ...told, ...followed];
      if ((await deps.alerts.save(agencyId, change, beside)) === 'saved') {
        await deps.alertTimer(agencyId, after, now);
        return { decision, alert: after };
      }
    }
    throw new Error(`alert ${alertId} kept being changed by others`);
  };
export type ChangeAlert = ReturnType<typeof changeAlert>;
