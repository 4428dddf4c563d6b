import type { AgencyId, WearerRef } from '#domain/model/ids.ts';
import { type Key, listKey, padded, wearerPk } from './keys.ts';

/** Everything about one incident at one liaison: an id is that of one liaison alone. */
export const incidentPk = (agencyId: AgencyId, incidentId: string): string =>
  `${agencyId}#INCIDENT#${incidentId}`;

/** Whether an incident was received and accepted. */
export const transferKey = (agencyId: AgencyId, incidentId: string): Key => ({
  pk: incidentPk(agencyId, incidentId),
  sk: TRANSFER,
});
export const TRANSFER = 'TRANSFER';

/** A message of theirs that was taken: its second coming changes nothing. */
export const takenMessageKey = (agencyId: AgencyId, liaisonId: string, digest: string): Key => ({
  pk: `${agencyId}#MESSAGES#${liaisonId}`,
  sk: `MESSAGE#${digest}`,
});

/**
 * The violation from which the alert of an incident is opened that nobody accepts: beside those of
 * its wearer, and in none of the ranges that evaluation reads.
 */
export const untakenKey = (wearer: WearerRef, violationId: string): Key => ({
  pk: wearerPk(wearer),
  sk: `${UNTAKEN_PREFIX}${violationId}`,
});
export const UNTAKEN_PREFIX = 'UNTAKEN#';

/** Partition of the index in which unfinished transfers are listed by when they were sent. */
export const transfersListKey = (agencyId: AgencyId): string => listKey(agencyId, 'transfers');

/** What happened to a transfer, within the record of a wearer; in the order of its epochs. */
export const transferEntryName = (incidentId: string, epoch: number, nth: number): string =>
  `TRANSFER#${incidentId}#${padded(epoch)}#${nth}`;
