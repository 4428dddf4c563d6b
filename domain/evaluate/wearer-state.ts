import type { WearerId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { Core } from './core.ts';
import type { Anchors } from './fold.ts';
import type { Leashes } from './pair/leash.ts';
import type { SafeDisc } from './safe-disc.ts';
import type { Slice } from './slice.ts';

/** What is held of one wearer between two evaluations. */
export type WearerState = Readonly<{
  supervisionKey: string;
  slice: Slice;
  /** The slice folded, and every due instant passed up to `settledUntil`. */
  core: Core;
  settledUntil: Instant;
  anchors: Anchors;
  /** Where nothing can happen that the orders would have to be asked about; null: nowhere. */
  disc: SafeDisc | null;
  /** When the wearer must be evaluated again although nothing arrives. */
  nextDueAt: Instant | null;
  /** The pairs that must hear of the wearer. */
  pairs?: readonly WearerId[];
  /** Of a pair: how far each of the two may go without telling it. */
  leashes?: Leashes;
}>;
