import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Outcome } from '../adapters/dynamodb/outbox.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';

type Handed =
  | Extract<Outcome, { status: 'sent' }>
  | Readonly<{ status: 'failed'; reason: string; at: Outcome['at'] }>;

/**
 * Hands a message to its provider: how its row ends, sent, or failed for good with the provider's
 * reason. Throws what another try may mend.
 */
export const handOver = async (now: Clock, send: () => Promise<string>): Promise<Handed> => {
  try {
    const providerId = await send();
    return { status: 'sent', providerId, at: now() };
  } catch (error) {
    // Record what can never be accepted, with the provider's reason; anything else is tried again.
    if (!(error instanceof NeverAccepted)) throw error;
    return { status: 'failed', reason: error.message, at: now() };
  }
};
