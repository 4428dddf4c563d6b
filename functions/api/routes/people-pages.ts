import type { Alert } from '#domain/model/alert.ts';
import { type AgencyId, type PersonId, personIdSchema, type RotaId } from '#domain/model/ids.ts';
import {
  DAY_SECONDS,
  type Instant,
  instant,
  isoOrNull,
  secondsAfter,
  toIso,
} from '#domain/model/instant.ts';
import { rotaSchema } from '#domain/model/rota.ts';
import { ageSeconds, isPending, type PageSeen, whyPending } from '#domain/response/on-record.ts';
import type { Period } from '#domain/response/wearer-days.ts';
import { type Asking, isConcerned, type NotPaged, partOf } from '#domain/response/why-not-paged.ts';
import { peopleOn } from '#domain/rota/people-on.ts';
import type { LoadHistories } from '../../adapters/dynamodb/alert-histories.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import type { LoadListed } from '../../adapters/dynamodb/listed-alerts.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readPeriod } from '../asked-period.ts';
import { notFound, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';

export type PeoplePagesRouteDeps = Readonly<{
  documents: Documents;
  loadListed: LoadListed;
  loadHistories: LoadHistories;
}>;

const MOST_DAYS = 31;
/** What opened earlier, and has been closed since, is not looked through. */
const LOOK_BACK_DAYS = 31;
const MOST_OF_STATUS = 1_000;
/** Each of them takes a few reads: of more, the newest. */
const MOST_TOLD_OF = 200;

/** Alerts that were somebody's to act on at any time of a period, the newest first. */
const alertsThen = async (
  loadListed: LoadListed,
  agencyId: AgencyId,
  { fromAt, toAt }: Period,
): Promise<Readonly<{ alerts: Alert[]; isAll: boolean }>> => {
  const asked = { toAt, first: 'newest', most: MOST_OF_STATUS } as const;
  const backTo = instant(Math.max(0, secondsAfter(fromAt, -LOOK_BACK_DAYS * DAY_SECONDS)));
  const lists = await Promise.all([
    loadListed(agencyId, { ...asked, status: 'open', fromAt: instant(0) }),
    loadListed(agencyId, { ...asked, status: 'acknowledged', fromAt: instant(0) }),
    loadListed(agencyId, { ...asked, status: 'closed', fromAt: backTo }),
  ]);
  const alerts = lists
    .flat()
    .filter(({ closed }) => closed === null || closed.at > fromAt)
    .sort((a, b) => b.openedAt - a.openedAt);
  return { alerts, isAll: lists.every((list) => list.length < MOST_OF_STATUS) };
};

/** The rotas among those of some alerts that name somebody, as they now stand. */
const rotasOf = async (
  documents: Documents,
  agencyId: AgencyId,
  { alerts, personId }: Readonly<{ alerts: readonly Alert[]; personId: PersonId }>,
): Promise<Set<RotaId>> => {
  const targets = alerts.flatMap(({ policy }) => policy.steps.flatMap((step) => step.targets));
  const ids = new Set(targets.flatMap((one) => (one.kind === 'rota' ? [one.rotaId] : [])));
  const found = await Promise.all(
    [...ids].map((id) => documents.load(sharedKey(agencyId, 'ROTA', id), rotaSchema)),
  );
  const rotas = found.flatMap((rota) => rota?.value ?? []);
  return new Set(
    rotas.filter((rota) => peopleOn(rota).includes(personId)).map(({ rotaId }) => rotaId),
  );
};

const pageView = (seen: PageSeen, now: Instant) => {
  const { page, status, outcome, waits } = seen;
  return {
    ...{ alertId: page.alertId, wearerId: page.wearerId, pageId: page.pageId },
    ...{ purpose: page.purpose, channel: page.recipient.channel, step: page.step + 1 },
    createdAt: toIso(page.createdAt),
    status,
    endedAt: isoOrNull(outcome?.at ?? null),
    reason: isPending(seen) ? whyPending(seen, now) : (outcome?.reason ?? waits?.reason ?? null),
    ageSeconds: isPending(seen) ? ageSeconds(page.createdAt, now) : null,
  };
};

const reasonView = ({ firstAt, lastAt, ...reason }: NotPaged) => ({
  ...reason,
  firstAt: isoOrNull(firstAt),
  lastAt: isoOrNull(lastAt),
});

const isTold = ({ told }: Alert, personId: PersonId): boolean =>
  told.some((recipient) => 'personId' in recipient && recipient.personId === personId);

/** What somebody was paged within a time; of which alerts of it they were not, and why. */
export const getPersonPages =
  ({ documents, loadListed, loadHistories }: PeoplePagesRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const personId = personIdSchema.parse(request.pathParameters.personId);
    const asked = readPeriod(request, now, MOST_DAYS);
    if (!asked.ok) return unacceptable(asked.problems);
    const person = await documents.loadItem(sharedKey(agencyId, 'PERSON', personId));
    if (person === null) return notFound('this person');
    const { alerts, isAll } = await alertsThen(loadListed, agencyId, asked.value);
    const rotas = await rotasOf(documents, agencyId, { alerts, personId });
    const askingOf = ({ responsibleOfficer }: Alert): Asking => ({
      ...{ ...asked.value, personId, rotas },
      isOfficer: responsibleOfficer === personId,
    });
    const isTheirs = (alert: Alert): boolean =>
      isConcerned(alert, askingOf(alert)) || isTold(alert, personId);
    const all = alerts.filter(isTheirs);
    const own = all.slice(0, MOST_TOLD_OF);
    const histories = await loadHistories(agencyId, own);
    const parts = own.map((alert) => {
      const history = histories.get(alert.alertId) ?? { recorded: [], pages: [] };
      return { alert, ...partOf(alert, history, askingOf(alert)) };
    });
    return jsonResponse(200, {
      ...{ personId, from: toIso(asked.value.fromAt), to: toIso(asked.value.toAt) },
      pages: parts.flatMap(({ paged }) => paged.map((seen) => pageView(seen, now))),
      notPaged: parts
        .filter(({ notPaged }) => notPaged.length > 0)
        .map(({ alert: { alertId, wearerId, openedAt }, notPaged }) => ({
          ...{ alertId, wearerId, openedAt: toIso(openedAt), reasons: notPaged.map(reasonView) },
        })),
      notInPolicy: alerts.filter((alert) => !isTheirs(alert)).map(({ alertId }) => alertId),
      mayBeMore: !isAll || own.length < all.length,
    });
  };
