import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Outcome } from '../adapters/dynamodb/outbox.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';
import { NotCalledFor } from './not-called-for.ts';

type Handed =
  | Extract<Outcome, { status: 'sent' }>
  | Readonly<{ status: 'failed' | 'suppressed'; reason: string; at: Outcome['at'] }>;

/**
 * Hands a message to its provider: how its row ends, sent, not called for, or failed for good with
 * the provider's reason. Throws what another try may mend.
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
    // Retry: anything else.
    throw error;
  }
};
