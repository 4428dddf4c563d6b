import type { ThresholdPolicyId, TimetableId, ZoneId } from './ids.ts';
import type { Condition, Order } from './order.ts';

/** A document that an order refers to, and the field that does so. */
export type Reference = Readonly<{ path: string }> &
  (
    | Readonly<{ kind: 'ZONE'; id: ZoneId }>
    | Readonly<{ kind: 'TIMETABLE'; id: TimetableId }>
    | Readonly<{ kind: 'THRESHOLDS'; id: ThresholdPolicyId }>
  );

const timetable = (path: string, id: TimetableId | null): Reference[] =>
  id === null ? [] : [{ path, kind: 'TIMETABLE', id }];

const ofCondition = (condition: Condition): Reference[] => {
  const others = condition.kind === 'curfew' ? condition.otherPlaces : [];
  return [
    ...('zoneId' in condition
      ? [{ path: 'zoneId', kind: 'ZONE', id: condition.zoneId } as const]
      : []),
    ...('timetableId' in condition ? timetable('timetableId', condition.timetableId) : []),
    ...others.flatMap((place, i) => timetable(`otherPlaces.${i}.timetableId`, place.timetableId)),
  ];
};

/** The zones, timetables and thresholds that an order is evaluated with. */
export const referencesOf = ({ conditions, thresholdPolicyId }: Order): Reference[] => [
  ...(thresholdPolicyId === null
    ? []
    : [{ path: 'thresholdPolicyId', kind: 'THRESHOLDS', id: thresholdPolicyId } as const]),
  ...conditions.flatMap((condition, i) =>
    ofCondition(condition).map((one) => ({ ...one, path: `conditions.${i}.${one.path}` })),
  ),
];
