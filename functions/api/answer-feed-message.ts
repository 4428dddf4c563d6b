import type { Door } from '#domain/liaison/traffic.ts';
import { standingAnswer, type Transfer } from '#domain/liaison/transfer.ts';
import type { ChangedTransfer } from '../adapters/change-transfer.ts';
import { type HttpResponse, jsonResponse, refusal } from '../middleware/http.ts';
import type { FeedMessage, Said } from './read-feed-message.ts';

const WHY_NOT_NOW = {
  stale: 'the message was written more than a quarter of an hour ago: write it anew',
  expired: 'the message has run out by its own exp: write it anew',
  'from-the-future': 'the message is dated more than five minutes ahead: set the clock right',
} as const;

const REFUSALS = {
  'incident-unknown': 'nothing waits for an answer under this incident id',
  'event-unknown': 'no event of that id was sent of this incident',
  'from-the-future': WHY_NOT_NOW['from-the-future'],
  'dated-before-sent':
    'it is dated long before the incident was sent: set the clock right, and say it anew',
} as const;

/** The same whether there is none, or it is somebody else's. */
export const unknownIncident = (): HttpResponse =>
  refusal(404, { code: 'incident-unknown', message: REFUSALS['incident-unknown'] });

/** The answer to a message that is not of now. */
export const notNow = (code: NonNullable<FeedMessage['whyNotNow']>): HttpResponse =>
  refusal(422, { code, message: WHY_NOT_NOW[code] });

/**
 * What a message says of one incident, and the transfer of that; null: there is none. Without one,
 * the feed of the liaison in which the event of a receipt stands; null: in none.
 */
export type Found = Readonly<{ said: Said; transfer: Transfer | null; door: Door | null }>;

/** How it stands with an incident: a control room sees whether its word counts, or has to phone. */
const standingView = (transfer: Transfer | null) => ({
  stands: transfer === null ? null : (standingAnswer(transfer)?.is ?? null),
  peopleCalled: transfer !== null && transfer.trouble !== null,
});

/** The answer to a message that was read: what came of it, incident by incident. */
export const answered = (
  said: readonly Said[],
  changed: readonly ChangedTransfer[],
): HttpResponse => {
  const refused = changed.find(({ decision }) => decision.outcome === 'refused')?.decision;
  if (refused?.outcome === 'refused') {
    return refusal(422, { code: refused.code, message: REFUSALS[refused.code] });
  }
  const changes = changed.map(({ decision, transfer }, i) => ({
    incidentId: said[i]?.incidentId,
    outcome: decision.outcome === 'happened' ? 'taken' : 'nothing-new',
    ...(decision.outcome === 'nothing' ? { reason: decision.reason } : {}),
    ...standingView(transfer),
  }));
  return jsonResponse(200, { outcome: 'taken', changes });
};

/** To what was taken before: how it stands now with what of it is theirs. */
export const known = (theirs: readonly Found[]): HttpResponse => {
  const changes = theirs.map(({ said: { incidentId }, transfer }) => ({
    ...{ incidentId, outcome: 'nothing-new', reason: 'message-known' },
    ...standingView(transfer),
  }));
  return jsonResponse(200, { outcome: 'known', changes });
};
