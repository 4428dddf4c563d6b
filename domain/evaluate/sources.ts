import type { OrderVersion, TimetableVersion, Versioned, ZoneVersion } from '../model/documents.ts';
import type { OrderId, TimetableId, WearerRef, ZoneId } from '../model/ids.ts';
import type { ThresholdPolicy } from '../model/threshold-policy.ts';
import type { Activation } from '../model/wearer.ts';

/** Everything on record about one wearer that evaluation needs. */
export type SupervisionDocuments = Readonly<{
  wearer: WearerRef;
  orders: readonly OrderVersion[];
  zones: ReadonlyMap<ZoneId, ZoneVersion>;
  timetables: ReadonlyMap<TimetableId, TimetableVersion>;
  activations: readonly Activation[];
  /** The agency's own thresholds, by the order that goes by them. */
  thresholdPolicies?: ReadonlyMap<OrderId, Versioned<ThresholdPolicy>>;
}>;

/**
 * A reference to something that is not on record: an order that cannot be evaluated as it stands.
 */
export class MissingDocument extends Error {
  readonly kind: 'zone' | 'timetable';
  readonly id: string;

  constructor(kind: 'zone' | 'timetable', id: string) {
    super(`an order refers to ${kind} ${id}, which is not on record: put it there`);
    this.name = 'MissingDocument';
    this.kind = kind;
    this.id = id;
  }
}

/** What a rule's question is made of. Each throws MissingDocument for what is not on record. */
export type Sources = Readonly<{
  zone: (zoneId: ZoneId) => ZoneVersion;
  timetable: (timetableId: TimetableId) => TimetableVersion;
}>;

export const sourcesOf = ({ zones, timetables }: SupervisionDocuments): Sources => ({
  zone: (zoneId) => {
    const found = zones.get(zoneId);
    if (found === undefined) throw new MissingDocument('zone', zoneId);
    return found;
  },
  timetable: (timetableId) => {
    const found = timetables.get(timetableId);
    if (found === undefined) throw new MissingDocument('timetable', timetableId);
    return found;
  },
});
