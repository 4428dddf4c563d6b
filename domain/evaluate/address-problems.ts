import type { OtherPlace } from '../model/conditions/curfew.ts';
import type { OrderVersion } from '../model/documents.ts';
import { toIso } from '../model/instant.ts';
import type { Condition, Order } from '../model/order.ts';
import type { Place } from '../model/place.ts';
import { type ActiveInterval, common } from '../time/interval-sets.ts';
import { compileSupervision } from './compile-supervision.ts';
import { depthMetres, type Question } from './position/question.ts';
import type { SupervisionDocuments } from './sources.ts';
import type { Watch } from './supervision.ts';
import type { ThresholdProblem } from './threshold-problems.ts';

type Documents = Pick<SupervisionDocuments, 'wearer' | 'zones' | 'timetables'>;

/** An address at which the wearer is to be, or may be, and when. */
type Address = Readonly<{ path: string; place: Place; hours: readonly ActiveInterval[] }>;
/** Where the wearer must not be, and when. */
type Closed = Readonly<{ watch: Watch; question: Question }>;

const addressesOf = (
  { conditions }: Order,
  watches: readonly Watch[],
  { timetables }: Documents,
): Address[] =>
  conditions.flatMap((condition, i) => {
    if (condition.kind !== 'curfew') return [];
    const curfew = watches.find(
      ({ rule, tier, condition: { conditionId } }) =>
        rule === 'curfew-absence' && tier === '' && conditionId === condition.conditionId,
    );
    const hours = curfew?.active.intervals ?? [];
    const ownHours = ({ timetableId }: OtherPlace): readonly ActiveInterval[] =>
      timetableId === null
        ? hours
        : common(hours, timetables.get(timetableId)?.value.compiled.intervals ?? []);
    const path = `conditions.${i}`;
    return [
      { path: `${path}.place`, place: condition.place, hours },
      ...condition.otherPlaces.map((place, nth) => ({
        ...{ path: `${path}.otherPlaces.${nth}`, place, hours: ownHours(place) },
      })),
    ];
  });

/** The watches over zones themselves, without their buffers. */
const closedBy = (watches: readonly Watch[]): Closed[] =>
  watches.flatMap((watch) => {
    const { rule, tier, question } = watch;
    const isOfZone = rule === 'exclusion-zone' || rule === 'inclusion-zone';
    return isOfZone && tier === '' && question !== null ? [{ watch, question }] : [];
  });

const problemOf = ({ path, place, hours }: Address, closed: Closed): ThresholdProblem[] => {
  const { watch, question } = closed;
  const metres = depthMetres(question, place);
  const [first] = metres > 0 ? common(hours, watch.active.intervals) : [];
  if (first === undefined) return [];
  const side = question.isInverted ? 'outside the zone' : 'inside the zone';
  const message =
    `${place.label} lies ${Math.ceil(metres)} m ${side} of condition ${watch.condition.conditionId}, ` +
    `at hours that both apply, first from ${toIso(first.startAt)}: ` +
    'nobody can keep to both; move the address or the zone, or change the hours of one';
  return [{ path, code: 'address-not-allowed', message }];
};

/** Zone lists are left out: thousands of zones would be read for each order that is put. */
const isChecked = (condition: Condition): boolean =>
  !('zoneListId' in condition) || condition.zoneListId === undefined;

/**
 * Every curfew address that another condition of the same order forbids at the same hours, each
 * with its field: whoever obeyed the one would be told of by the other. Throws as
 * `compileSupervision` does.
 */
export const addressProblems = (order: Order, documents: Documents): ThresholdProblem[] => {
  if (!order.conditions.some(({ kind }) => kind === 'curfew')) return [];
  const value: Order = { ...order, conditions: order.conditions.filter(isChecked) };
  const orders: OrderVersion[] = [{ version: 1, value }];
  const { watches } = compileSupervision({ ...documents, orders, activations: [] });
  const closed = closedBy(watches);
  return addressesOf(order, watches, documents).flatMap((address) =>
    closed.flatMap((one) => problemOf(address, one)),
  );
};
