import { standingAt } from '../evaluate/supervision-history.ts';
import type { Dated, OrderVersion } from '../model/documents.ts';
import type { Condition } from '../model/order.ts';
import type { Block } from './block.ts';
import type { Section } from './document.ts';
import { factsOf, missing, type Part, section, tableOf, words } from './pieces.ts';
import type { Named, WearerFacts } from './wearer-facts.ts';

type Version = OrderVersion & Dated;

/** Who somebody is, by name and role; the id alone of whom nobody knows any more. */
export const personWords = (people: readonly Named[], id: string): string => {
  const found = people.find(({ personId }) => personId === id);
  return found === undefined ? id : `${found.name} (${found.role}, ${id})`;
};

/** The versions of each order that were in force at some time of the period, the oldest first. */
export const versionsInForce = ({ history, asked }: WearerFacts): Version[] =>
  history.orders.flatMap((versions) => {
    const inOrder = versions.toSorted((a, b) => a.version - b.version);
    return inOrder.filter((one, i) => {
      const { fromAt, untilAt } = asked.period;
      const begins = one.inForceAt < untilAt;
      // A later version that was in force by the beginning leaves this one no time of the period.
      const isReplaced = inOrder.slice(i + 1).some(({ inForceAt }) => inForceAt <= fromAt);
      const hasEnded = one.value.endsAt !== null && one.value.endsAt <= fromAt;
      return begins && !isReplaced && !hasEnded;
    });
  });

const PLACES = new Set<Condition['kind']>(['curfew', 'mandatory-attendance']);

/** What a condition is about: never who it protects, nor an address by its street. */
const aboutWords = ({ history }: WearerFacts, condition: Condition, version: Version): string => {
  const parts: string[] = [];
  const named = (
    found: Readonly<{ version: number; value: Readonly<{ name: string }> }> | null,
  ) => {
    if (found !== null) parts.push(`${found.value.name} (version ${found.version})`);
  };
  const at = version.inForceAt;
  if ('zoneId' in condition && condition.zoneId !== undefined) {
    named(standingAt(history.zones.get(condition.zoneId) ?? [], at));
  }
  if ('zoneListId' in condition && condition.zoneListId !== undefined) {
    named(standingAt(history.zoneLists?.get(condition.zoneListId) ?? [], at));
  }
  if ('bufferMetres' in condition && condition.bufferMetres > 0) {
    parts.push(`buffer of ${condition.bufferMetres} m`);
  }
  if ('purpose' in condition) parts.push(condition.purpose);
  if (PLACES.has(condition.kind) && 'place' in condition && condition.place !== null) {
    parts.push(`at ${condition.place.label}`);
  }
  if ('timetableId' in condition && condition.timetableId !== null) {
    named(standingAt(history.timetables.get(condition.timetableId) ?? [], at));
  }
  if (condition.kind === 'victim-proximity')
    parts.push('a protected person, who is not named here');
  if (condition.kind === 'non-association') parts.push('another person, who is not named here');
  return parts.length === 0 ? 'nothing beside the condition itself' : parts.join('; ');
};

const conditionsOf = ({ value }: Version): Condition[] => [
  ...value.conditions,
  ...(value.deviceCare === null ? [] : [value.deviceCare]),
];

const partOf = (facts: WearerFacts, version: Version): Part => {
  const { value } = version;
  return {
    heading: `Order ${value.orderId}, version ${version.version}`,
    blocks: [
      ...factsOf('The order', [
        ['Legal basis', value.legalBasis],
        ['Kind of order', value.type],
        ['Version', String(version.version)],
        ['In force from', { at: version.inForceAt }],
        ['Put on record', { at: version.changedAt }],
        ['Order starts', { at: value.startsAt }],
        ['Order ends', value.endsAt === null ? 'no end is set' : { at: value.endsAt }],
        ['Time zone of the order', value.timeZone],
        ['Responsible officer', personWords(facts.people, value.responsibleOfficer)],
      ]),
      tableOf('What it asks of the wearer', {
        columns: [words('Condition', 2), words('Kind', 2), words('About', 5)],
        rows: conditionsOf(version).map((condition) => [
          ...[condition.conditionId, condition.kind, aboutWords(facts, condition, version)],
        ]),
        whenEmpty: 'It has no condition.',
      }),
    ],
  };
};

const NO_ORDER: Block = missing(
  'No order was in force in this period',
  'Nothing was watched, so nothing could be found, and nothing found could be a failure to comply.',
);

/** The orders of the period, each version that was in force with its legal basis. */
export const ordersSection = (facts: WearerFacts): Section => {
  const versions = versionsInForce(facts);
  return section(
    'The order, as it was in force',
    versions.length === 0 ? [NO_ORDER] : [],
    versions.map((version) => partOf(facts, version)),
  );
};
