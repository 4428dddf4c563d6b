import type { AgencyId, LiaisonId, WearerRef } from '#domain/model/ids.ts';
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

/** The counter of what one liaison sends us, and of what else it asks, in a minute. */
export const liaisonAllowancePk = (
  agencyId: AgencyId,
  liaisonId: LiaisonId,
  what: 'MESSAGES' | 'CALLS',
): string => `${agencyId}#ALLOWANCE#LIAISON#${liaisonId}#${what}`;

/**
 * What people say or leave undone, from which an alert of its own is opened: beside the violations
 * of its wearer, and in none of the ranges that evaluation reads.
 */
export const raisedKey = (wearer: WearerRef, violationId: string): Key => ({
  pk: wearerPk(wearer),
  sk: `${RAISED_PREFIX}${violationId}`,
});
export const RAISED_PREFIX = 'RAISED#';

/** A concern for a wearer's welfare, as it was raised. */
export const concernKey = (wearer: WearerRef, concernId: string): Key => ({
  pk: wearerPk(wearer),
  // Behind the range of what evaluation reads.
  sk: `WELFARE#${concernId}`,
});

/** Partition of the index in which unfinished transfers are listed by when they were sent. */
export const transfersListKey = (agencyId: AgencyId): string => listKey(agencyId, 'transfers');

/** What happened to a transfer, within the record of a wearer; in the order of its epochs. */
export const transferEntryName = (incidentId: string, epoch: number, nth: number): string =>
  `TRANSFER#${incidentId}#${padded(epoch)}#${nth}`;
