import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Change } from '#domain/evaluate/changes.ts';
import type { Evaluation } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { inPackableParts } from '#domain/trail/pack-events.ts';
import { recordPut } from '../adapters/dynamodb/record.ts';
import { asidePut, latePut, slicePut, type TrailPut } from '../adapters/dynamodb/trail.ts';
import { changeName, violationPut, violationUpdate } from '../adapters/dynamodb/violations.ts';

export type Evaluated = Readonly<{
  wearer: WearerRef;
  /** Null where it took none: nothing has changed then. */
  supervision: Supervision | null;
  result: Evaluation;
  /** The epoch that the state will have. */
  epoch: number;
  /** When the current slice began in the state that was read. */
  sliceStartedAt: Instant;
  detectedAt: Instant;
}>;

/** What is saved with a wearer's state: `beside` it in one transaction, or `ahead` of it. */
export type Effects = (
  evaluated: Evaluated,
) => Readonly<{ beside: TransactWriteItem[]; ahead: TrailPut | null }>;

export type EffectTables = Readonly<{ monitoring: string; trail: string; record: string }>;

export const effects =
  (tables: EffectTables): Effects =>
  (evaluated) => {
    const { wearer, supervision, result } = evaluated;
    const beside = [
      ...(supervision === null ? [] : ofChanges(tables, { ...evaluated, supervision })),
      ...inPackableParts(result.older).map((late) => latePut(tables.trail, wearer, late)),
      ...inPackableParts(result.setAside).map((aside) => asidePut(tables.trail, wearer, aside)),
    ].map((one) => ('Item' in one ? { Put: one } : one));
    const slices = result.closed.map((slice) => slicePut(tables.trail, wearer, slice));
    const [ahead] = slices;
    if (ahead !== undefined && beside.length === 0 && isCurrentOnly(evaluated)) {
      return { beside, ahead };
    }
    return { beside: [...beside, ...slices.map((Put) => ({ Put }))], ahead: null };
  };

/**
 * Only the slice that the stored state holds may go ahead: whoever closes it closes it under the
 * same key.
 */
const isCurrentOnly = ({ result, sliceStartedAt }: Evaluated): boolean =>
  result.closed.length === 1 && result.closed[0]?.startedAt === sliceStartedAt;

type Supervised = Evaluated & Readonly<{ supervision: Supervision }>;

const ofChanges = (tables: EffectTables, evaluated: Supervised): TransactWriteItem[] =>
  evaluated.result.changes.flatMap((change) => ofChange(tables, evaluated, change));

const ofChange = (
  tables: EffectTables,
  { wearer, supervision, result, epoch, detectedAt }: Supervised,
  change: Change,
): TransactWriteItem[] => {
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
