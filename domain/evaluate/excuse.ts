import type { Change } from './changes.ts';
import type { Supervision } from './supervision.ts';

/** Whether what was permitted accounts for a violation that is gone. */
const isExcused = ({ mark }: Change, { watches }: Supervision): boolean => {
  const own = watches.find(({ watchId }) => watchId === mark.watchId);
  if (own === undefined) return false;
  const { conditionId } = own.condition;
  const permitted = watches
    .filter(({ condition }) => condition.conditionId === conditionId)
    .flatMap((watch) => watch.permitted);
  // Minutes that add up may have been taken back from long before the sum was reached.
  const isSum = own.rule === 'accumulated-time';
  return permitted.some(
    ({ startAt, endAt }) => startAt <= mark.openedAt && (isSum || mark.openedAt < endAt),
  );
};

/** Says of violations that are gone because their time was permitted afterwards that they are. */
export const excused = (changes: readonly Change[], supervision: Supervision): Change[] =>
  changes.map((change) =>
    change.kind === 'withdrawn' && isExcused(change, supervision)
      ? { ...change, mark: { ...change.mark, endReason: 'excused' } }
      : change,
  );
