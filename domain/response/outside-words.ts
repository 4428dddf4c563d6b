import * as z from 'zod';
import { answerSchema } from '../liaison/answers.ts';
import { receiptCodeSchema } from '../liaison/transfer.ts';
import { instantSchema, toIso } from '../model/instant.ts';
import type { Recorded } from './on-record.ts';

/** What an entry of the record says of a liaison: in words, which one, and why. */
export type OutsideWords = Readonly<{
  words: string;
  to: string;
  by?: string | undefined;
  reason?: string | undefined;
}>;

const disclosedSchema = z.object({
  type: z.literal('disclosed'),
  event: z.string(),
  status: z.string(),
  recipient: z.object({ liaisonId: z.string(), kind: z.string() }),
  fields: z.array(z.string()),
  decision: z
    .object({ rule: z.string(), by: z.string().nullable(), reason: z.string().nullable() })
    .nullish(),
});

const disclosedWords = (disclosed: z.infer<typeof disclosedSchema>): OutsideWords => {
  const { event, status, recipient, fields, decision } = disclosed;
  const parts = fields.length === 0 ? 'no part of it' : fields.join(', ');
  return {
    words: `${recipient.liaisonId} (${recipient.kind}) is told: ${event}, ${status}, with ${parts}`,
    to: recipient.liaisonId,
    by: decision?.by ?? undefined,
    reason: decision?.reason ?? decision?.rule,
  };
};

const of = { liaisonId: z.string() };
const event = z.object({ eventId: z.string(), type: z.string() });
const about = z.object({ acceptance: z.object({ acceptSeconds: z.number() }) });
const cause = z.string();

/** The entries of transfers, as far as they are told of. */
const transferSchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['transfer-begun', 'transfer-sent']), ...of, event, about }),
  z.object({ type: z.literal('transfer-sent-again'), ...of, tries: z.number() }),
  z.object({ type: z.literal('transfer-receipt'), ...of, code: receiptCodeSchema }),
  z.object({ type: z.literal('transfer-given-up'), ...of }),
  z.object({ type: z.literal('transfer-answered'), ...of, answer: answerSchema }),
  z.object({ type: z.literal('transfer-live'), ...of, reference: z.string(), asOf: instantSchema }),
  z.object({ type: z.enum(['transfer-untaken', 'transfer-untaken-why']), ...of, cause }),
  z.object({ type: z.literal('transfer-taken'), ...of, why: z.string() }),
]);
type TransferEntry = z.infer<typeof transferSchema>;

const RECEIPTS = {
  stored: 'has it stored',
  unroutable: 'has it, and can bring it to nobody there',
  expired: 'takes it no more: it had expired',
} as const;

const transferWords = (entry: TransferEntry): string => {
  const { liaisonId } = entry;
  switch (entry.type) {
    case 'transfer-begun':
    case 'transfer-sent': {
      const { acceptSeconds } = entry.about.acceptance;
      const isAsked = entry.event.type === 'raised' || entry.event.type === 'updated';
      const within = isAsked ? `; somebody there has to accept within ${acceptSeconds} s` : '';
      return `${liaisonId} is sent the incident: ${entry.event.type}${within}`;
    }
    case 'transfer-sent-again':
      return `${liaisonId} has not said that it has it: it is to be sent again, try ${entry.tries}`;
    case 'transfer-receipt':
      return `the system of ${liaisonId} ${RECEIPTS[entry.code]}`;
    case 'transfer-given-up':
      return `not sent to ${liaisonId} any more: it is of no use now`;
    case 'transfer-answered': {
      const { is, at } = entry.answer;
      return `somebody at ${liaisonId} says: ${is}, at ${toIso(at)} by their clock`;
    }
    case 'transfer-live': {
      const { reference, asOf } = entry;
      return `${liaisonId} says that it stands there as ${reference}, as of ${toIso(asOf)}`;
    }
    case 'transfer-untaken':
      return `nobody at ${liaisonId} has it in hand: people here are called`;
    case 'transfer-untaken-why':
      return `why nobody at ${liaisonId} has it in hand is known now`;
    case 'transfer-taken':
      return `nobody here need be called about ${liaisonId} any more`;
    default:
      return entry satisfies never;
  }
};

const whyOf = (entry: TransferEntry): string | undefined => {
  if (entry.type === 'transfer-answered') {
    const { answer } = entry;
    const said = 'cause' in answer ? [answer.cause, answer.text] : [answer.text];
    return said.filter((part) => part !== '').join(': ') || undefined;
  }
  if ('cause' in entry) return entry.cause;
  return entry.type === 'transfer-taken' ? entry.why : undefined;
};

/** What an entry tells of somebody outside; null: nothing that this version knows. */
export const outsideWords = (entry: Recorded): OutsideWords | null => {
  const disclosed = disclosedSchema.safeParse(entry);
  if (disclosed.success) return disclosedWords(disclosed.data);
  const transfer = transferSchema.safeParse(entry);
  if (!transfer.success) return null;
  const { data } = transfer;
  return { words: transferWords(data), to: data.liaisonId, reason: whyOf(data) };
};
