import type { LevelId, WearerRef } from '#domain/model/ids.ts';
import { type Key, wearerPk } from './keys.ts';

// All of it stands in the wearer's partition, behind the range of what evaluation reads.

/** A stretch of time at a level of supervision. */
export const supervisionLevelKey = (wearer: WearerRef, levelId: LevelId): Key => ({
  pk: wearerPk(wearer),
  sk: `${SUPERVISION_LEVEL_PREFIX}${levelId}`,
});
export const SUPERVISION_LEVEL_PREFIX = 'SUPERVISION_LEVEL#';

/** When such a stretch ends by itself: what is due stands in the index of due instants. */
export const levelEndKey = (wearer: WearerRef, levelId: LevelId): Key => ({
  pk: wearerPk(wearer),
  sk: `${LEVEL_END_PREFIX}${levelId}`,
});
const LEVEL_END_PREFIX = 'SUPERVISION_LEVEL_END#';
export const isLevelEnd = (sk: string): boolean => sk.startsWith(LEVEL_END_PREFIX);
