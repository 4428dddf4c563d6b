import type { AgencyId, HoldId, WearerRef } from '#domain/model/ids.ts';
import type { DataClass } from '#domain/retention/data-class.ts';
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

/** Names everybody who was ever put on record by an agency, and every pair of them, by id. */
export const wearersPk = (agencyId: AgencyId): string => `${agencyId}#WEARERS`;

export const listedWearerKey = ({ agencyId, wearerId }: WearerRef): Key => ({
  pk: wearersPk(agencyId),
  sk: wearerId,
});

/** How far the latest pass through all wearers has come. */
export const erasePassKey = (agencyId: AgencyId): Key => ({
  pk: `${agencyId}#RETENTION`,
  sk: 'PASS',
});

/** The objects of a wearer that are being erased: written before the first of them goes. */
export const erasingKey = (wearer: WearerRef): Key => ({
  pk: wearerPk(wearer),
  sk: 'RETENTION_ERASING',
});

/** What was erased, within the record of its wearer: each time under a number of its own. */
export const erasedEntryName = (dataClass: DataClass, name: string): string =>
  `${ERASED}#${dataClass}#${name}`;
export const ERASED = 'ERASED';

/** Names the documents that an agency has beside those of its wearers, by kind and id. */
export const documentsPk = (agencyId: AgencyId): string => `${agencyId}#DOCUMENTS`;

export const listedDocumentKey = (
  agencyId: AgencyId,
  { kind, id }: Readonly<{ kind: string; id: string }>,
): Key => ({ pk: documentsPk(agencyId), sk: `${kind}#${id}` });
