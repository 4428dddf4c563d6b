import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { AlertCommand, Refusal } from '#domain/escalate/alert-commands.ts';
import { decide } from '#domain/escalate/decide.ts';
import { withAlert } from '#domain/escalate/episodes.ts';
import { type Transition, transition } from '#domain/escalate/transition.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { AlertId, WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type ChangeAlertDeps, followedBy, putRefusal } from './change-alert.ts';
import type { AlertContext } from './dynamodb/alert-context.ts';
import { alertWrites, type Tables } from './dynamodb/alerts.ts';

export type PlanAlertsDeps = Pick<
  ChangeAlertDeps,
  'alerts' | 'episodes' | 'recordRefusal' | 'memosOf' | 'tasksOf'
> &
  Readonly<{ context: Pick<AlertContext, 'rosterOf'>; tables: Tables }>;

/** A command for one of several alerts that change together. */
export type AskedOf = Readonly<{ alertId: AlertId; command: AlertCommand }>;

/** All that several alerts' change writes; or which of them may not change so, and why. */
export type Planned =
  | Readonly<{
      outcome: 'planned';
      writes: readonly TransactWriteItem[];
      changed: readonly Transition[];
    }>
  | Readonly<{ outcome: 'refused'; alertId: AlertId; alert: Alert | null; refusal: Refusal }>;

type Asked = Readonly<{ asked: readonly AskedOf[]; at: Instant }>;

/** Each alert as it now stands, decided upon; the first that is refused ends it. */
const decideEach = async (
  deps: PlanAlertsDeps,
  { agencyId }: WearerRef,
  { asked, at }: Asked,
): Promise<Extract<Planned, { outcome: 'refused' }> | readonly Transition[]> => {
  const changed: Transition[] = [];
  for (const { alertId, command } of asked) {
    const alert = await deps.alerts.load(agencyId, alertId);
    const roster = await deps.context.rosterOf(agencyId, alert);
    const decision = decide(alert, command, { now: at, roster });
    if (decision.outcome === 'refused') {
      await putRefusal(deps, agencyId, { decision, alert, command, at });
      return { outcome: 'refused', alertId, alert, refusal: decision.refusal };
    }
    const change = decision.outcome === 'happened' ? transition(alert, decision.events) : null;
    if (change !== null) changed.push(change);
  }
  return changed;
};

/**
 * Decides what a command does to each of several alerts of one wearer, and writes nothing: what it
 * returns is saved in one transaction with what they change for, on the epochs that were read.
 */
export const planAlerts =
  (deps: PlanAlertsDeps) =>
  async (wearer: WearerRef, { asked, at }: Asked): Promise<Planned> => {
    if (asked.length === 0) return { outcome: 'planned', writes: [], changed: [] };
    const { agencyId, wearerId } = wearer;
    const known = await deps.episodes.load(agencyId, wearerId);
    const changed = await decideEach(deps, wearer, { asked, at });
    if ('outcome' in changed) return changed;
    const writes: TransactWriteItem[] = [];
    for (const change of changed) {
      writes.push(...alertWrites(deps.tables, agencyId, change));
      writes.push(...(await followedBy(deps, { agencyId, change, at })));
    }
    const next = changed.reduce((all, { after }) => withAlert(all, after, at), known.episodes);
    const isSame = isDeepStrictEqual(next, known.episodes);
    return {
      outcome: 'planned',
      writes: isSame ? writes : [...writes, deps.episodes.put(known, next)],
      changed,
    };
  };
export type PlanAlerts = ReturnType<typeof planAlerts>;
