import { createHmac } from 'node:crypto';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import type { PersonChannel } from '#domain/model/recipient.ts';

const CODES = 1_000_000n;

/** What a code is for; `nonce`: 128 random bits that stand for it wherever it is kept. */
export type CodeFor = Readonly<{
  agencyId: AgencyId;
  personId: PersonId;
  channel: PersonChannel;
  nonce: string;
}>;

/**
 * The six digits that show a contact to be a person's. They follow from our secret, so they are
 * kept nowhere: a table's reader has only the nonce.
 */
export const contactCode = (
  { agencyId, personId, channel, nonce }: CodeFor,
  secret: string,
): string => {
  const claimed = `contact-code:${agencyId}:${personId}:${channel}:${nonce}`;
  const made = createHmac('sha256', secret).update(claimed).digest();
  return String(made.readBigUInt64BE() % CODES).padStart(6, '0');
};
