import type { SupervisionDocuments } from '#domain/evaluate/sources.ts';
import type { Order } from '#domain/model/order.ts';
import { referencesOf } from '#domain/model/references.ts';
import { type Item, readText } from '../adapters/dynamodb/items.ts';
import { timetableFrom, zoneFrom } from '../adapters/dynamodb/shared-documents.ts';
import type { Named } from './named-documents.ts';

const liaisonsNeededBy = ({ policeForce, liaisons }: Order): Named[] => [
  ...(policeForce === null
    ? []
    : [{ path: 'policeForce', kind: 'LIAISON', id: policeForce } as const]),
  ...liaisons.map(({ liaisonId }, i) => ({
    ...({ path: `liaisons.${i}.liaisonId`, kind: 'LIAISON', id: liaisonId } as const),
  })),
];

/** Everything that must be on record for an order. */
export const neededBy = (order: Order): Named[] => [
  { path: 'responsibleOfficer', kind: 'PERSON', id: order.responsibleOfficer },
  { path: 'policyId', kind: 'POLICY', id: order.policyId },
  ...liaisonsNeededBy(order),
  ...referencesOf(order),
];

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
