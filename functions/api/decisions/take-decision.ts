import {
  type Decision,
  decisionSchema,
  dispositionOf,
  foundOf,
  isSameDecision,
  type SentDecision,
} from '#domain/casework/decision.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { decisionKey } from '../../adapters/dynamodb/decision-keys.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { unacceptable } from '../problems.ts';
import { putCaseDocument } from '../put-case-document.ts';
import type { Call } from '../route.ts';
import { refusedAct } from '../routes/alerts.ts';
import type { DecisionDeps } from './deps.ts';
import { followedPuts } from './followed-puts.ts';
import { loadRests, othersAmong, problemsOfDecision } from './problems-of-decision.ts';

type Taken = Readonly<{ wearer: WearerRef; sent: SentDecision }>;

const decidedAlready = ({ by, kind, decidedAt, withdrawn }: Decision): HttpResponse => {
  const state = withdrawn === null ? 'stands' : 'was withdrawn';
  const message = `this decision ${state}, and is not changed: put another one under an id of its own`;
  const more = { by, kind, at: toIso(decidedAt), isWithdrawn: withdrawn !== null };
  return refusal(409, { code: 'decided-already', message, more });
};

/** What was put before under this id: the same, or something else. */
const known = (decision: Decision, version: number, sent: SentDecision): HttpResponse =>
  isSameDecision(decision, sent)
    ? jsonResponse(200, { version, changed: false })
    : decidedAlready(decision);

/** One try: everything as it now stands, and all of it in one transaction. */
const tryOnce = async (
  deps: DecisionDeps,
  call: Call,
  { wearer, sent }: Taken,
): Promise<HttpResponse> => {
  const { now: at } = call;
  const key = decisionKey(wearer, sent.decisionId);
  const before = await deps.documents.load(key, decisionSchema);
  if (before !== null) return known(before.value, before.version, sent);
  const rests = await loadRests(deps, wearer, sent);
  const problems = [
    ...(await problemsOfDecision(deps, call, { wearer, sent, rests })),
    ...othersAmong(sent, rests),
  ];
  const { order, permission, violations } = rests;
  if (order === null || problems.length > 0) return unacceptable(problems);
  const decision: Decision = {
    ...{ ...sent, decidedAt: sent.decidedAt ?? at },
    ...{ found: violations.map(foundOf), withdrawn: null, letters: [] },
  };
  const { by, reason, decisionId, kind, closes } = sent;
  const disposition = dispositionOf(sent);
  const asked = closes.map(({ alertId, epoch }) => ({
    alertId,
    command: { type: 'close', by, epoch, disposition, reason, decisionId } as const,
  }));
  const planned = await deps.planAlerts(wearer, { asked, at });
  if (planned.outcome === 'refused') return refusedAct(planned.refusal, planned.alert);
  const followed = await followedPuts(deps, { wearer, decision, order, permission, at });
  return putCaseDocument(deps, call, {
    ...{ wearer, key, entity: 'DECISION', body: decision, known: null },
    ...{ name: `DECISION#${decisionId}`, told: { type: 'decision-taken', by, kind, reason } },
    beside: () => [...followed, ...planned.writes],
  });
};

/** Who writes at the same time is followed so often: then it is for the caller to read again. */
const MOST_TRIES = 4;

const isMeanwhile = ({ statusCode, body }: HttpResponse): boolean =>
  statusCode === 409 && JSON.parse(body).code === 'changed-meanwhile';

/** Does something until nobody else has written in between, and says what came of it. */
export const untilSaved = async (once: () => Promise<HttpResponse>): Promise<HttpResponse> => {
  let answer = await once();
  for (let tries = 1; tries < MOST_TRIES && isMeanwhile(answer); tries += 1) answer = await once();
  return answer;
};

/**
 * Puts a decision on record with all that follows from it, and closes the alerts that it names: all
 * of it, or nothing. Of two who decide about the same alert one wins; the other hears who has, and
 * how.
 */
export const takeDecision = (deps: DecisionDeps, call: Call, taken: Taken): Promise<HttpResponse> =>
  untilSaved(() => tryOnce(deps, call, taken));
