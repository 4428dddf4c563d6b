import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Transition } from '#domain/escalate/transition.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import type { Memo } from '#domain/model/memo.ts';
import { isFalseAlert, usesUpBudget } from '#domain/response/false-alerts.ts';
import { errorName, type Log } from '../log/log.ts';
import { documents } from './documents.ts';
import { usedUpMemoKey } from './liaison-names-keys.ts';
import { liaisons } from './liaisons.ts';
import { outboxItem } from './outbox-item.ts';
import { policeCalls } from './police-calls.ts';

/** A force counts what it was called to for nothing over so many days. */
export const BUDGET_DAYS = 365;

/** What a force puts up with that names no number of its own, and where it is said what failed. */
export type FalseCallTerms = Readonly<{ budget: number; log: Log }>;

type Called = Readonly<{ agencyId: AgencyId; alert: Alert; at: Instant }>;

/** By this change it has become known that whoever was called was called for nothing. */
const isFalseNow = ({ before, after }: Transition): boolean =>
  !after.isTest &&
  after.facts.isExercise !== true &&
  isFalseAlert(after) &&
  (before === null || !isFalseAlert(before));

/**
 * What the duty manager is told beside a change of an alert: that by it a force has been called
 * about its wearer for nothing as often as it puts up with. Once for each alert and force.
 */
export const falseCallMemos = (
  client: DynamoDBClient,
  TableName: string,
  terms: FalseCallTerms,
) => {
  const { loadItem } = documents(client, TableName);
  const { loadSome } = liaisons(client, TableName);
  const loadCalls = policeCalls(client, TableName);

  const memoOf = async (
    { agencyId, alert, at }: Called,
    liaison: Liaison,
  ): Promise<TransactWriteItem[]> => {
    const { alertId, wearerId } = alert;
    const { liaisonId, name, falseCallBudget, responseWithdrawn } = liaison;
    const budget = falseCallBudget ?? terms.budget;
    if (responseWithdrawn !== null) return [];
    const fromAt = secondsAfter(at, -BUDGET_DAYS * DAY_SECONDS);
    const all = await loadCalls(agencyId, [liaisonId], { fromAt, toAt: instant(at + 1) });
    const calls = all.filter((call) => call.wearerId === wearerId);
    const key = usedUpMemoKey(agencyId, liaisonId, alertId);
    if (!usesUpBudget(calls, alertId, budget) || (await loadItem(key)) !== null) return [];
    const body: Memo = {
      ...{ about: 'false-calls-used-up', liaisonId, name, wearerId, budget, createdAt: at },
    };
    return [
      {
        Put: {
          TableName,
          Item: outboxItem(key, { kind: 'memo', agencyId, body, from: at }),
        },
      },
    ];
  };

  return async (
    agencyId: AgencyId,
    change: Transition,
    at: Instant,
  ): Promise<TransactWriteItem[]> => {
    const { after: alert } = change;
    const forces = alert.feeds.filter(
      ({ kind, knows }) => kind === 'police' && knows !== 'nothing',
    );
    if (!isFalseNow(change) || forces.length === 0) return [];
    try {
      const ids = forces.map(({ liaisonId }) => liaisonId);
      const known = await loadSome(agencyId, ids);
      const called = { agencyId, alert, at };
      const each = [...known.values()].map((liaison) => memoOf(called, liaison));
      return (await Promise.all(each)).flat();
    } catch (error) {
      // Record: it keeps nobody from hearing that the alert is over; the figures show it still.
      const { alertId } = alert;
      terms.log.error('false calls not counted', { agencyId, alertId, error: errorName(error) });
      return [];
    }
  };
};
