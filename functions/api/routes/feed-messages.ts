import type { TransferDecision } from '#domain/liaison/transfer-commands.ts';
import type { ChangeTransfer } from '../../adapters/change-transfer.ts';
import type { Liaisons } from '../../adapters/dynamodb/liaisons.ts';
import type { TakenMessages, TheirMessage } from '../../adapters/dynamodb/taken-messages.ts';
import type { Transfers } from '../../adapters/dynamodb/transfers.ts';
import type { Telemetry } from '../../adapters/log/log.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { isResponse } from '../problems.ts';
import { type FeedMessage, readFeedMessage, type Said } from '../read-feed-message.ts';
import type { LiaisonCall, LiaisonRoute } from '../route.ts';

export type FeedMessageRouteDeps = Readonly<{
  loadLiaison: Liaisons['load'];
  transfers: Pick<Transfers, 'load'>;
  takenMessages: TakenMessages;
  changeTransfer: ChangeTransfer;
  telemetry: Telemetry;
}>;

const WHY_NOT_NOW = {
  stale: 'the message was written more than a quarter of an hour ago: write it anew',
  expired: 'the message has run out by its own exp: write it anew',
  'from-the-future': 'the message is dated more than five minutes ahead: set the clock right',
} as const;

const REFUSALS = {
  'incident-unknown': 'nothing waits for an answer under this incident id',
  'event-unknown': 'no event of that id was sent of this incident',
  'from-the-future': WHY_NOT_NOW['from-the-future'],
} as const;

/** The same whether there is none, or it is somebody else's. */
const unknownIncident = (): HttpResponse =>
  refusal(404, { code: 'incident-unknown', message: REFUSALS['incident-unknown'] });

/** Whether all that a message speaks of was sent to whoever sends it. */
const areTheirs = async (
  { transfers }: FeedMessageRouteDeps,
  { agencyId, liaisonId }: LiaisonCall,
  { said }: FeedMessage,
): Promise<boolean> => {
  const found = await Promise.all(
    said.map(({ incidentId }) => transfers.load(agencyId, incidentId)),
  );
  return found.every((transfer) => transfer?.liaisonId === liaisonId);
};

type Taking = Readonly<{ call: LiaisonCall; message: FeedMessage; theirs: TheirMessage }>;

/** What a message comes to. Where it changes something, that it was taken is saved with that. */
const takeIn = async (
  { changeTransfer, takenMessages }: FeedMessageRouteDeps,
  { call, message, theirs }: Taking,
): Promise<TransferDecision[]> => {
  const taken = takenMessages.entry(theirs, message.until);
  const decisions: TransferDecision[] = [];
  const isOne = message.said.length === 1;
  for (const { incidentId, command } of message.said) {
    const beside = isOne ? [taken] : [];
    const asked = { incidentId, command, beside };
    decisions.push((await changeTransfer(call.agencyId, asked)).decision);
  }
  const isSaved = isOne && decisions.every(({ outcome }) => outcome === 'happened');
  const isRefused = decisions.some(({ outcome }) => outcome === 'refused');
  if (!isSaved && !isRefused) await takenMessages.put(theirs, message.until);
  return decisions;
};

const answered = (said: readonly Said[], decisions: readonly TransferDecision[]): HttpResponse => {
  const refused = decisions.find((decision) => decision.outcome === 'refused');
  if (refused?.outcome === 'refused') {
    return refusal(422, { code: refused.code, message: REFUSALS[refused.code] });
  }
  const changes = decisions.map((decision, i) => ({
    incidentId: said[i]?.incidentId,
    outcome: decision.outcome === 'happened' ? 'taken' : 'nothing-new',
    ...(decision.outcome === 'nothing' ? { reason: decision.reason } : {}),
  }));
  return jsonResponse(200, { outcome: 'taken', changes });
};

/**
 * Takes what a liaison says of incidents that were transferred to it: that its system has them,
 * that somebody accepts or rejects them, that it is done, or that they stand in its system. A
 * message is taken once; again it is known, and changes nothing.
 */
export const postFeedMessage =
  (deps: FeedMessageRouteDeps): LiaisonRoute =>
  async (call) => {
    const { agencyId, liaisonId, request, now } = call;
    const { log, measure } = deps.telemetry;
    const liaison = await deps.loadLiaison(agencyId, liaisonId);
    if (liaison === null) return unknownIncident();
    const message = await readFeedMessage(request, liaison, now);
    if (isResponse(message)) {
      if (message.statusCode === 401) {
        measure('feedMessagesForged', 1);
        log.error('message of a liaison not signed by it', { agencyId, liaisonId });
      }
      return message;
    }
    const theirs = { agencyId, liaisonId, jti: message.jti };
    if (await deps.takenMessages.isTaken(theirs)) return jsonResponse(200, { outcome: 'known' });
    if (message.whyNotNow !== null) {
      const code = message.whyNotNow;
      return refusal(422, { code, message: WHY_NOT_NOW[code] });
    }
    if (!(await areTheirs(deps, call, message))) return unknownIncident();
    return answered(message.said, await takeIn(deps, { call, message, theirs }));
  };
