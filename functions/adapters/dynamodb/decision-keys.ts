import type { DecisionId, WearerRef } from '#domain/model/ids.ts';
import { type Key, wearerPk } from './keys.ts';

/** What was decided about a wearer; behind the range of what evaluation reads. */
export const decisionKey = (wearer: WearerRef, decisionId: DecisionId): Key => ({
  pk: wearerPk(wearer),
  sk: `${DECISION_PREFIX}${decisionId}`,
});
export const DECISION_PREFIX = 'WEARER_DECISION#';
