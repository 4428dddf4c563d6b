import type { AgencyId, HoldId, WearerRef } from '#domain/model/ids.ts';
import { type Key, padded, wearerPk } from './keys.ts';

/** An agency has one retention policy. */
export const retentionPolicyKey = (agencyId: AgencyId): Key => ({
  pk: `${agencyId}#RETENTION`,
  sk: 'CURRENT',
});

/** A legal hold; behind the range of what evaluation reads. */
export const legalHoldKey = (wearer: WearerRef, holdId: HoldId): Key => ({
  pk: wearerPk(wearer),
  sk: `${LEGAL_HOLD_PREFIX}${holdId}`,
});
export const LEGAL_HOLD_PREFIX = 'RETENTION_HOLD#';

/** What every erasure of a wearer checks as it writes: the holds that nobody has released. */
export const retentionGuardKey = (wearer: WearerRef): Key => ({
  pk: wearerPk(wearer),
  sk: 'RETENTION_GUARD',
});

/** That a hold was put, changed or released, within the record of its wearer. */
export const legalHoldEntryName = (holdId: HoldId, version: number): string =>
  `HOLD#${holdId}#${padded(version)}`;
