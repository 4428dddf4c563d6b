import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { StateSave, StoredState } from '../adapters/dynamodb/wearer-states.ts';
import type { EffectsOf } from './effects.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import type { Folded } from './fold.ts';

/** A transaction holds 100 items, the state among them. */
const MOST_BESIDE = 99;
/** Even, so that a violation's row and its entry of the record stay together. */
const AT_ONCE = 90;

const besideOf = ({ kept, told }: EffectsOf): TransactWriteItem[] => [...kept, ...told];

/** Whether one transaction holds all effects. */
export const fitsOne = (effects: EffectsOf): boolean => besideOf(effects).length <= MOST_BESIDE;

const cut = (items: readonly TransactWriteItem[]): TransactWriteItem[][] =>
  Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, i) =>
    items.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );

type Whole = Readonly<{
  /** The new state, as it comes last. */
  save: Omit<StateSave, 'beside' | 'ahead'>;
  effects: EffectsOf;
  stored: StoredState;
  refold: Folded['refold'];
}>;

/**
 * Saves a state with its effects: in one transaction, or in several where it takes more than one to
 * fold the trail again. Before the first of them the state says from where it is being folded:
 * whoever comes next, should this one stop anywhere, folds from there once more and compares with
 * what is on record by then. The new state comes last. `conflict`: read and fold again.
 */
export const saveInParts = async (
  { states }: Pick<EvaluateDeps, 'states'>,
  { save, effects, stored, refold }: Whole,
): Promise<'saved' | 'conflict'> => {
  const { state, parkedAt } = stored;
  if (refold === null || state === null || fitsOne(effects)) {
    return states.save({ ...save, beside: besideOf(effects), ahead: effects.ahead });
  }
  const { wearer, epoch, cause } = save;
  const refoldFrom = refold.from;
  const unfinished = { wearer, state, parkedAt, refoldFrom, ahead: null };
  if (stored.refoldFrom === null || refoldFrom < stored.refoldFrom) {
    const begun = { ...unfinished, epoch, beside: [], cause: `${cause}\nfrom ${refoldFrom}` };
    await states.save(begun);
    return 'conflict';
  }
  const parts = [...cut(effects.kept), ...cut(effects.told)];
  const last = parts.pop() ?? [];
  for (const [i, beside] of parts.entries()) {
    const part = { ...unfinished, epoch: epoch + i, beside, cause: `${cause}\npart ${i}` };
    if ((await states.save(part)) === 'conflict') return 'conflict';
  }
  return states.save({ ...save, epoch: epoch + parts.length, beside: last, ahead: null });
};
