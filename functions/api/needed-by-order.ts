import type { SupervisionDocuments } from '#domain/evaluate/sources.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Order } from '#domain/model/order.ts';
import { referencesOf } from '#domain/model/references.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import { type Item, readText } from '../adapters/dynamodb/items.ts';
import { type Key, sharedKey } from '../adapters/dynamodb/keys.ts';
import { timetableFrom, zoneFrom } from '../adapters/dynamodb/shared-documents.ts';
import { notOnRecord, type Problem } from './problems.ts';

/** Something that must be on record for an order, and the field that names it. */
export type Reference = Readonly<{ path: string; what: string; key: Key; isShape: boolean }>;

/** Everything that must be on record for an order. */
export const neededBy = (agencyId: AgencyId, order: Order): Reference[] => [
  {
    path: 'responsibleOfficer',
    what: `person ${order.responsibleOfficer}`,
    key: sharedKey(agencyId, 'PERSON', order.responsibleOfficer),
    isShape: false,
  },
  {
    path: 'policyId',
    what: `policy ${order.policyId}`,
    key: sharedKey(agencyId, 'POLICY', order.policyId),
    isShape: false,
  },
  ...referencesOf(order).map(({ path, kind, id }) => ({
    path,
    what: `${kind.toLowerCase()} ${id}`,
    key: sharedKey(agencyId, kind, id),
    isShape: true,
  })),
];

/** What is on record under each reference, in their order. */
export const loadNeeded = (
  documents: Documents,
  references: readonly Reference[],
): Promise<readonly (Item | null)[]> =>
  Promise.all(references.map(({ key }) => documents.loadItem(key)));

/** What is not, each with the field that names it. */
export const missing = (
  references: readonly Reference[],
  items: readonly (Item | null)[],
): Problem[] =>
  references.filter((_, i) => items[i] === null).map(({ path, what }) => notOnRecord(path, what));

/** The zones and timetables among what was loaded. */
export const shapesIn = (
  items: readonly (Item | null)[],
): Pick<SupervisionDocuments, 'zones' | 'timetables'> => {
  const ofKind = (kind: string): Item[] =>
    items.filter((item) => item !== null).filter((item) => readText(item, 'entity') === kind);
  return {
    zones: new Map(
      ofKind('ZONE')
        .map(zoneFrom)
        .map((zone) => [zone.value.zoneId, zone]),
    ),
    timetables: new Map(
      ofKind('TIMETABLE')
        .map(timetableFrom)
        .map((one) => [one.value.timetableId, one]),
    ),
  };
};
