import type { Change } from '../dynamodb/table.ts';
import type { Receipt } from '../world/receipts.ts';
import type { MakeCheck } from './check.ts';
import { SKEW_MILLISECONDS } from './trouble.ts';

/** What is known of a page after its receipts: each says more than the ones before it. */
const RANKS = ['sent', 'undelivered', 'delivered', 'read'];
const SAYS: Readonly<Record<string, string>> = {
  TEXT_UNREACHABLE: 'undelivered',
  TEXT_CARRIER_BLOCKED: 'undelivered',
  TEXT_TTL_EXPIRED: 'undelivered',
  VOICE_NO_ANSWER: 'undelivered',
  TEXT_DELIVERED: 'delivered',
  TEXT_SUCCESSFUL: 'delivered',
  VOICE_ANSWERED: 'delivered',
  VOICE_COMPLETED: 'delivered',
  TEXT_READ: 'read',
};
/** A receipt is noted within so long after the last fault. */
const MOST_UNNOTED_MILLISECONDS = 1_200_000;
/** That a message never arrives waits for so long for its page to be known as sent. */
const WAITS_MILLISECONDS = 120_000;

const rankOf = (state: string | undefined): number => RANKS.indexOf(state ?? 'sent');

/** Whether a receipt says that its message never arrives. */
export const saysLost = ({ eventType }: Receipt): boolean =>
  SAYS[eventType] === 'undelivered' && eventType !== 'TEXT_UNREACHABLE';

/** A receipt, and when it was handed over. */
type Said = Readonly<{ receipt: Receipt; at: number }>;

/**
 * Whether its page still waited when it came and for as long as a receipt waits: whoever had sent
 * it died, and it is sent again, or not sent, whatever became of that message.
 */
const isOfAnotherTry = ({ receipt, at }: Said, endedAt = Infinity): boolean =>
  saysLost(receipt) &&
  endedAt > at &&
  endedAt > receipt.eventTimestamp + WAITS_MILLISECONDS - SKEW_MILLISECONDS;

/**
 * I21: a receipt raises the state of its page, whatever order they come in; none is lost of a page
 * that has ended.
 */
export const receipts: MakeCheck = (watch) => {
  const saidOf = new Map<string, Said[]>();
  const notedAt = new Map<string, number>();
  const endedAt = new Map<string, number>();

  const onRow = ({ before, after, key }: Change): void => {
    if (after?.entity?.S === 'SENT') notedAt.set(key.pk?.S?.split('#SENT#')[1] ?? '', watch.now());
    if (after?.entity?.S !== 'OUTBOX') return;
    const id = `${key.pk?.S} ${key.sk?.S}`;
    if (after.status?.S !== 'pending' && !endedAt.has(id)) endedAt.set(id, watch.now());
    if (rankOf(after.delivery?.S) >= rankOf(before?.delivery?.S)) return;
    watch.report('I21 a receipt lowers nothing', id);
  };

  const checkNoted = (messageId: string): void => {
    const sentRow = watch.db.itemOf('monitoring', `demo#SENT#${messageId}`, 'SENT');
    const since = notedAt.get(messageId);
    if (sentRow === undefined || since === undefined) return;
    const { pk, sk } = JSON.parse(sentRow.body?.S ?? '{}');
    const known = rankOf(watch.db.itemOf('monitoring', pk, sk)?.delivery?.S);
    for (const said of saidOf.get(messageId) ?? []) {
      const { receipt, at } = said;
      const isOld = at < watch.now() - MOST_UNNOTED_MILLISECONDS && at > since;
      if (!isOld || watch.isGivenUp(receipt) || rankOf(SAYS[receipt.eventType]) <= known) continue;
      if (isOfAnotherTry(said, endedAt.get(`${pk} ${sk}`))) continue;
      watch.report('I21 what the network says is noted', `${sk} of ${pk}: ${receipt.eventType}`);
    }
  };

  return {
    onReceipt: (receipt) => {
      watch.saw('receipt');
      const before = saidOf.get(receipt.messageId) ?? [];
      saidOf.set(receipt.messageId, [...before, { receipt, at: watch.now() }]);
    },
    onCommit: ({ changes }) => {
      for (const change of changes) if (change.table === 'monitoring') onRow(change);
    },
    atEnd: () => {
      for (const messageId of saidOf.keys()) checkNoted(messageId);
    },
  };
};
