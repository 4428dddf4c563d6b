import { type Decision, decisionSchema } from '#domain/casework/decision.ts';
import type { DecisionId, PersonId, WearerRef } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { decisionKey } from '../../adapters/dynamodb/decision-keys.ts';
import { versionOf } from '../../adapters/dynamodb/documents.ts';
import { readJson } from '../../adapters/dynamodb/items.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { notFound } from '../problems.ts';
import { putCaseDocument } from '../put-case-document.ts';
import type { Call } from '../route.ts';
import { refusedAct } from '../routes/alerts.ts';
import type { DecisionDeps } from './deps.ts';
import { undonePuts } from './followed-puts.ts';
import { untilSaved } from './take-decision.ts';

type Withdrawal = Readonly<{
  wearer: WearerRef;
  decisionId: DecisionId;
  by: PersonId;
  reason: string;
}>;

const withdrawnAlready = ({ by, withdrawnAt, reason }: NonNullable<Decision['withdrawn']>) =>
  refusal(409, {
    ...{ code: 'withdrawn-already', message: 'this decision has been withdrawn before' },
    more: { by, at: toIso(withdrawnAt), reason },
  });

const tryOnce = async (
  deps: DecisionDeps,
  call: Call,
  { wearer, decisionId, by, reason }: Withdrawal,
): Promise<HttpResponse> => {
  const { now: at } = call;
  const key = decisionKey(wearer, decisionId);
  const known = await deps.documents.loadItem(key);
  if (known === null) return notFound('this decision');
  const decision = readJson(known, 'body', decisionSchema);
  const { withdrawn, kind } = decision;
  if (withdrawn !== null) {
    const isSame = withdrawn.by === by && withdrawn.reason === reason;
    return isSame
      ? jsonResponse(200, { version: versionOf(known), changed: false })
      : withdrawnAlready(withdrawn);
  }
  const asked = decision.closes.map(({ alertId }) => ({
    alertId,
    command: { type: 'withdraw-closing', by, decisionId, reason } as const,
  }));
  const planned = await deps.planAlerts(wearer, { asked, at });
  if (planned.outcome === 'refused') return refusedAct(planned.refusal, planned.alert);
  const undone = await undonePuts(deps, { wearer, decision }, { at, by, why: reason });
  const answer = await putCaseDocument(deps, call, {
    ...{ wearer, key, entity: 'DECISION', known },
    body: { ...decision, withdrawn: { withdrawnAt: at, by, reason } },
    ...{ name: `DECISION#${decisionId}`, told: { type: 'decision-withdrawn', by, kind, reason } },
    beside: () => [...undone, ...planned.writes],
  });
  if (answer.statusCode === 200) {
    // What is open again has a time of its own; the sweep would find it, later.
    for (const { after } of planned.changed) await deps.alertTimer(wearer.agencyId, after, at);
  }
  return answer;
};

/**
 * Takes a decision back, and undoes what followed from it as far as that still stands: both stay on
 * record. Alerts that were closed with it are open again, to be decided upon anew.
 */
export const withdrawDecision = (
  deps: DecisionDeps,
  call: Call,
  withdrawal: Withdrawal,
): Promise<HttpResponse> => untilSaved(() => tryOnce(deps, call, withdrawal));
