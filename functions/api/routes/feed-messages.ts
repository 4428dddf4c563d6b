import type { Liaison } from '#domain/model/liaison.ts';
import type { ChangedTransfer, ChangeTransfer } from '../../adapters/change-transfer.ts';
import type { Liaisons } from '../../adapters/dynamodb/liaisons.ts';
import type { TakenMessages, TheirMessage } from '../../adapters/dynamodb/taken-messages.ts';
import type { Transfers } from '../../adapters/dynamodb/transfers.ts';
import type { HttpResponse } from '../../middleware/http.ts';
import { answered, type Found, known, notNow, unknownIncident } from '../answer-feed-message.ts';
import { doorOfReceipt, type FeedReceiptDeps, takeFeedReceipt } from '../feed-receipt.ts';
import { isResponse } from '../problems.ts';
import { type FeedMessage, readFeedMessage } from '../read-feed-message.ts';
import type { LiaisonCall, LiaisonRoute } from '../route.ts';

export type FeedMessageRouteDeps = Readonly<{
  loadLiaison: Liaisons['load'];
  transfers: Pick<Transfers, 'load'>;
  takenMessages: TakenMessages;
  changeTransfer: ChangeTransfer;
}> &
  FeedReceiptDeps;

/** What a message speaks of, as it stands: transfers, and events of which no transfer waits. */
const foundOf = (
  deps: FeedMessageRouteDeps,
  call: LiaisonCall,
  message: FeedMessage,
): Promise<Found[]> =>
  Promise.all(
    message.said.map(async (said) => {
      const transfer = await deps.transfers.load(call.agencyId, said.incidentId);
      const door = transfer === null ? await doorOfReceipt(deps, call, said) : null;
      return { said, transfer, door };
    }),
  );

/** Whoever speaks of the incident of another has been told of it by others, or tries the door. */
const noteNotTheirs = (
  { telemetry: { log, measure } }: FeedMessageRouteDeps,
  { agencyId, liaisonId }: LiaisonCall,
  { said: { incidentId }, transfer }: Found,
): void => {
  const ids = { agencyId, liaisonId, incidentId };
  const words = 'message of a liaison about an incident that is not its own';
  if (transfer === null) {
    log.warn(words, { ...ids, reason: 'of-none' });
    return;
  }
  measure('feedMessagesNotTheirs', 1);
  log.error(words, { ...ids, reason: 'of-another' });
};

type Taking = Readonly<{
  call: LiaisonCall;
  message: FeedMessage;
  found: readonly Found[];
  theirs: TheirMessage;
}>;

/** What a message comes to. Where it changes something, that it was taken is saved with that. */
const takeIn = async (
  deps: FeedMessageRouteDeps,
  { call, message, found, theirs }: Taking,
): Promise<ChangedTransfer[]> => {
  const { changeTransfer, takenMessages } = deps;
  const taken = takenMessages.entry(theirs, message.until);
  const changed: ChangedTransfer[] = [];
  const isOne = found.length === 1 && found[0]?.door === null;
  const isKnown = () => takenMessages.isTaken(theirs);
  for (const { said, door } of found) {
    const { incidentId, command } = said;
    if (door !== null) {
      changed.push(await takeFeedReceipt(deps, call, { command, door }));
      continue;
    }
    const saved = isOne ? { beside: [taken], isKnown } : {};
    changed.push(await changeTransfer(call.agencyId, { incidentId, command, ...saved }));
  }
  const isSaved = isOne && changed.every(({ decision }) => decision.outcome === 'happened');
  const isRefused = changed.some(({ decision }) => decision.outcome === 'refused');
  if (!isSaved && !isRefused) await takenMessages.put(theirs, message.until);
  return changed;
};

const read = async (
  { telemetry: { log, measure } }: FeedMessageRouteDeps,
  { agencyId, liaisonId, request, now }: LiaisonCall,
  liaison: Liaison,
): Promise<FeedMessage | HttpResponse> => {
  const message = await readFeedMessage(request, liaison, now);
  if (isResponse(message) && message.statusCode === 401) {
    measure('feedMessagesForged', 1);
    log.error('message of a liaison not signed by it', { agencyId, liaisonId });
  }
  return message;
};

/**
 * Takes what a liaison says of incidents that were transferred to it: that its system has them,
 * that somebody accepts or rejects them, that it is done, or that they stand in its system; and
 * that it has an event which nobody has to accept. A message is taken once; again it is known, and
 * changes nothing.
 */
export const postFeedMessage =
  (deps: FeedMessageRouteDeps): LiaisonRoute =>
  async (call) => {
    const { agencyId, liaisonId } = call;
    const liaison = await deps.loadLiaison(agencyId, liaisonId);
    if (liaison === null) return unknownIncident();
    const message = await read(deps, call, liaison);
    if (isResponse(message)) return message;
    const found = await foundOf(deps, call, message);
    const isTheirs = ({ transfer, door }: Found) =>
      transfer?.liaisonId === liaisonId || door !== null;
    const theirs = { agencyId, liaisonId, jti: message.jti };
    if (await deps.takenMessages.isTaken(theirs)) return known(found.filter(isTheirs));
    if (message.whyNotNow !== null) return notNow(message.whyNotNow);
    const other = found.find((one) => !isTheirs(one));
    if (other === undefined) {
      return answered(message.said, await takeIn(deps, { call, message, found, theirs }));
    }
    noteNotTheirs(deps, call, other);
    return unknownIncident();
  };
