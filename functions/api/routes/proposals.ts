import { daysBefore } from '#domain/casework/grounds.ts';
import { proposalsOf } from '#domain/casework/proposal.ts';
import type { ProposalFacts } from '#domain/casework/proposal-facts.ts';
import { levelAt } from '#domain/casework/supervision-level.ts';
import { type Minutes, minutesHeld } from '#domain/evaluate/added-up.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import type { TextsOff } from '#domain/model/texts-off.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import { wearerKey } from '../../adapters/dynamodb/keys.ts';
import type { LoadLeadingOrder } from '../../adapters/dynamodb/wearer-orders.ts';
import type { LoadState } from '../../adapters/dynamodb/wearer-states.ts';
import { loadTextsOff } from '../../adapters/dynamodb/wearer-texts.ts';
import { jsonResponse, refusal } from '../../middleware/http.ts';
import type { DecisionDeps } from '../decisions/deps.ts';
import { caseRefused } from '../put-case-document.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type ProposalRouteDeps = DecisionDeps &
  Readonly<{ loadLeadingOrder: LoadLeadingOrder; loadState: LoadState }>;

/** Of what adds up, the sum that is nearest to its limit, as it was evaluated last. */
const minutesOf = async (
  { loadState, loadSupervision }: ProposalRouteDeps,
  wearer: WearerRef,
  now: Instant,
): Promise<Minutes | null> => {
  const [{ state }, { watches }] = await Promise.all([loadState(wearer), loadSupervision(wearer)]);
  if (state === null) return null;
  const sums = watches.flatMap((watch) => minutesHeld(watch, state.core, now) ?? []);
  const share = ({ minutes, limitMinutes }: Minutes) => minutes / limitMinutes;
  return sums.reduce<Minutes | null>(
    (most, one) => (most === null || share(one) > share(most) ? one : most),
    null,
  );
};

/** When no text could ask the wearer for a check, by the number they have now. */
const textsOffTo = async (
  { documents }: ProposalRouteDeps,
  wearer: WearerRef,
): Promise<TextsOff[]> => {
  const mobile = (await documents.load(wearerKey(wearer), wearerSchema))?.value.mobile ?? null;
  return mobile === null ? [] : loadTextsOff(documents, wearer.agencyId, mobile);
};

const factsOf = async (
  deps: ProposalRouteDeps,
  wearer: WearerRef,
  now: Instant,
): Promise<ProposalFacts | null> => {
  const order = (await deps.loadLeadingOrder(wearer, now))?.value ?? null;
  if (order === null) return null;
  const { policy } = await deps.loadCaseworkTerms(wearer.agencyId, order);
  const { absencesDays, warningsDays, lookBackDays } = policy.proposals;
  const since = daysBefore(now, Math.max(absencesDays, warningsDays, lookBackDays));
  const [findings, kept, stretches, minutes, textsOff] = await Promise.all([
    deps.decisions.findingsSince(wearer, since),
    deps.decisions.list(wearer),
    deps.loadSupervisionLevels(wearer),
    minutesOf(deps, wearer, now),
    textsOffTo(deps, wearer),
  ]);
  const decisions = kept
    .map(({ decision }) => decision)
    .filter(({ withdrawn }) => withdrawn === null);
  const level = levelAt(stretches, now);
  return { now, order, policy, level, findings, decisions, minutes, textsOff };
};

/** What the system suggests about a wearer, with its grounds. Nothing is decided, or written. */
export const getProposals =
  (deps: ProposalRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    if (refused !== null) return refused;
    const facts = await factsOf(deps, wearer, call.now);
    if (facts === null) {
      const message = 'this wearer has no order: there is nothing that anything could rest on';
      return refusal(404, { code: 'no-order', message });
    }
    const { order, level, minutes, policy } = facts;
    const { minutes: added, limitMinutes } = minutes ?? {};
    return jsonResponse(200, {
      ...{ asOf: toIso(call.now), orderId: order.orderId, level: level.level },
      minutes: minutes === null ? null : { minutes: added, limitMinutes },
      ...proposalsOf(facts),
      goesBy: policy.proposals,
    });
  };
