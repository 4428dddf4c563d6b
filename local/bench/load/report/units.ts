import { amountsBy, type MeteredRow, type Usage } from '#local/meter/usage.ts';

/** The functions that every message passes; the others work only where something is found. */
const ON_THE_WAY = ['authorize', 'ingest', 'evaluate'] as const;

/** What one message costs a function: calls of SDKs, and DynamoDB's units. */
export type MessageUnits = Readonly<{
  by: string;
  calls: number;
  readUnits: number;
  writeUnits: number;
  /** Calls by operation. */
  operations: Readonly<Record<string, number>>;
}>;

const operationsOf = (usage: Usage, by: string, messages: number): Record<string, number> => {
  const entries = usage.entries.filter((entry) => entry.row === 'sdk.call' && entry.by === by);
  const calls = amountsBy({ ...usage, entries }, 'sdk.call', 'what');
  return Object.fromEntries(
    Object.entries(calls).map(([operation, count]) => [operation, count / messages]),
  );
};

/**
 * By function, for each message of a stretch. What people and the bench itself asked is left out.
 */
export const unitsByFunction = (usage: Usage, messages: number): MessageUnits[] => {
  const perMessage = (row: MeteredRow): Readonly<Record<string, number>> =>
    amountsBy(usage, row, 'by');
  const calls = perMessage('sdk.call');
  const reads = perMessage('dynamodb.read-unit');
  const writes = perMessage('dynamodb.write-unit');
  return Object.keys(calls)
    .filter((by) => by !== 'operator')
    .map((by) => ({
      by,
      calls: (calls[by] ?? 0) / messages,
      readUnits: (reads[by] ?? 0) / messages,
      writeUnits: (writes[by] ?? 0) / messages,
      operations: operationsOf(usage, by, messages),
    }))
    .sort((a, b) => b.calls - a.calls);
};

type Sum = Omit<MessageUnits, 'by' | 'operations'>;
const NOTHING: Sum = { calls: 0, readUnits: 0, writeUnits: 0 };

/** What a message costs on its way through ingest and evaluate, alerts apart. */
export const unitsOnTheWay = (units: readonly MessageUnits[]): Sum =>
  units
    .filter(({ by }) => ON_THE_WAY.some((one) => one === by))
    .reduce(
      (sum, one) => ({
        calls: sum.calls + one.calls,
        readUnits: sum.readUnits + one.readUnits,
        writeUnits: sum.writeUnits + one.writeUnits,
      }),
      NOTHING,
    );
