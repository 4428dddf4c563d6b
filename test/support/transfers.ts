import { type Answer, answerSchema } from '#domain/liaison/answers.ts';
import { decideTransfer } from '#domain/liaison/decide-transfer.ts';
import { eventIdOf, incidentIdSchema } from '#domain/liaison/event.ts';
import { afterEvents } from '#domain/liaison/evolve-transfer.ts';
import type { Transfer } from '#domain/liaison/transfer.ts';
import type {
  SentEvent,
  TransferAbout,
  TransferCommand,
  TransferDecision,
} from '#domain/liaison/transfer-commands.ts';
import { alertIdSchema, orderIdSchema, policyIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { FORCE, T } from './alerts.ts';

export const INCIDENT = incidentIdSchema.parse('a'.repeat(26));

/** The terms and the alert of the transfers of tests. */
export const about = (fields: Partial<TransferAbout> = {}): TransferAbout => ({
  incidentId: INCIDENT,
  liaisonId: FORCE,
  liaisonName: 'Essex Police',
  acceptance: {
    receiptSeconds: 30,
    acceptSeconds: 120,
    policyId: policyIdSchema.parse('police-desk'),
  },
  isPushed: true,
  status: 'Exercise',
  alertId: alertIdSchema.parse('w-1.zone.abc'),
  wearerId: wearerIdSchema.parse('w-1'),
  orderId: orderIdSchema.parse('o-1'),
  orderVersion: 1,
  severity: 'severe',
  about: 'inside exclusion zone',
  ...fields,
});

/** The nth event of the incident, appended at an instant. */
export const sentEvent = (sequence: number, sentAt: Instant, fields: Partial<SentEvent> = {}) => ({
  eventId: eventIdOf(INCIDENT, sequence),
  sequence,
  type: sequence === 1 ? ('raised' as const) : ('updated' as const),
  sentAt,
  expiresAt: secondsAfter(sentAt, 3_600),
  ...fields,
});

export const sent = (
  sequence: number,
  sentAt: Instant,
  fields: Partial<SentEvent> = {},
): TransferCommand => ({
  type: 'sent',
  event: sentEvent(sequence, sentAt, fields),
  about: about(),
});

/** What somebody there says of the incident. */
export const answers = (
  is: Answer['is'],
  at: Instant,
  { cause = 'not-our-area', text = '' }: Readonly<{ cause?: string; text?: string }> = {},
): TransferCommand => ({
  type: 'answer',
  answer: answerSchema.parse({ is, at, text, ...(is === 'rejected' ? { cause } : {}) }),
  eventId: null,
  reference: null,
});

export const receipt = (sequence: number, code: 'stored' | 'unroutable' | 'expired' = 'stored') =>
  ({ type: 'receipt', eventId: eventIdOf(INCIDENT, sequence), code }) as const;

/** A transfer after a command, and the decision. */
export const afterwards = (
  transfer: Transfer | null,
  command: TransferCommand,
  now: Instant,
): Readonly<{ transfer: Transfer | null; decision: TransferDecision }> => {
  const decision = decideTransfer(transfer, command, now);
  if (decision.outcome !== 'happened') return { transfer, decision };
  return { transfer: afterEvents(transfer, decision.events), decision };
};

/** The transfer after commands of one instant after another. */
export const livedThrough = (steps: readonly (readonly [TransferCommand, number])[]): Transfer => {
  const found = steps.reduce<Transfer | null>(
    (transfer, [command, seconds]) =>
      afterwards(transfer, command, secondsAfter(T, seconds)).transfer,
    null,
  );
  if (found === null) throw new Error('nothing was sent');
  return found;
};

/** The clock's turn for a transfer as it stands. */
export const tick = ({ epoch }: Pick<Transfer, 'epoch'>): TransferCommand => ({
  type: 'tick',
  epoch,
});

/** An API of tests that transfer nothing. */
export const NO_TRANSFERS = {
  transfers: { load: async () => null, listUnfinished: async () => [] },
  loadLiaison: async () => null,
  takenMessages: {
    isTaken: async () => false,
    entry: () => {
      throw new Error('no message is taken here');
    },
    put: () => Promise.reject(new Error('no message is taken here')),
  },
  changeTransfer: () => Promise.reject(new Error('nothing is transferred here')),
  loadKeyRing: () => Promise.reject(new Error('nothing is signed here')),
};

/** Escalation of tests that transfer nothing. */
export const noTransfers = {
  changeTransfer: () => Promise.reject(new Error('nothing is transferred here')),
  transferTimer: async () => undefined,
};
