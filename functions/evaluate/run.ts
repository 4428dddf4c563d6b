import { statePk } from '../adapters/dynamodb/keys.ts';
import { type LoadedState, NO_STATE, readable } from '../adapters/dynamodb/wearer-states.ts';
import { errorName } from '../adapters/log/log.ts';
import { type BatchResponse, failuresOf, queueBatchSchema } from '../middleware/batch.ts';
import { type EvaluateDeps, foldAndSave, TooMuchAtOnce } from './fold-and-save.ts';
import { groupByWearer, halves, readMessage, type WearerWork } from './read-messages.ts';

/**
 * Input: a batch of the events queue. Output: the messages that must be given again.
 * Course: group the batch by wearer, read their states at once; for each wearer fold what came into
 * what was known, save on the epoch that was read, and arm the next timer.
 */
export const run =
  (deps: EvaluateDeps) =>
  async (input: unknown): Promise<BatchResponse> => {
    const records = queueBatchSchema.parse(input).Records.map(readMessage);
    const unreadable = records.filter((record) => 'unreadable' in record);
    const work = groupByWearer(records.filter((record) => 'message' in record));
    const states = await deps.states.load(work.flatMap(([first]) => (first ? [first.wearer] : [])));
    const failed = await Promise.all(work.map((parts) => workOnAll(deps, parts, states)));
    for (const { messageId } of unreadable) {
      deps.telemetry.log.error('message is none of ours', { messageId });
    }
    const ids = [...unreadable.map(({ messageId }) => messageId), ...failed.flat()];
    return failuresOf([...new Set(ids)]);
  };

/** Works on one wearer's messages, part after part; returns the ids of those to be given again. */
const workOnAll = async (
  deps: EvaluateDeps,
  parts: readonly WearerWork[],
  states: ReadonlyMap<string, LoadedState> | null,
): Promise<string[]> => {
  const failed: string[] = [];
  for (const [i, part] of parts.entries()) {
    const isFirst = i === 0 && states !== null;
    const known = isFirst ? (states.get(statePk(part.wearer)) ?? NO_STATE) : null;
    failed.push(...(await workOn(deps, part, known)));
  }
  return failed;
};

/** Works on a part of one wearer's messages; returns the ids of those to be given again. */
const workOn = async (
  deps: EvaluateDeps,
  work: WearerWork,
  known: LoadedState | null,
): Promise<readonly string[]> => {
  try {
    const stored = known === null ? await deps.states.loadOne(work.wearer) : readable(known);
    await foldAndSave(deps, work, stored);
    return [];
  } catch (error) {
    // Record: what is too much for one transaction is folded in two goes, the earlier events first.
    if (error instanceof TooMuchAtOnce && work.events.length > 1) {
      return workOnAll(deps, halves(work), null);
    }
    // Retry: this wearer's messages come again, and nobody else's; after the last try they are
    // parked.
    const { agencyId, wearerId } = work.wearer;
    deps.telemetry.log.error('wearer not evaluated', {
      agencyId,
      wearerId,
      error: errorName(error),
    });
    return work.messageIds;
  }
};
