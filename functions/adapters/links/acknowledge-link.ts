import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type AgencyId,
  type AlertId,
  agencyIdSchema,
  alertIdSchema,
  type PersonId,
  personIdSchema,
} from '#domain/model/ids.ts';

/** An alert, and the person whom a link lets act on it. */
export type LinkClaim = Readonly<{ agencyId: AgencyId; alertId: AlertId; personId: PersonId }>;

/** 96 bits: nobody guesses one, and it still fits a text message. */
const SEAL_BYTES = 12;

const seal = (claimed: string, secret: string): Buffer => {
  const made = createHmac('sha256', secret).update(claimed).digest().subarray(0, SEAL_BYTES);
  return Buffer.from(made.toString('base64url'));
};

/**
 * `agency:alert:person:seal`: says whom it is for, and only we can have made it. Every letter is
 * GSM 7-bit.
 */
export const linkFor = (claim: LinkClaim, secret: string): string => {
  const claimed = `${claim.agencyId}:${claim.alertId}:${claim.personId}`;
  return `${claimed}:${seal(claimed, secret).toString()}`;
};

/** The claim of a link that we made; null for any other. */
export const claimOf = (link: string, secret: string): LinkClaim | null => {
  const parts = link.split(':');
  const [agency, alert, person, sealed] = parts;
  if (parts.length !== 4 || sealed === undefined) return null;
  const given = Buffer.from(sealed);
  const made = seal(`${agency}:${alert}:${person}`, secret);
  if (given.length !== made.length || !timingSafeEqual(given, made)) return null;
  return {
    agencyId: agencyIdSchema.parse(agency),
    alertId: alertIdSchema.parse(alert),
    personId: personIdSchema.parse(person),
  };
};
