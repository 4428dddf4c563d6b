import type { VisitId, WearerRef } from '#domain/model/ids.ts';
import { type Key, wearerPk } from './keys.ts';

/** A home visit, planned and made; its key lies in the range of what evaluation reads. */
export const visitKey = (wearer: WearerRef, visitId: VisitId): Key => ({
  pk: wearerPk(wearer),
  sk: `${VISIT_PREFIX}${visitId}`,
});
export const VISIT_PREFIX = 'HOME_VISIT#';
