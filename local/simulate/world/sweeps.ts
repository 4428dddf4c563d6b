import type { Commit, SimulatedDynamoDb } from '../dynamodb/database.ts';
import type { Agenda } from '../engine/agenda.ts';
import type { SimulatedFunction } from '../engine/sandboxes.ts';
import type { Weather } from '../engine/weather.ts';

type Props = Readonly<{
  agenda: Agenda;
  weather: Weather;
  db: SimulatedDynamoDb;
  consumer: SimulatedFunction;
}>;

const MINUTE = 60_000;
const SWEPT = ['state', 'monitoring'] as const;

/**
 * The rule of each minute. A minute in which nothing is overdue is passed over: the sweep would
 * find nothing, and a world of days would be mostly that.
 */
export const sweeps = ({ agenda, weather, db, consumer }: Props) => {
  const planned = new Set<number>();

  const isAnythingDue = (): boolean => {
    for (const table of SWEPT) {
      for (const { dueShard, nextDueAt } of db.itemsOf(table)) {
        const isDriven = dueShard?.S?.startsWith('DUE#') === true;
        if (isDriven && Number(nextDueAt?.N) <= agenda.now()) return true;
      }
    }
    return false;
  };

  const sweep = (minute: number): void => {
    planned.delete(minute);
    if (!isAnythingDue()) return;
    plan(minute + 1);
    if (weather.ofDelivery('the rule of each minute', ['never']) === null) void consumer.invoke({});
  };

  const plan = (minute: number): void => {
    if (planned.has(minute)) return;
    planned.add(minute);
    agenda.at(minute * MINUTE, () => sweep(minute));
  };

  return ({ changes }: Commit): void => {
    for (const { table, after } of changes) {
      const dueAt = after?.nextDueAt?.N;
      if (dueAt === undefined || !(table === 'state' || table === 'monitoring')) continue;
      plan(Math.floor(Math.max(Number(dueAt), agenda.now()) / MINUTE) + 1);
    }
  };
};

type Rule = Pick<Props, 'agenda' | 'weather' | 'consumer'> & Readonly<{ from: number }>;

/** A rule that fires each minute, whatever there is to do; now and then it is left out. */
export const eachMinute = ({ agenda, weather, consumer, from }: Rule): void => {
  const fire = (at: number): void => {
    agenda.at(at + MINUTE, () => fire(at + MINUTE));
    if (weather.ofDelivery(`the rule of ${consumer.name}`, ['never']) === null) {
      void consumer.invoke({});
    }
  };
  agenda.at(from, () => fire(from));
};
