import type { Alert } from '../model/alert.ts';
import type { AlertId, LiaisonId, WearerId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';

/** Whether anybody was told of it: what nobody hears of tires nobody. */
export const isTold = ({ told, lastToldAt }: Pick<Alert, 'told' | 'lastToldAt'>): boolean =>
  told.length > 0 || lastToldAt !== undefined;

/**
 * Whether people were told of what was not so: somebody closed it as a fault of the equipment, or
 * later evidence took it back. What was permitted afterwards was so, and is none.
 */
export const isFalseAlert = (alert: Alert): boolean => {
  const { closed, cleared, facts } = alert;
  // Whoever reviews what was taken back has the last word.
  const disposition = (closed ?? cleared)?.disposition;
  if (!isTold(alert) || disposition === undefined) return false;
  const isTakenBack = disposition === 'withdrawn' && facts.violation.endReason !== 'excused';
  return isTakenBack || disposition === 'no-action-equipment';
};

/** An alert that a force was sent. */
export type Call = Readonly<{
  liaisonId: LiaisonId;
  alertId: AlertId;
  wearerId: WearerId;
  zoneName: string | null;
  calledAt: Instant;
  isFalse: boolean;
}>;

/** How often a force was called about one wearer for nothing, and what is left of its budget. */
export type Budget = Readonly<{
  wearerId: WearerId;
  calls: number;
  falseCalls: number;
  left: number;
  lastFalseAt: Instant;
}>;

export type ForceCalls = Readonly<{
  liaisonId: string;
  calls: number;
  falseCalls: number;
  /** Wearers about whom it was called falsely, the most often first. */
  wearers: readonly Budget[];
  /** Zones at which it was, the most often first. */
  zones: readonly Readonly<{ zoneName: string; falseCalls: number }>[];
}>;

const budgetOf = (calls: readonly Call[], budget: number): Budget[] => {
  const wrong = calls.filter(({ isFalse }) => isFalse).toSorted((a, b) => a.calledAt - b.calledAt);
  const last = wrong.at(-1);
  if (last === undefined) return [];
  const left = Math.max(0, budget - wrong.length);
  return [
    {
      ...{ wearerId: last.wearerId, calls: calls.length, falseCalls: wrong.length, left },
      lastFalseAt: last.calledAt,
    },
  ];
};

const zonesOf = (calls: readonly Call[]): ForceCalls['zones'] => {
  const wrong = calls.flatMap(({ isFalse, zoneName }) =>
    isFalse && zoneName !== null ? [zoneName] : [],
  );
  return [...Map.groupBy(wrong, (zoneName) => zoneName)]
    .map(([zoneName, all]) => ({ zoneName, falseCalls: all.length }))
    .sort((a, b) => b.falseCalls - a.falseCalls || (a.zoneName < b.zoneName ? -1 : 1));
};

/** The calls to one force, held against how many false ones about a wearer it puts up with. */
export const forceCalls = (liaisonId: string, all: readonly Call[], budget: number): ForceCalls => {
  const calls = all.filter((call) => call.liaisonId === liaisonId);
  const byWearer = Map.groupBy(calls, ({ wearerId }) => wearerId);
  return {
    ...{ liaisonId, calls: calls.length },
    falseCalls: calls.filter(({ isFalse }) => isFalse).length,
    wearers: [...byWearer.values()]
      .flatMap((own) => budgetOf(own, budget))
      .sort((a, b) => b.falseCalls - a.falseCalls || b.lastFalseAt - a.lastFalseAt),
    zones: zonesOf(calls),
  };
};

/**
 * Whether it is by one alert that a force has been called about a wearer for nothing as often as it
 * puts up with: not before, and not only since. `calls`: those to the force about that wearer.
 */
export const usesUpBudget = (calls: readonly Call[], alertId: AlertId, budget: number): boolean => {
  const others = calls.filter((call) => call.isFalse && call.alertId !== alertId).length;
  const own = calls.filter((call) => call.alertId === alertId).length;
  // Who puts up with none has had enough by the first.
  const most = Math.max(1, budget);
  return others < most && others + Math.max(1, own) >= most;
};
