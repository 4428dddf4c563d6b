import type { Agenda } from '../engine/agenda.ts';
import { dice as diceOf } from '../engine/dice.ts';
import type { Told } from './deployed.ts';
import type { System } from './system.ts';

/** What the network says of a message, as AWS End User Messaging hands it over. */
export type Receipt = Readonly<{ eventType: string; eventTimestamp: number; messageId: string }>;

type Props = Readonly<{
  seed: number;
  agenda: Agenda;
  system: System;
  onReceipt: (receipt: Receipt, told: Told) => void;
}>;

const TEXTS = [
  ...[
    ['TEXT_QUEUED', 'TEXT_SENT', 'TEXT_DELIVERED'],
    ['TEXT_SUCCESSFUL', 'TEXT_READ'],
  ],
  ...[['TEXT_SENT', 'TEXT_UNREACHABLE', 'TEXT_DELIVERED'], ['TEXT_UNREACHABLE']],
  ...[['TEXT_DELIVERED'], ['TEXT_CARRIER_BLOCKED'], ['TEXT_TTL_EXPIRED', 'TEXT_DELIVERED']],
];
const CALLS = [['VOICE_ANSWERED', 'VOICE_COMPLETED'], ['VOICE_RINGING', 'VOICE_NO_ANSWER'], []];
const MOST_LATE_MILLISECONDS = 900_000;

/** Receipts of what was told by text or call: late, in any order, and not of every world. */
export const receipts = ({ seed, agenda, system, onReceipt }: Props) => {
  const hasReceipts = diceOf(seed).named('receipts').happens(0.4);
  return (told: Told): void => {
    if (!hasReceipts || told.page === null || !told.to.startsWith('+')) return;
    const dice = diceOf(seed).named(`receipt ${told.page.pageId} ${told.id}`);
    for (const eventType of dice.pick(told.isCall ? CALLS : TEXTS)) {
      const wait = dice.happens(0.6) ? dice.below(20_000) : dice.below(MOST_LATE_MILLISECONDS);
      const eventTimestamp = told.at + Math.min(wait, 5_000);
      agenda.after(wait, () => {
        const receipt = { eventType, eventTimestamp, messageId: told.id };
        onReceipt(receipt, told);
        system.handIn(receipt);
      });
    }
  };
};
