import type { ThresholdPolicyId, TimetableId, ZoneId, ZoneListId } from './ids.ts';
import type { Condition, Order } from './order.ts';

/** A document that an order refers to, and the field that does so. */
export type Reference = Readonly<{ path: string }> &
  (
    | Readonly<{ kind: 'ZONE'; id: ZoneId }>
    | Readonly<{ kind: 'ZONE-LIST'; id: ZoneListId }>
    | Readonly<{ kind: 'TIMETABLE'; id: TimetableId }>
    | Readonly<{ kind: 'THRESHOLDS'; id: ThresholdPolicyId }>
  );

const timetable = (path: string, id: TimetableId | null): Reference[] =>
  id === null ? [] : [{ path, kind: 'TIMETABLE', id }];

const zonesOf = (condition: Condition): Reference[] => {
  const zoneId = 'zoneId' in condition ? condition.zoneId : undefined;
  const zoneListId = 'zoneListId' in condition ? condition.zoneListId : undefined;
  return [
    ...(zoneId === undefined ? [] : [{ path: 'zoneId', kind: 'ZONE', id: zoneId } as const]),
    ...(zoneListId === undefined
      ? []
      : [{ path: 'zoneListId', kind: 'ZONE-LIST', id: zoneListId } as const]),
  ];
};

const ofCondition = (condition: Condition): Reference[] => {
  const others = condition.kind === 'curfew' ? condition.otherPlaces : [];
  return [
    ...zonesOf(condition),
    ...('timetableId' in condition ? timetable('timetableId', condition.timetableId) : []),
    ...others.flatMap((place, i) => timetable(`otherPlaces.${i}.timetableId`, place.timetableId)),
  ];
};

/** The zones, zone lists, timetables and thresholds that an order is evaluated with. */
export const referencesOf = ({ conditions, thresholdPolicyId }: Order): Reference[] => [
  ...(thresholdPolicyId === null
    ? []
    : [{ path: 'thresholdPolicyId', kind: 'THRESHOLDS', id: thresholdPolicyId } as const]),
  ...conditions.flatMap((condition, i) =>
    ofCondition(condition).map((one) => ({ ...one, path: `conditions.${i}.${one.path}` })),
  ),
];
