import { encodeZone } from '../geo/zone-codec.ts';
import { digest } from '../model/digest.ts';
import type { OrderVersion, TimetableVersion, ZoneVersion } from '../model/documents.ts';
import type { TimetableId, WearerRef, ZoneId } from '../model/ids.ts';
import { type Instant, instant } from '../model/instant.ts';
import type { Condition } from '../model/order.ts';
import type { Activation } from '../model/wearer.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';
import { type ActiveInterval, clip } from '../time/interval-sets.ts';
import { FOREVER } from './hours.ts';
import { askAboutPlace, askAboutZone, type Question } from './position/question.ts';
import type { SupervisedCondition, Supervision } from './supervision.ts';

/** Everything on record about one wearer that evaluation needs. */
export type SupervisionDocuments = Readonly<{
  wearer: WearerRef;
  orders: readonly OrderVersion[];
  zones: ReadonlyMap<ZoneId, ZoneVersion>;
  timetables: ReadonlyMap<TimetableId, TimetableVersion>;
  activations: readonly Activation[];
}>;

/** How many reporting intervals old evidence may be and still speak of now. */
const FRESH_REPORTING_INTERVALS = 3;

const EVER: CompiledTimetable = {
  fromAt: instant(0),
  untilAt: FOREVER,
  tzdataVersion: 'none',
  intervals: [
    {
      startAt: instant(0),
      endAt: FOREVER,
      startsBy: 'validity',
      endsBy: 'validity',
    },
  ],
};

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

const zoneOf = (documents: SupervisionDocuments, zoneId: ZoneId): ZoneVersion => {
  const found = documents.zones.get(zoneId);
  if (found === undefined) throw new MissingDocument('zone', zoneId);
  return found;
};

const hoursOf = (documents: SupervisionDocuments, condition: Condition) => {
  if (condition.timetableId === null) return { version: 0, compiled: EVER };
  const found = documents.timetables.get(condition.timetableId);
  if (found === undefined) throw new MissingDocument('timetable', condition.timetableId);
  return { version: found.version, compiled: found.value.compiled };
};

const within = (
  compiled: CompiledTimetable,
  dates: Readonly<{ startsAt: Instant; endsAt: Instant | null }>,
): CompiledTimetable => {
  const validity: ActiveInterval = {
    startAt: dates.startsAt,
    endAt: dates.endsAt ?? EVER.untilAt,
    startsBy: 'validity',
    endsBy: 'validity',
  };
  return { ...compiled, intervals: clip(compiled.intervals, validity) };
};

const questionOf = (documents: SupervisionDocuments, condition: Condition): Question => {
  switch (condition.kind) {
    case 'exclusion-zone': {
      const { zone } = zoneOf(documents, condition.zoneId).value;
      return askAboutZone({ zone, bufferMetres: condition.bufferMetres, place: condition.place });
    }
    case 'curfew':
      return askAboutPlace(condition.place);
    default:
      return condition satisfies never;
  }
};

/** What a belief is about: another name, other hours or another grace leave it as it is. */
const askedOf = ({ place, zone, bufferMetres, densities }: Question) => [
  place && [place.lat, place.lon, densities.scatterVarianceSquareMetres],
  zone && [...encodeZone(zone)],
  bufferMetres,
];

const superviseCondition = (
  documents: SupervisionDocuments,
  { value: order, version: orderVersion }: OrderVersion,
  condition: Condition,
): SupervisedCondition => {
  const hours = hoursOf(documents, condition);
  const question = questionOf(documents, condition);
  return {
    condition,
    version: `${condition.kind}.${digest(JSON.stringify(askedOf(question)))}`,
    orderId: order.orderId,
    orderVersion,
    active: within(hours.compiled, order),
    staleAfterSeconds: FRESH_REPORTING_INTERVALS * order.reportingIntervalSeconds,
    question,
  };
};

/**
 * Compiles what is on record of a wearer for evaluation, once a version.
 * Throws MissingDocument where an order names a zone or timetable that is not there.
 */
export const compileSupervision = (documents: SupervisionDocuments): Supervision => {
  const conditions = documents.orders
    .flatMap((order) =>
      order.value.conditions.map((condition) => superviseCondition(documents, order, condition)),
    )
    .sort((a, b) => (a.condition.conditionId < b.condition.conditionId ? -1 : 1));
  const { activations } = documents;
  const parts = [
    conditions.map((supervised) => [supervised.condition.conditionId, supervised.version]),
    [...documents.zones].map(([id, { version }]) => [id, version]),
    [...documents.timetables].map(([id, { version }]) => [id, version]),
    documents.orders.map((order) => [order.value.orderId, order.version]),
    activations.map(({ activationId, startsAt, endsAt }) => [activationId, startsAt, endsAt]),
  ];
  return { wearer: documents.wearer, key: digest(JSON.stringify(parts)), conditions, activations };
};
