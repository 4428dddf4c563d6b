import type { ZoneOrList } from '../geo/zone-or-list.ts';
import type {
  OrderVersion,
  TimetableVersion,
  Versioned,
  ZoneListVersion,
  ZoneVersion,
} from '../model/documents.ts';
import type {
  OrderId,
  TimetableId,
  WearerId,
  WearerRef,
  ZoneId,
  ZoneListId,
} from '../model/ids.ts';
import type { Permission } from '../model/permission.ts';
import type { Place } from '../model/place.ts';
import type { ThresholdPolicy } from '../model/threshold-policy.ts';
import type { KnownVisit } from '../model/visit.ts';
import type { Activation } from '../model/wearer.ts';
import { type KnownPlace, knownPlace, learnedAs } from './position/known-place.ts';
import type { LearnedVersion } from './position/learn-places.ts';

/** Everything on record about one wearer that evaluation needs. */
export type SupervisionDocuments = Readonly<{
  wearer: WearerRef;
  orders: readonly OrderVersion[];
  zones: ReadonlyMap<ZoneId, ZoneVersion>;
  zoneLists?: ReadonlyMap<ZoneListId, ZoneListVersion>;
  timetables: ReadonlyMap<TimetableId, TimetableVersion>;
  activations: readonly Activation[];
  /** The newest version of each, whatever time they are about. */
  permissions?: readonly Versioned<Permission>[];
  /** Home visits as they are known now: they, too, are about a time of their own. */
  visits?: readonly KnownVisit[];
  /** The pairs that must hear of the wearer. */
  pairs?: readonly WearerId[];
  /** The agency's own thresholds, by the order that goes by them. */
  thresholdPolicies?: ReadonlyMap<OrderId, Versioned<ThresholdPolicy>>;
  /** What was learned of the wearer's places, in the version that is in force. */
  learnedPlaces?: readonly LearnedVersion[];
}>;

/**
 * A reference to something that is not on record: an order that cannot be evaluated as it stands.
 */
export class MissingDocument extends Error {
  readonly kind: 'zone' | 'zone list' | 'timetable' | 'threshold policy';
  readonly id: string;

  constructor(kind: MissingDocument['kind'], id: string) {
    super(`an order refers to ${kind} ${id}, which is not on record: put it there`);
    this.name = 'MissingDocument';
    this.kind = kind;
    this.id = id;
  }
}

/** The names by which a condition closes zones; one of them is there. */
type Closed = Readonly<{ zoneId?: ZoneId | undefined; zoneListId?: ZoneListId | undefined }>;

/** What a rule's question is made of. Each throws MissingDocument for what is not on record. */
export type Sources = Readonly<{
  zone: (zoneId: ZoneId) => ZoneVersion;
  /** What a condition closes: a zone, or all zones of a list. */
  closed: (named: Closed) => ZoneOrList;
  timetable: (timetableId: TimetableId) => TimetableVersion;
  /** A place of an order, with what was learned of it. */
  place: (stated: Place) => KnownPlace;
  /** A condition's own place, and every curfew address of the wearer, each once. */
  places: (own: Place | null) => KnownPlace[];
}>;

const placesOf = ({ orders, learnedPlaces = [] }: SupervisionDocuments) => {
  const place = (stated: Place): KnownPlace => {
    const learned = learnedPlaces.find(({ at }) => at.lat === stated.lat && at.lon === stated.lon);
    return learned === undefined ? knownPlace(stated) : learnedAs(stated, learned.place);
  };
  const addresses = orders.flatMap(({ value }) =>
    value.conditions.flatMap((condition) =>
      condition.kind === 'curfew' ? [condition.place, ...condition.otherPlaces] : [],
    ),
  );
  const places = (own: Place | null): KnownPlace[] => {
    const all = [...(own === null ? [] : [own]), ...addresses];
    const each = new Map(all.map((stated) => [`${stated.lat} ${stated.lon}`, stated]));
    return [...each.values()].map(place);
  };
  return { place, places };
};

const drawnIn = ({ zones, zoneLists }: SupervisionDocuments): Pick<Sources, 'zone' | 'closed'> => {
  const zone = (zoneId: ZoneId): ZoneVersion => {
    const found = zones.get(zoneId);
    if (found === undefined) throw new MissingDocument('zone', zoneId);
    return found;
  };
  const zoneList = (zoneListId: ZoneListId): ZoneListVersion => {
    const found = zoneLists?.get(zoneListId);
    if (found === undefined) throw new MissingDocument('zone list', zoneListId);
    return found;
  };
  return {
    zone,
    closed: ({ zoneId, zoneListId }) => {
      if (zoneListId !== undefined) return zoneList(zoneListId).value.zones;
      if (zoneId === undefined) throw new RangeError('a condition names no zone and no zone list');
      return zone(zoneId).value.zone;
    },
  };
};

export const sourcesOf = (documents: SupervisionDocuments): Sources => ({
  ...placesOf(documents),
  ...drawnIn(documents),
  timetable: (timetableId) => {
    const found = documents.timetables.get(timetableId);
    if (found === undefined) throw new MissingDocument('timetable', timetableId);
    return found;
  },
});
