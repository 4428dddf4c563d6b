import { createHmac } from 'node:crypto';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';

/**
 * The key under which what goes to a person's webhook is signed, as Standard Webhooks write it. It
 * follows from our secret: each receiver has its own, and none has to be kept.
 */
export const webhookKey = (
  { agencyId, personId }: Readonly<{ agencyId: AgencyId; personId: PersonId }>,
  secret: string,
): string => {
  const made = createHmac('sha256', secret).update(`webhook-key:${agencyId}:${personId}`).digest();
  return `whsec_${made.toString('base64')}`;
};
