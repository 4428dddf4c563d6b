import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId, LiaisonId, PersonId } from '#domain/model/ids.ts';
import {
  DAY_SECONDS,
  type Instant,
  instant,
  laterOf,
  secondsAfter,
} from '#domain/model/instant.ts';
import { type ForceCalls, forceCalls } from '#domain/response/false-alerts.ts';
import { type Response, responseOf } from '#domain/response/response-times.ts';
import { type Period, wearerDays } from '#domain/response/wearer-days.ts';
import { BUDGET_DAYS } from './dynamodb/false-call-memos.ts';
import type { LoadFirstPaged } from './dynamodb/first-paged.ts';
import type { Liaisons } from './dynamodb/liaisons.ts';
import type { LoadListed } from './dynamodb/listed-alerts.ts';
import type { LoadOnWearers } from './dynamodb/on-wearers.ts';
import type { People } from './dynamodb/people.ts';
import type { LoadPoliceCalls } from './dynamodb/police-calls.ts';

export type ResponseReaders = Readonly<{
  loadListed: LoadListed;
  loadFirstPaged: LoadFirstPaged;
  loadPoliceCalls: LoadPoliceCalls;
  loadOnWearers: LoadOnWearers;
  loadKnown: People['loadKnown'];
  loadLiaison: Liaisons['load'];
  forces: readonly LiaisonId[];
  /** So many false calls about one wearer in twelve months, and a force comes no more. */
  falseCallBudget: number;
}>;

/** So many alerts of each status are reckoned with; of more, the newest. */
const MOST_RECKONED = 3_000;

type Reckoned = Readonly<{ alerts: readonly Alert[]; fromAt: Instant }>;

/** All alerts of a period; or, where they are too many, all since an instant within it. */
const alertsOf = async (
  { loadListed }: ResponseReaders,
  agencyId: AgencyId,
  period: Period,
): Promise<Reckoned> => {
  const asked = { ...period, first: 'newest', most: MOST_RECKONED } as const;
  const lists = await Promise.all(
    (['open', 'acknowledged', 'closed'] as const).map((status) =>
      loadListed(agencyId, { ...asked, status }),
    ),
  );
  const fromAt = lists.reduce((from, list) => {
    const oldest = list.length < MOST_RECKONED ? undefined : list.at(-1);
    // Of the instant of the last one others may have been left out.
    return oldest === undefined ? from : laterOf(from, instant(oldest.openedAt + 1));
  }, period.fromAt);
  return { fromAt, alerts: lists.flat().filter(({ openedAt }) => openedAt >= fromAt) };
};

/** The teams of the officers of some alerts, as they are now. */
const teamsOf = async (
  { loadKnown }: ResponseReaders,
  agencyId: AgencyId,
  alerts: readonly Alert[],
): Promise<ReadonlyMap<PersonId, string | null>> => {
  const officers = alerts.flatMap(({ responsibleOfficer }) => responsibleOfficer ?? []);
  const known = await loadKnown(agencyId, officers);
  return new Map(known.map(({ person: { personId, team } }) => [personId, team]));
};

/** What each force was called to in twelve months, with how many false calls it puts up with. */
export type CallsOfForce = ForceCalls & Readonly<{ budget: number }>;

const callsOf = async (readers: ResponseReaders, agencyId: AgencyId, toAt: Instant) => {
  const fromAt = secondsAfter(toAt, -BUDGET_DAYS * DAY_SECONDS);
  const calls = await readers.loadPoliceCalls(agencyId, readers.forces, { fromAt, toAt });
  const forces = await Promise.all(
    readers.forces.map(async (liaisonId): Promise<CallsOfForce> => {
      const force = await readers.loadLiaison(agencyId, liaisonId);
      const budget = force?.falseCallBudget ?? readers.falseCallBudget;
      return { ...forceCalls(liaisonId, calls, budget), budget };
    }),
  );
  return { fromAt, forces };
};

/** What response times and shares of false alerts of an agency are reckoned from. */
export type ResponseFacts = Readonly<{
  /** From when on alerts are reckoned with: later than was asked where there were too many. */
  fromAt: Instant;
  responses: readonly Response[];
  wearerDays: number;
  police: Readonly<{ fromAt: Instant; forces: readonly CallsOfForce[] }>;
}>;

/** Loads what an agency's alerts of a period came to. */
export const responseFacts =
  (readers: ResponseReaders) =>
  async (agencyId: AgencyId, asked: Period): Promise<ResponseFacts> => {
    const { toAt } = asked;
    const { alerts, fromAt } = await alertsOf(readers, agencyId, asked);
    const [pagedAt, teams, worn, police] = await Promise.all([
      readers.loadFirstPaged(agencyId, alerts),
      teamsOf(readers, agencyId, alerts),
      readers.loadOnWearers(agencyId, toAt),
      callsOf(readers, agencyId, toAt),
    ]);
    const responses = alerts.map((alert) => {
      const { alertId, responsibleOfficer: officer } = alert;
      const team = officer === undefined ? null : (teams.get(officer) ?? null);
      return responseOf(alert, { pagedAt: pagedAt.get(alertId) ?? null, team });
    });
    return { fromAt, responses, wearerDays: wearerDays(worn, { fromAt, toAt }), police };
  };
