import { personOf, type Recipient, recipientKey } from '../model/recipient.ts';

/**
 * So many are told at once by a step, and as many on further channels: both, with all that is saved
 * beside them, fit one transaction of 100 items. The rest are told by the next one, at once.
 */
export const MOST_AT_ONCE = 30;
/** So many stand-downs fit the transaction that closes an alert. */
const MOST_STOOD_DOWN = 80;

/**
 * Who is told that an alert was wrong: everybody on every channel, as far as one transaction holds
 * it; else each on one channel, and liaisons and whoever was told last before anybody else.
 */
export const standDownTo = (told: readonly Recipient[]): readonly Recipient[] => {
  if (told.length <= MOST_STOOD_DOWN) return told;
  const once = new Map<string, Recipient>();
  for (const recipient of told) {
    const who = personOf(recipient) ?? recipientKey(recipient);
    if (!once.has(who)) once.set(who, recipient);
  }
  const each = [...once.values()];
  const isOutside = ({ channel }: Recipient) => channel === 'liaison';
  const inOrder = [...each.filter((one) => !isOutside(one)), ...each.filter(isOutside)];
  return inOrder.slice(-MOST_STOOD_DOWN);
};
