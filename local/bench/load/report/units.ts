import { amountsBy, type MeteredRow, type Usage } from '#local/meter/usage.ts';

/** The functions that every message passes; the others work only where something is found. */
const ON_THE_WAY = ['authorize', 'ingest', 'evaluate'] as const;

/** What one message costs a function: calls of SDKs, and DynamoDB's units. */
export type MessageUnits = Readonly<{
  by: string;
  calls: number;
  readUnits: number;
  writeUnits: number;
}>;

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
    }))
    .sort((a, b) => b.calls - a.calls);
};

const NOTHING: Omit<MessageUnits, 'by'> = { calls: 0, readUnits: 0, writeUnits: 0 };

/** What a message costs on its way through ingest and evaluate, alerts apart. */
export const unitsOnTheWay = (units: readonly MessageUnits[]): Omit<MessageUnits, 'by'> =>
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
