import * as z from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';

/**
 * What became of a message after the provider took it. Each says more than the ones before it:
 * what was delivered after all was not undelivered.
 */
export const deliverySchema = z.enum(['sent', 'undelivered', 'delivered', 'read']);
export type Delivery = z.infer<typeof deliverySchema>;

/** What the provider says of a message, and when it says it happened. */
export const receiptSchema = z.object({
  state: deliverySchema,
  at: instantSchema,
  /** The provider's own word. */
  event: z.string(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/**
 * What an event of AWS End User Messaging says; null: nothing that we did not know. A phone that is
 * off, or a carrier in passing trouble, may yet get the message.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
 */
const NOTHING_NEW = null;
const delivered = { state: 'delivered', isFinal: true } as const;
const never = { state: 'undelivered', isFinal: true } as const;
const notYet = { state: 'undelivered', isFinal: false } as const;

type Says = Readonly<{ state: Delivery; isFinal: boolean }> | typeof NOTHING_NEW;
const SAYS: ReadonlyMap<string, Says> = new Map<string, Says>([
  ['TEXT_QUEUED', NOTHING_NEW],
  ['TEXT_PENDING', NOTHING_NEW],
  ['TEXT_SENT', NOTHING_NEW],
  ['TEXT_SUCCESSFUL', delivered],
  ['TEXT_DELIVERED', delivered],
  ['TEXT_READ', { state: 'read', isFinal: true }],
  ['TEXT_BLOCKED', never],
  ['TEXT_CARRIER_BLOCKED', never],
  ['TEXT_PROTECT_BLOCKED', never],
  ['TEXT_SPAM', never],
  ['TEXT_INVALID', never],
  ['TEXT_INVALID_MESSAGE', never],
  ['TEXT_TTL_EXPIRED', never],
  ['TEXT_UNREACHABLE', notYet],
  ['TEXT_CARRIER_UNREACHABLE', notYet],
  ['TEXT_UNKNOWN', notYet],
  ['VOICE_INITIATED', NOTHING_NEW],
  ['VOICE_RINGING', NOTHING_NEW],
  ['VOICE_ANSWERED', delivered],
  ['VOICE_COMPLETED', delivered],
  ['VOICE_BUSY', never],
  ['VOICE_NO_ANSWER', never],
  ['VOICE_FAILED', never],
  ['VOICE_TTL_EXPIRED', never],
]);

export type Said = Readonly<{ receipt: Receipt; isFinal: boolean }>;

/** What an event says of its message; null where it says nothing, or is unknown to us. */
export const readReceipt = (event: string, at: Instant): Said | null => {
  const said = SAYS.get(event) ?? null;
  return said === null
    ? null
    : { receipt: { state: said.state, at, event }, isFinal: said.isFinal };
};

const rankOf = (state: Delivery): number => deliverySchema.options.indexOf(state);

/** How a message stands after its receipts: the one that says most. */
export const deliveryAfter = (receipts: readonly Receipt[]): Delivery =>
  receipts.reduce<Delivery>(
    (most, { state }) => (rankOf(state) > rankOf(most) ? state : most),
    'sent',
  );

export type Raised = Readonly<{
  receipts: readonly Receipt[];
  delivery: Delivery;
  /** Whether it can never be delivered now, and was not known to be so. */
  isLost: boolean;
}>;

/**
 * What a receipt changes; null where it changes nothing: it came before, or says less than what is
 * known. A state is never lowered.
 */
export const raise = (known: readonly Receipt[], { receipt, isFinal }: Said): Raised | null => {
  const before = deliveryAfter(known);
  if (known.some(({ event }) => event === receipt.event)) return null;
  if (rankOf(receipt.state) < rankOf(before)) return null;
  const receipts = [...known, receipt];
  const delivery = deliveryAfter(receipts);
  return { receipts, delivery, isLost: isFinal && delivery === 'undelivered' };
};
