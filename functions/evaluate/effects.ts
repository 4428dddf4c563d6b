import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Change } from '#domain/evaluate/changes.ts';
import type { Evaluation } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { Instant } from '#domain/model/instant.ts';
import { inPackableParts } from '#domain/trail/pack-events.ts';
import { recordPut } from '../adapters/dynamodb/record.ts';
import { asidePut, latePut, slicePut } from '../adapters/dynamodb/trail.ts';
import { changeName, violationPut, violationUpdate } from '../adapters/dynamodb/violations.ts';

export type Evaluated = Readonly<{
  supervision: Supervision;
  result: Evaluation;
  /** The epoch that the state will have. */
  epoch: number;
  detectedAt: Instant;
}>;

/** What is saved in one transaction with a wearer's state. */
export type Effects = (evaluated: Evaluated) => TransactWriteItem[];

export type EffectTables = Readonly<{ monitoring: string; trail: string; record: string }>;

export const effects =
  (tables: EffectTables): Effects =>
  (evaluated) => {
    const { supervision, result } = evaluated;
    const { wearer } = supervision;
    return [
      ...result.changes.flatMap((change) => ofChange(tables, evaluated, change)),
      ...result.closed.map((slice) => slicePut(tables.trail, wearer, slice)),
      ...inPackableParts(result.older).map((late) => latePut(tables.trail, wearer, late)),
      ...inPackableParts(result.setAside).map((aside) => asidePut(tables.trail, wearer, aside)),
    ];
  };

const ofChange = (
  tables: EffectTables,
  { supervision, result, epoch, detectedAt }: Evaluated,
  change: Change,
): TransactWriteItem[] => {
  const { wearer } = supervision;
  const inputs = [...result.closed.flatMap((slice) => slice.inputs), ...result.state.slice.inputs];
  const violation = violationOf(change, { supervision, inputs, detectedAt, revision: epoch });
  const entry = {
    wearer,
    at: detectedAt,
    name: changeName(change, epoch),
    type: `violation-${change.kind}`,
    body: violation ?? change.mark,
  };
  const row =
    change.kind === 'opened' && violation !== null
      ? violationPut(tables.monitoring, wearer, { change, violation })
      : violationUpdate(tables.monitoring, wearer, { change, detectedAt, revision: epoch });
  return [row, recordPut(tables.record, entry)];
};
