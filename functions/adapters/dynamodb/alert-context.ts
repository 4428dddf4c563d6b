import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { levelAt, policyAtLevel } from '#domain/casework/supervision-level.ts';
import type { Opening } from '#domain/escalate/alert-commands.ts';
import type { Roster } from '#domain/escalate/roster.ts';
import { isReviewed, severityOf } from '#domain/escalate/severity.ts';
import { zoneShapeSchema } from '#domain/geo/sent-shape.ts';
import {
  type Hears,
  liaisonsNamedBy,
  whoMayHear,
  whyNotByHand,
} from '#domain/liaison/who-may-hear.ts';
import { zoneAreaOf } from '#domain/liaison/zone-area.ts';
import type { Alert } from '#domain/model/alert.ts';
import { isForPeopleAlone } from '#domain/model/alert-class.ts';
import { zoneLabelSchema, zoneListLabelSchema } from '#domain/model/documents.ts';
import type { AgencyId, LiaisonId } from '#domain/model/ids.ts';
import type { Condition, Order } from '#domain/model/order.ts';
import { type Policy, policySchema } from '#domain/model/person.ts';
import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import type { Violation } from '#domain/model/violation.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import type { ZoneArea } from '#domain/model/zone-area.ts';
import { holidaysSkippedBy, peopleOn } from '#domain/rota/people-on.ts';
import { NOBODY } from '../nobody.ts';
import { documents } from './documents.ts';
import { sharedKey, wearerKey } from './keys.ts';
import { liaisons } from './liaisons.ts';
import { currentOrders, orderVersions } from './order-version.ts';
import { people } from './people.ts';
import { rotaStore } from './rotas.ts';
import { supervisionLevels } from './supervision-levels.ts';

/**
 * Something that an alert needs and that is not on record. Retry: until an administrator puts it
 * there.
 */
export class MissingForAlert extends Error {
  constructor(what: string) {
    super(`${what} is not on record: an alert waits for it`);
    this.name = 'MissingForAlert';
  }
}

const mustHave = <T>(value: T | null, what: string): T => {
  if (value === null) throw new MissingForAlert(what);
  return value;
};

/** A zone as it was sent. */
const drawnZoneSchema = zoneLabelSchema.extend({ shape: z.unknown() });

/** What an order has drawn on the map: its name, and where it lies if that can be shown. */
type Drawn = Readonly<{ name: string; zoneArea?: ZoneArea }>;

/** Loads what an alert's decisions rest on: order, policy, people on call. */
export const alertContext = (client: DynamoDBClient, table: string) => {
  const docs = documents(client, table);
  const { loadContacts } = people(client, table);
  const rotaDocs = rotaStore(client, table);
  const { load: loadLiaison, loadSome: loadLiaisons } = liaisons(client, table);

  const loadLevels = supervisionLevels(client, table);
  const loadVersion = orderVersions(client, table);
  const loadCurrent = currentOrders(client, table);

  const loadOrder = async (agencyId: AgencyId, violation: Violation): Promise<Order> =>
    mustHave(await loadVersion(agencyId, violation), `order ${violation.orderId}`);

  /** Of a list, the zone of it that the violation is about, if that can be told. */
  const loadDrawn = async (
    agencyId: AgencyId,
    condition: Condition,
    { zoneName }: Violation,
  ): Promise<Drawn | null> => {
    if ('zoneListId' in condition && condition.zoneListId !== undefined) {
      const key = sharedKey(agencyId, 'ZONE-LIST', condition.zoneListId);
      const list = await docs.load(key, zoneListLabelSchema);
      const listName = list?.value.name ?? condition.zoneListId;
      return { name: zoneName === undefined ? listName : `${zoneName} (${listName})` };
    }
    if (!('zoneId' in condition) || condition.zoneId === undefined) return null;
    const zone = await docs.load(sharedKey(agencyId, 'ZONE', condition.zoneId), drawnZoneSchema);
    if (zone === null) return { name: condition.zoneId };
    const { name, shape } = zone.value;
    // One whose shape cannot be read is named and not shown: no alert waits for a map.
    const { data } = zoneShapeSchema.safeParse(shape);
    return data === undefined ? { name } : { name, zoneArea: zoneAreaOf(data) };
  };

  const loadZone = async (agencyId: AgencyId, order: Order, violation: Violation) => {
    const condition = order.conditions.find((c) => c.conditionId === violation.conditionId);
    if (condition === undefined) return null;
    const drawn = await loadDrawn(agencyId, condition, violation);
    // Nobody is said, or shown, to be in a park who is beside it.
    const isBuffer = violation.reason === 'inside-buffer' && 'bufferMetres' in condition;
    if (drawn === null || !isBuffer) return drawn;
    return { name: `${drawn.name} and ${condition.bufferMetres} m round it` };
  };

  const placeLabel = (order: Order, violation: Violation): string | null => {
    const condition = order.conditions.find((c) => c.conditionId === violation.conditionId);
    const isAtPlace = condition?.kind === 'curfew' || condition?.kind === 'mandatory-attendance';
    return isAtPlace ? condition.place.label : null;
  };

  /**
   * By which policy it goes out: of a transfer that nobody accepts as the liaison's terms say, else
   * as the level of supervision does that the wearer was at, else as their order does.
   */
  const policyIdOf = async (agencyId: AgencyId, violation: Violation, order: Order) => {
    const { transfer, wearerId, detectedAt } = violation;
    if (transfer !== undefined) return transfer.policyId;
    const level = levelAt(await loadLevels({ agencyId, wearerId }), detectedAt);
    return policyAtLevel(level, violation) ?? order.policyId;
  };

  /** What a new alert about a violation starts with. Throws MissingForAlert. */
  const loadOpening = async (agencyId: AgencyId, violation: Violation): Promise<Opening> => {
    const order = await loadOrder(agencyId, violation);
    const { transfer } = violation;
    const policyId = await policyIdOf(agencyId, violation, order);
    const [policy, wearer, zone] = await Promise.all([
      docs.load(sharedKey(agencyId, 'POLICY', policyId), policySchema),
      docs.load(wearerKey({ agencyId, wearerId: violation.wearerId }), wearerSchema),
      loadZone(agencyId, order, violation),
    ]);
    const found = mustHave(policy, `policy ${policyId}`);
    const { value } = mustHave(wearer, `wearer ${violation.wearerId}`);
    return {
      severity: transfer?.severity ?? severityOf(violation, order),
      // Once somebody there has it there is nothing to look at: its own alert is.
      isReviewed: !isForPeopleAlone(violation.conditionKind) && isReviewed(violation, order),
      isTest: violation.wearerId === TEST_WEARER,
      policy: found.value,
      policyVersion: found.version,
      facts: {
        wearerName: value.name,
        zoneName: zone?.name ?? null,
        ...(zone?.zoneArea === undefined ? {} : { zoneArea: zone.zoneArea }),
        placeLabel: placeLabel(order, violation),
        timeZone: order.timeZone,
        legalBasis: order.legalBasis,
        ...(value.isExercise ? { isExercise: true } : {}),
        violation,
      },
    };
  };

  /** Who outside may hear, by the order as it now stands: it may let others hear than it did. */
  const loadHears = async (
    agencyId: AgencyId,
    order: Order,
    violation: Violation,
  ): Promise<Hears[]> => {
    const naming = (await loadCurrent(agencyId, violation)) ?? order;
    const known = await loadLiaisons(agencyId, liaisonsNamedBy(naming));
    const severity = severityOf(violation, order);
    return whoMayHear(naming, known, { ...violation, severity });
  };

  /** Everybody whom a policy may come to now. */
  const loadRoster = async (
    agencyId: AgencyId,
    policy: Policy,
    violation: Violation,
  ): Promise<Roster> => {
    const order = await loadOrder(agencyId, violation);
    const targets = policy.steps.flatMap((step) => step.targets);
    const rotas = await rotaDocs.loadSome(
      agencyId,
      targets.flatMap((target) => (target.kind === 'rota' ? [target.rotaId] : [])),
    );
    const contacts = await loadContacts(agencyId, [
      order.responsibleOfficer,
      ...policy.lastResort.personIds,
      ...targets.flatMap((target) => (target.kind === 'person' ? [target.personId] : [])),
      ...rotas.flatMap(peopleOn),
    ]);
    const office = policy.officeHours?.holidaysId;
    const holidays = await rotaDocs.loadHolidays(agencyId, [
      ...(office === undefined ? [] : [office]),
      ...rotas.flatMap(holidaysSkippedBy),
    ]);
    const { responsibleOfficer } = order;
    const liaisons = await loadHears(agencyId, order, violation);
    return { responsibleOfficer, contacts, rotas, holidays, liaisons };
  };

  /** Everybody whom an alert may come to now; nobody, where there is none. */
  const rosterOf = async (agencyId: AgencyId, alert: Alert | null): Promise<Roster> =>
    alert === null ? NOBODY : loadRoster(agencyId, alert.policy, alert.facts.violation);

  /** The same, where a person wants a liaison told that is not among those who would be. */
  const rosterWith = async (
    agencyId: AgencyId,
    alert: Alert | null,
    liaisonId: LiaisonId,
  ): Promise<Roster> => {
    const [roster, liaison] = await Promise.all([
      rosterOf(agencyId, alert),
      loadLiaison(agencyId, liaisonId),
    ]);
    const others = roster.liaisons.filter((one) => one.liaisonId !== liaisonId);
    const asked = { liaisonId, kind: liaison?.kind ?? null, whyNot: whyNotByHand(liaison) };
    return { ...roster, liaisons: [...others, asked] };
  };

  return { loadOpening, loadRoster, rosterOf, rosterWith };
};
export type AlertContext = ReturnType<typeof alertContext>;
