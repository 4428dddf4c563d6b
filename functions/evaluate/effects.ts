import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Change } from '#domain/evaluate/changes.ts';
import type { Evaluation } from '#domain/evaluate/evaluate.ts';
import { eraAt, type Timeline } from '#domain/evaluate/timeline.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { inPackableParts } from '#domain/trail/pack-events.ts';
import { stretchEnded } from '../adapters/dynamodb/parked-stretches.ts';
import { recordPut } from '../adapters/dynamodb/record.ts';
import { asidePut, latePut, slicePut, type TrailPut } from '../adapters/dynamodb/trail.ts';
import { changeName, violationPut, violationUpdate } from '../adapters/dynamodb/violations.ts';

export type Evaluated = Readonly<{
  wearer: WearerRef;
  /** What was in force; null where it took none: nothing has changed then. */
  timeline: Timeline | null;
  result: Evaluation;
  /** The epoch that the state will have. */
  epoch: number;
  /** When the current slice began in the state that was read. */
  sliceStartedAt: Instant;
  detectedAt: Instant;
  /** Now: an evaluation may come long after its evidence. */
  writtenAt: Instant;
  /** Since when the wearer has been parked, where this unparks them. */
  unparkedOf: Instant | null;
}>;

/** What is saved with a wearer's state. */
export type EffectsOf = Readonly<{
  /** Beside it, in one transaction: slices, and events that were kept. */
  kept: readonly TransactWriteItem[];
  /** Beside it, too: of each violation that changed its row, and its entry of the record. */
  told: readonly TransactWriteItem[];
  /** Ahead of it, by itself, where it is all that changes. */
  ahead: TrailPut | null;
}>;
export type Effects = (evaluated: Evaluated) => EffectsOf;

export type EffectTables = Readonly<{ monitoring: string; trail: string; record: string }>;

export const effects =
  (tables: EffectTables): Effects =>
  (evaluated) => {
    const { wearer, timeline, result } = evaluated;
    const told = [
      ...(timeline === null ? [] : ofChanges(tables, { ...evaluated, timeline })),
      ...ofUnparking(tables, evaluated),
    ];
    const apart = [
      ...inPackableParts(result.older).map((late) => latePut(tables.trail, wearer, late)),
      ...inPackableParts(result.setAside).map((aside) => asidePut(tables.trail, wearer, aside)),
    ];
    const slices = result.closed.map((slice) => slicePut(tables.trail, wearer, slice));
    const [ahead] = slices;
    if (ahead !== undefined && told.length + apart.length === 0 && isCurrentOnly(evaluated)) {
      return { kept: [], told, ahead };
    }
    return { kept: [...apart, ...slices].map((Put) => ({ Put })), told, ahead: null };
  };

/**
 * Only the slice that the stored state holds may go ahead: whoever closes it closes it under the
 * same key.
 */
const isCurrentOnly = ({ result, sliceStartedAt }: Evaluated): boolean =>
  result.closed.length === 1 && result.closed[0]?.startedAt === sliceStartedAt;

const ofUnparking = (
  { monitoring }: EffectTables,
  { wearer, unparkedOf: parkedAt, detectedAt: unparkedAt }: Evaluated,
): TransactWriteItem[] =>
  parkedAt === null ? [] : [stretchEnded(monitoring, wearer, { parkedAt, unparkedAt })];

type Supervised = Evaluated & Readonly<{ timeline: Timeline }>;

const ofChanges = (tables: EffectTables, evaluated: Supervised): TransactWriteItem[] =>
  evaluated.result.changes.flatMap((change) => ofChange(tables, evaluated, change));

const ofChange = (
  tables: EffectTables,
  { wearer, timeline, result, epoch, detectedAt, writtenAt }: Supervised,
  change: Change,
): TransactWriteItem[] => {
  const inputs = [...result.closed.flatMap((slice) => slice.inputs), ...result.state.slice.inputs];
  const { supervision } = eraAt(timeline, change.mark.foundAt);
  const violation = violationOf(change, { supervision, inputs, detectedAt, revision: epoch });
  // What is found of a pair is on record of the wearer whose order it is.
  const about = { ...wearer, wearerId: change.mark.about ?? wearer.wearerId };
  const entry = {
    wearer: about,
    at: detectedAt,
    name: changeName(change, epoch),
    type: `violation-${change.kind}`,
    body: violation ?? change.mark,
  };
  const row =
    change.kind === 'opened' && violation !== null
      ? violationPut(tables.monitoring, about, { change, violation, writtenAt })
      : violationUpdate(tables.monitoring, about, { change, revision: epoch, writtenAt });
  return [row, recordPut(tables.record, entry)];
};
