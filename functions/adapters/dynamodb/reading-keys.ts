import type { AgencyId, PersonId, WearerId } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import type { Reading } from '#domain/record/reading.ts';
import type { Key } from './keys.ts';

/** About whom something is read: a wearer, one of the people who are told, or the whole agency. */
export type ReadOf = Readonly<
  | { agencyId: AgencyId; kind: 'wearer'; wearerId: WearerId }
  | { agencyId: AgencyId; kind: 'person'; personId: PersonId }
  | { agencyId: AgencyId; kind: 'agency' }
>;

/**
 * Who read something about somebody: in the table of the record, apart from what happened, so that
 * it is a chain of its own. Ids of wearers and of people may be the same; no id holds a "#".
 */
export const readingsPk = (of: ReadOf): string => {
  if (of.kind === 'agency') return `${of.agencyId}#READINGS`;
  return of.kind === 'wearer'
    ? `${of.agencyId}#READINGS#${of.wearerId}`
    : `${of.agencyId}#READINGS#PERSON#${of.personId}`;
};

/** `nonce` tells apart what one person reads twice within a millisecond. */
export const readingKey = (of: ReadOf, { at, by }: Reading, nonce: string): Key => ({
  pk: readingsPk(of),
  sk: `${toIso(at)}#READ#${by}#${nonce}`,
});
