import type { AgencyId, AlertId, LiaisonId, WearerRef } from '#domain/model/ids.ts';
import { type Key, listKey, wearerPk } from './keys.ts';

/** What somebody asked of an alert and was refused, within the record of its wearer. */
export const refusedName = (alertId: AlertId, command: string, by: string): string =>
  `REFUSED#${alertId}#${command}#${by}`;

/** The alert that an entry of the record tells of: what happened to it, or was refused. */
export const alertToldOf = (sk: string): string | null => {
  const [, kind, alertId] = sk.split('#');
  return kind === 'ESCALATE' || kind === 'REFUSED' ? (alertId ?? null) : null;
};

/**
 * Whether an entry tells of what a liaison was told, or said, of an alert: which one stands in the
 * entry, for these are kept by the incident.
 */
export const isOutside = (sk: string): boolean => {
  const [, kind] = sk.split('#');
  return kind === 'DISCLOSE' || kind === 'TRANSFER';
};

/** Partition of the index in which the calls to a force are listed by when they were made. */
export const calledListKey = (agencyId: AgencyId, liaisonId: LiaisonId): string =>
  listKey(agencyId, `called.${liaisonId}`);

/** Partition of the index in which devices on wearers are listed by when they were put on. */
export const wornListKey = (agencyId: AgencyId): string => listKey(agencyId, 'worn');

/** That a breach which a person closed was none, or was one after all, for the duty manager. */
export const breachMemoKey = (wearer: WearerRef, alertId: AlertId, revision: number): Key => ({
  pk: wearerPk(wearer),
  sk: `OUTBOX#BREACH#${alertId}#${revision}`,
});
