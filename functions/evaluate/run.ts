import { statePk } from '../adapters/dynamodb/keys.ts';
import { NO_STATE, type StoredState } from '../adapters/dynamodb/wearer-states.ts';
import { errorName } from '../adapters/log/log.ts';
import { type BatchResponse, failuresOf, queueBatchSchema } from '../middleware/batch.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import {
  groupByWearer,
  readMessage,
  type UnreadableMessage,
  type WearerWork,
} from './read-messages.ts';
import { workOnWearer } from './work-on-wearer.ts';

/**
 * Input: a batch of the events queue. Output: the messages that must be given again.
 * Course: group the batch by wearer, read their states at once; for each wearer fold what came into
 * what was known, save on the epoch that was read, and arm the next timer. A wearer who cannot be
 * evaluated is parked, and so is a message that cannot be read: neither holds up another.
 */
export const run =
  (deps: EvaluateDeps) =>
  async (input: unknown): Promise<BatchResponse> => {
    const records = queueBatchSchema.parse(input).Records.map(readMessage);
    const work = groupByWearer(records.filter((record) => 'message' in record));
    const states = await deps.states.load(work.flatMap(([first]) => (first ? [first.wearer] : [])));
    const failed = await Promise.all([
      ...work.map((parts) => workOnAll(deps, parts, states)),
      ...records
        .filter((record) => 'unreadable' in record)
        .map((record) => parkUnreadable(deps, record)),
    ]);
    return failuresOf([...new Set(failed.flat())]);
  };

/** Works on one wearer's messages, part after part; returns the ids of those to be given again. */
const workOnAll = async (
  deps: EvaluateDeps,
  parts: readonly WearerWork[],
  states: ReadonlyMap<string, StoredState>,
): Promise<string[]> => {
  const failed: string[] = [];
  for (const [i, part] of parts.entries()) {
    const known = i === 0 ? (states.get(statePk(part.wearer)) ?? NO_STATE) : null;
    failed.push(...(await workOn(deps, part, known)));
  }
  return failed;
};

/** Works on a part of one wearer's messages; returns the ids of those to be given again. */
const workOn = async (
  deps: EvaluateDeps,
  work: WearerWork,
  known: StoredState | null,
): Promise<readonly string[]> => {
  try {
    await workOnWearer(deps, work, known);
    if (work.isLearning) await deps.learn(work.wearer);
    return [];
  } catch (error) {
    // Retry: this wearer's messages come again, and nobody else's.
    const { agencyId, wearerId } = work.wearer;
    const fields = { agencyId, wearerId, error: errorName(error) };
    deps.telemetry.log.error('wearer not evaluated', fields);
    return work.messageIds;
  }
};

/** Moves a message that cannot be read out of the way; returns its id where even that failed. */
const parkUnreadable = async (
  deps: EvaluateDeps,
  { messageId, unreadable }: UnreadableMessage,
): Promise<readonly string[]> => {
  deps.telemetry.log.error('message is none of ours', { messageId });
  try {
    await deps.parkMessage(unreadable);
    return [];
  } catch (error) {
    // Retry: the queue itself parks it after the last try.
    deps.telemetry.log.warn('message not parked', { messageId, error: errorName(error) });
    return [messageId];
  }
};
