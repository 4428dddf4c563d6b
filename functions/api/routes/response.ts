import * as z from 'zod';
import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId, LiaisonId, PersonId } from '#domain/model/ids.ts';
import {
  DAY_SECONDS,
  type Instant,
  instant,
  isoOrNull,
  laterOf,
  secondsAfter,
  toIso,
} from '#domain/model/instant.ts';
import { type ForceCalls, forceCalls } from '#domain/response/false-alerts.ts';
import {
  groupings,
  responseOf,
  responseTimes,
  responseTimesBy,
} from '#domain/response/response-times.ts';
import { type Period, wearerDays } from '#domain/response/wearer-days.ts';
import { BUDGET_DAYS } from '../../adapters/dynamodb/false-call-memos.ts';
import type { LoadFirstPaged } from '../../adapters/dynamodb/first-paged.ts';
import type { Liaisons } from '../../adapters/dynamodb/liaisons.ts';
import type { LoadListed } from '../../adapters/dynamodb/listed-alerts.ts';
import type { LoadOnWearers } from '../../adapters/dynamodb/on-wearers.ts';
import type { People } from '../../adapters/dynamodb/people.ts';
import type { LoadPoliceCalls } from '../../adapters/dynamodb/police-calls.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readPeriod } from '../asked-period.ts';
import { readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';

export type ResponseRouteDeps = Readonly<{
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

const MOST_DAYS = 366;
/** So many alerts of each status are reckoned with; of more, the newest. */
const MOST_RECKONED = 3_000;

const querySchema = z.object({ by: z.enum(groupings).default('kind') });

type Reckoned = Readonly<{ alerts: readonly Alert[]; fromAt: Instant }>;

/** All alerts of a period; or, where they are too many, all since an instant within it. */
const alertsOf = async (
  { loadListed }: ResponseRouteDeps,
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
  { loadKnown }: ResponseRouteDeps,
  agencyId: AgencyId,
  alerts: readonly Alert[],
): Promise<ReadonlyMap<PersonId, string | null>> => {
  const officers = alerts.flatMap(({ responsibleOfficer }) => responsibleOfficer ?? []);
  const known = await loadKnown(agencyId, officers);
  return new Map(known.map(({ person: { personId, team } }) => [personId, team]));
};

const hundredths = (value: number): number => Math.round(value * 100) / 100;
const per = (count: number, days: number): number | null =>
  days === 0 ? null : Math.round((count / days) * 1e4) / 1e4;

const callsView = ({ wearers, ...calls }: ForceCalls) => ({
  ...calls,
  wearers: wearers.map((one) => ({ ...one, lastFalseAt: isoOrNull(one.lastFalseAt) })),
});

const policeView = async (deps: ResponseRouteDeps, agencyId: AgencyId, toAt: Instant) => {
  const fromAt = secondsAfter(toAt, -BUDGET_DAYS * DAY_SECONDS);
  const calls = await deps.loadPoliceCalls(agencyId, deps.forces, { fromAt, toAt });
  const forces = await Promise.all(
    deps.forces.map(async (liaisonId) => {
      const force = await deps.loadLiaison(agencyId, liaisonId);
      const budget = force?.falseCallBudget ?? deps.falseCallBudget;
      return { ...callsView(forceCalls(liaisonId, calls, budget)), budget };
    }),
  );
  return { from: toIso(fromAt), forces };
};

/** How quickly alerts were told, taken in hand and closed; how many were false. */
export const getResponse =
  (deps: ResponseRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const asked = readPeriod(request, now, MOST_DAYS);
    if (!asked.ok) return unacceptable(asked.problems);
    const grouped = readWith(querySchema, request.queryStringParameters);
    if (!grouped.ok) return unacceptable(grouped.problems);
    const { toAt } = asked.value;
    const { alerts, fromAt } = await alertsOf(deps, agencyId, asked.value);
    const period = { fromAt, toAt };
    const [pagedAt, teams, worn, police] = await Promise.all([
      deps.loadFirstPaged(agencyId, alerts),
      teamsOf(deps, agencyId, alerts),
      deps.loadOnWearers(agencyId, toAt),
      policeView(deps, agencyId, toAt),
    ]);
    const responses = alerts.map((alert) => {
      const { alertId, responsibleOfficer: officer } = alert;
      const team = officer === undefined ? null : (teams.get(officer) ?? null);
      return responseOf(alert, { pagedAt: pagedAt.get(alertId) ?? null, team });
    });
    const all = responseTimes(responses);
    const days = wearerDays(worn, period);
    const { by } = grouped.value;
    return jsonResponse(200, {
      ...{ from: toIso(fromAt), to: toIso(toAt), isCut: fromAt > asked.value.fromAt, by },
      all,
      groups: responseTimesBy(responses, by),
      wearerDays: hundredths(days),
      alertsPerWearerDay: per(all.alerts, days),
      falseAlertsPerWearerDay: per(all.falseAlerts, days),
      police,
    });
  };
