import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Outcome } from '../adapters/dynamodb/outbox.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';
import { NotCalledFor } from './not-called-for.ts';

type Handed =
  | Extract<Outcome, { status: 'sent' }>
  | Readonly<{ status: 'failed' | 'suppressed'; reason: string; at: Outcome['at'] }>;

/** What our code throws over a text or a number that it can do nothing with. */
const FAULTS = [URIError, TypeError, RangeError] as const;

/** Whether it is the same at every try: a fault of ours or of the data, and nobody's answer. */
const isFault = (error: unknown): error is Error =>
  FAULTS.some((fault) => error instanceof fault && !('cause' in error) && !('$response' in error));

/**
 * Hands a message to its provider: how its row ends, sent, not called for, or failed for good with
 * the provider's reason, or with the name of a fault that no other try can help. Throws what
 * another try may mend.
 */
export const handOver = async (now: Clock, send: () => Promise<string>): Promise<Handed> => {
  try {
    const providerId = await send();
    return { status: 'sent', providerId, at: now() };
  } catch (error) {
    // Record what nobody is to be told, and what can never be accepted, with the reason.
    const at = now();
    if (error instanceof NotCalledFor) return { status: 'suppressed', reason: error.reason, at };
    if (error instanceof NeverAccepted) return { status: 'failed', reason: error.message, at };
    if (isFault(error)) return { status: 'failed', reason: error.name, at };
    // Retry: anything else.
    throw error;
  }
};
