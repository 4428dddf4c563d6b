import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';

const isConflict = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(
      ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
    ));

/**
 * The answer to a write whose condition may not hold; null where it did not hold: somebody else
 * wrote first, or what must not exist does. Throws whatever else came of it.
 */
export const answerIfHeld = async <T extends object>(sent: Promise<T>): Promise<T | null> => {
  try {
    return await sent;
  } catch (error) {
    // Record or Retry: what the condition stands for says which, where the write is sent.
    if (isConflict(error)) return null;
    throw error;
  }
};

/** Whether the condition of such a write held. */
export const conditionHeld = async (sent: Promise<object>): Promise<boolean> =>
  (await answerIfHeld(sent)) !== null;
