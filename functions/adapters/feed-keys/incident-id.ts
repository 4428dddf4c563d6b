import { createHmac } from 'node:crypto';
import { type IncidentId, incidentIdSchema } from '#domain/liaison/event.ts';
import type { AlertId } from '#domain/model/ids.ts';
import type { FeedOf } from '../dynamodb/liaison-feed-keys.ts';
import type { ReadSecret } from '../secrets/secret.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const CHARACTERS = 26;

/** RFC 4648 base 32 in small letters, as many of its characters as hold 128 bits. */
const base32 = (bytes: Buffer): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: CHARACTERS }, (_, i) => {
    const index = Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2);
    return BASE32.charAt(index);
  }).join('');
};

/**
 * Under which id a liaison gets to know an alert: it says nothing of the wearer, and another
 * liaison knows the same alert under another. Kept with the feed: a new secret changes none.
 */
export const makeIncidentId =
  (feedSecret: ReadSecret) =>
  async ({ agencyId, liaisonId }: FeedOf, alertId: AlertId): Promise<IncidentId> => {
    const mac = createHmac('sha256', await feedSecret());
    mac.update(JSON.stringify(['incident', agencyId, liaisonId, alertId]));
    return incidentIdSchema.parse(base32(mac.digest()));
  };
export type MakeIncidentId = ReturnType<typeof makeIncidentId>;
