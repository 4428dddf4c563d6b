import { encodeZone } from '../geo/zone-codec.ts';
import type { ZoneOrList } from '../geo/zone-or-list.ts';
import { digest } from '../model/digest.ts';
import type { OrderVersion } from '../model/documents.ts';
import { type WearerRef, watchIdSchema } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { Condition, Order } from '../model/order.ts';
import { otherIn, type Pair } from '../model/pair.ts';
import type { Activation } from '../model/wearer.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';
import { type ActiveInterval, clip, unite } from '../time/interval-sets.ts';
import { FOREVER } from './hours.ts';
import { plausibilitySchema } from './movement/plausibility.ts';
import { permittedHours } from './permitted-hours.ts';
import type { Question } from './position/question.ts';
import type { Rule } from './rule.ts';
import { implausibleMovement } from './rules/implausible-movement.ts';
import { RULES } from './rules.ts';
import { type SupervisionDocuments, sourcesOf } from './sources.ts';
import type { PlausibilityOf, Supervision, Watch } from './supervision.ts';
import { thresholdsOf } from './thresholds-of.ts';

/** How many reporting intervals old evidence may be and still speak of now. */
const FRESH_REPORTING_INTERVALS = 3;

type Dates = Readonly<{ startsAt: Instant; endsAt: Instant | null }>;

const within = (compiled: CompiledTimetable, all: readonly Dates[]): CompiledTimetable => {
  const clipped = all.map(({ startsAt, endsAt }) => {
    const [startAt, endAt] = [startsAt, endsAt ?? FOREVER];
    const validity: ActiveInterval = { startAt, endAt, startsBy: 'validity', endsBy: 'validity' };
    return clip(compiled.intervals, validity);
  });
  const [one = [], ...others] = clipped;
  return { ...compiled, intervals: others.length === 0 ? one : unite(clipped.flat()) };
};

const drawnAs = (zone: ZoneOrList): string | number[] =>
  zone.kind === 'list' ? zone.fingerprint : [...encodeZone(zone)];

/** What a belief is about: another name, other hours or another grace leave it as it is. */
const askedOf = (question: Question | null) =>
  question === null
    ? []
    : [
        question.places.map(({ stated }) => [stated.lat, stated.lon]),
        question.zone && drawnAs(question.zone),
        question.bufferMetres,
        question.isInverted,
      ];

/** A condition, and the orders for whose time it stands; the first is the one that is named. */
type Demand = Readonly<{
  condition: Condition;
  orders: readonly [OrderVersion, ...OrderVersion[]];
}>;

const watchOf = (
  documents: SupervisionDocuments,
  { condition, orders }: Demand,
  { rule, tier }: Readonly<{ rule: Rule; tier: string }>,
): Watch => {
  const sources = sourcesOf(documents);
  const [{ value: order, version: orderVersion, checkPlans }] = orders;
  const policy = documents.thresholdPolicies?.get(order.orderId)?.value ?? null;
  const thresholds = thresholdsOf(rule, condition, policy);
  const question = rule.questionOf(condition, { tier, sources, thresholds });
  const standing = within(
    rule.hoursOf(condition, { tier, sources }),
    orders.map(({ value }) => value),
  );
  const hours = rule.isPermissible
    ? permittedHours(standing, condition, documents.permissions ?? [])
    : { active: standing, permitted: [] };
  const about = documents.wearer.wearerId;
  // Both of a pair may have a condition of the same id.
  const parts = [rule.isOfPair ? about : null, condition.conditionId, rule.suffix, tier];
  return {
    firstWatchId: watchIdSchema.parse([parts[0], parts[1]].filter((part) => part).join('.')),
    watchId: watchIdSchema.parse(parts.filter((part) => part).join('.')),
    about,
    rule: rule.name,
    tier,
    condition,
    thresholds,
    version: `${rule.name}.${digest(JSON.stringify(askedOf(question)))}`,
    orderId: order.orderId,
    orderVersion,
    timeZone: order.timeZone,
    activations: documents.activations,
    visits: documents.visits ?? [],
    ...hours,
    staleAfterSeconds: FRESH_REPORTING_INTERVALS * order.reportingIntervalSeconds,
    isOfDevice: question !== null || rule.isOfDevice === true,
    question,
    planned: checkPlans?.plans[condition.conditionId] ?? null,
    mindsWays: rule.mindsWays === true,
  };
};

/** What stands in an order without being listed among its conditions. */
const standingIn = ({ deviceCare, earlySigns }: Order): Condition[] =>
  [deviceCare, earlySigns].filter((condition) => condition !== null);

/** What stands in several orders at once is watched once, as the first of them says. */
const demandsOf = (orders: readonly OrderVersion[]): Demand[] => {
  const written = orders.flatMap((order) =>
    order.value.conditions.map((condition): Demand => ({ condition, orders: [order] })),
  );
  const standing = new Map<string, Demand>();
  for (const order of orders) {
    for (const condition of standingIn(order.value)) {
      const first = standing.get(condition.kind);
      standing.set(condition.kind, {
        condition: first?.condition ?? condition,
        orders: first === undefined ? [order] : [...first.orders, order],
      });
    }
  }
  return [...written, ...standing.values()];
};

/** Early signs are seen in what the other watches found, and are looked for after them. */
const compareIds = ({ condition: a }: Demand, { condition: b }: Demand): number => {
  const isLast = [a, b].map(({ kind }) => Number(kind === 'early-signs'));
  return (isLast[0] ?? 0) - (isLast[1] ?? 0) || (a.conditionId < b.conditionId ? -1 : 1);
};

/** A condition's watches, in the order of the rules: a rule may look at those before it. */
const watchesOf = (
  documents: SupervisionDocuments,
  demand: Demand,
  rules: readonly Rule[],
): Watch[] =>
  rules.flatMap((rule) =>
    rule.tiersOf(demand.condition).map((tier) => watchOf(documents, demand, { rule, tier })),
  );

const OF_ONE = RULES.filter((rule) => !rule.isOfPair);
const OF_TWO = RULES.filter((rule) => rule.isOfPair);

const keyOf = (activations: readonly Activation[], parts: readonly unknown[]): string =>
  digest(
    JSON.stringify([
      ...parts,
      activations.map(({ activationId, startsAt, endsAt }) => [activationId, startsAt, endsAt]),
    ]),
  );

/**
 * Compiles what is on record of a wearer for evaluation, once a version.
 * Throws MissingDocument where an order names a zone, zone list or timetable that is not there.
 */
export const compileSupervision = (documents: SupervisionDocuments): Supervision => {
  const { activations, orders, zones, timetables } = documents;
  const { thresholdPolicies, learnedPlaces, permissions } = documents;
  const pairs = documents.pairs ?? [];
  const watches = demandsOf(orders)
    .sort(compareIds)
    .flatMap((demand) => watchesOf(documents, demand, OF_ONE));
  const parts = [
    watches.map(({ watchId, version, thresholds }) => [watchId, version, thresholds]),
    [...zones].map(([id, { version }]) => [id, version]),
    [...timetables].map(([id, { version }]) => [id, version]),
    orders.map((order) => [order.value.orderId, order.version]),
    (permissions ?? []).map(({ value, version }) => [value.permissionId, version]),
    [...(thresholdPolicies ?? [])].map(([id, { version }]) => [id, version]),
    (learnedPlaces ?? []).map(({ at, fromDay }) => [at.lat, at.lon, fromDay]),
    ...(pairs.length > 0 ? [pairs] : []),
    ...(documents.visits ?? []).map(({ visitId, until, outcomeAt }) => [visitId, until, outcomeAt]),
    ...[...(documents.zoneLists ?? [])].map(([id, { version }]) => [id, version]),
  ];
  const key = keyOf(activations, parts);
  return { wearer: documents.wearer, key, watches, ...weighing(watches), activations, pairs };
};

/** By what fixes are weighed before anything is believed of them, where an order has it so. */
const weighing = (watches: readonly Watch[]): Pick<Supervision, 'plausibility'> => {
  const watch = watches.find(({ rule }) => rule === 'implausible-movement');
  return watch === undefined ? {} : { plausibility: plausibilitySchema.parse(watch.thresholds) };
};

/** The same of one of a pair; the usual numbers where their orders state none. */
const weighingOf = (documents: SupervisionDocuments): PlausibilityOf => {
  const watches = demandsOf(documents.orders).flatMap((demand) =>
    watchesOf(documents, demand, [implausibleMovement]),
  );
  const usual = plausibilitySchema.parse(implausibleMovement.usual);
  return { [documents.wearer.wearerId]: weighing(watches).plausibility ?? usual };
};

/** The conditions by which one of a pair is joined to the other. */
const demandsJoining = (
  { orders }: SupervisionDocuments,
  { members }: Pick<Pair, 'members'>,
): Demand[] =>
  orders
    .flatMap((order) =>
      order.value.conditions.map((condition): Demand => ({ condition, orders: [order] })),
    )
    .filter(({ condition }) => members.some((member) => member === otherIn(condition)));

/**
 * Compiles what joins two people, from what is on record of each. A pair that nothing joins any
 * more watches nothing.
 */
export const compilePair = (
  pair: WearerRef & Pick<Pair, 'members'>,
  documents: readonly [SupervisionDocuments, SupervisionDocuments],
): Supervision => {
  const activations = documents.flatMap((one) => one.activations);
  const watches = documents.flatMap((one) =>
    demandsJoining(one, pair)
      .sort(compareIds)
      .flatMap((demand) => watchesOf(one, demand, OF_TWO)),
  );
  const parts = watches.map((watch) => {
    const { watchId, version, thresholds, orderId, orderVersion } = watch;
    return [watchId, version, thresholds, orderId, orderVersion];
  });
  const { agencyId, wearerId, members } = pair;
  const [one, other] = documents;
  const plausibilityOf = { ...weighingOf(one), ...weighingOf(other) };
  const key = keyOf(activations, [...parts, plausibilityOf]);
  return { wearer: { agencyId, wearerId }, key, watches, plausibilityOf, activations, members };
};
