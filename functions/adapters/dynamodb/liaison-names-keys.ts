import type { AgencyId, AlertId, LiaisonId, OrderId, WearerRef } from '#domain/model/ids.ts';
import { type Key, sharedKey } from './keys.ts';

/** Names each liaison of an agency. */
export const liaisonsPk = (agencyId: AgencyId): string => `${agencyId}#LIAISONS`;

export const listedLiaisonKey = (agencyId: AgencyId, liaisonId: LiaisonId): Key => ({
  pk: liaisonsPk(agencyId),
  sk: liaisonId,
});

/** That an order names a liaison, and with which reference; beside the liaison. */
export const namedByKey = (
  { agencyId, wearerId }: WearerRef,
  liaisonId: LiaisonId,
  orderId: OrderId,
): Key => ({
  pk: sharedKey(agencyId, 'LIAISON', liaisonId).pk,
  sk: `${NAMED_BY_PREFIX}${wearerId}#${orderId}`,
});
export const NAMED_BY_PREFIX = 'NAMED_BY#';

/** That a liaison has withdrawn its response, for the duty manager: once for each time. */
export const withdrawnMemoKey = (
  agencyId: AgencyId,
  liaisonId: LiaisonId,
  version: number,
): Key => ({
  pk: sharedKey(agencyId, 'LIAISON', liaisonId).pk,
  sk: `OUTBOX#WITHDRAWN#${version}`,
});

/** How the delivery to a liaison fares, for the duty manager: once for each `what`. */
export const deliveryMemoKey = (
  { agencyId, liaisonId }: Readonly<{ agencyId: AgencyId; liaisonId: LiaisonId }>,
  what: string,
): Key => ({
  pk: sharedKey(agencyId, 'LIAISON', liaisonId).pk,
  sk: `OUTBOX#DELIVERY#${what}`,
});

/** That an alert has used up what a force puts up with, for the duty manager: once. */
export const usedUpMemoKey = (agencyId: AgencyId, liaisonId: LiaisonId, alertId: AlertId): Key => ({
  pk: sharedKey(agencyId, 'LIAISON', liaisonId).pk,
  sk: `OUTBOX#USED_UP#${alertId}`,
});
