import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { noteOfText, received, receivedAtOf } from '#domain/casework/message-inbox.ts';
import { taskDueAt } from '#domain/casework/task-due.ts';
import type { Answer } from '#domain/model/answer.ts';
import { digest } from '#domain/model/digest.ts';
import {
  type AgencyId,
  type NoteId,
  noteIdSchema,
  type WearerId,
  type WearerRef,
} from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Answers } from '../adapters/dynamodb/answers.ts';
import { asSent } from '../adapters/dynamodb/as-sent.ts';
import { noteListingPut } from '../adapters/dynamodb/case-notes.ts';
import { noteKey } from '../adapters/dynamodb/casework-keys.ts';
import type { LoadCaseworkTerms } from '../adapters/dynamodb/casework-terms.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import { text } from '../adapters/dynamodb/items.ts';
import type { MessageInboxes } from '../adapters/dynamodb/message-inboxes.ts';
import { recordPut } from '../adapters/dynamodb/record.ts';
import type { TaskStore } from '../adapters/dynamodb/tasks.ts';
import type { LoadLeadingOrder } from '../adapters/dynamodb/wearer-orders.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import { CaseBusy, type MemoDeps, memoPut } from './memo-to-officer.ts';
import type { InboundText } from './run.ts';

export type MessageDeps = MemoDeps &
  Readonly<{
    now: Clock;
    agencyId: AgencyId;
    answers: Pick<Answers, 'asPart'>;
    documents: Documents;
    recordTable: string;
    inboxes: MessageInboxes;
    tasks: TaskStore;
    loadLeadingOrder: LoadLeadingOrder;
    loadCaseworkTerms: LoadCaseworkTerms;
    telemetry: Telemetry;
  }>;

const MOST_TRIES = 6;

/** What a wearer is answered whose messages wait to be read: once, until somebody has read them. */
export const RECEIVED_WORDS =
  'Received. It is read in working hours, not at once. If you or somebody else is in danger, call the emergency services now.';

/** A text of a wearer, whose words are kept as they came. */
type Message = Readonly<{
  wearer: WearerRef;
  noteId: NoteId;
  words: string;
  wearersWithNumber: number;
  /** Whether the answer to the phone is put with it. */
  answer: ((words: string, createdAt: Instant) => Answer) | null;
}>;

/** Of so many characters an id may be; the provider's own are of 36. */
const MOST_OF_ID = 59;

/** The same text is the same note; one that is longer than ids are is known by its digest. */
const noteIdOf = ({ inboundMessageId: id }: InboundText): NoteId =>
  noteIdSchema.parse(`text-${id.length <= MOST_OF_ID ? id : digest(id)}`);

/** What begins with the first message that nobody has read: a task, a memo, and an answer. */
const spellPuts = async (
  deps: MessageDeps,
  message: Message,
  now: Instant,
): Promise<TransactWriteItem[]> => {
  const { wearer, answer } = message;
  const { agencyId, wearerId } = wearer;
  const order = await deps.loadLeadingOrder(wearer, now);
  const answered =
    answer === null ? [] : [deps.answers.asPart(agencyId, answer(RECEIVED_WORDS, now))];
  const told = { wearer, name: message.noteId, what: 'message', order, now } as const;
  const puts = [await memoPut(deps, told), ...answered];
  if (order === null) return puts;
  const terms = await deps.loadCaseworkTerms(agencyId, order.value);
  const { orderId } = order.value;
  const task = await deps.tasks.renewPuts(wearer, {
    ...{ wearerId, orderId, orderVersion: order.version, openedAt: now, openedBy: null },
    ...{
      kind: 'message-unread',
      about: 'messages',
      dueAt: taskDueAt('message-unread', now, terms),
    },
  });
  return [...puts, ...task];
};

/** Keeps a message as a note, on record and unread; `known`: it has been kept. */
const keep = async (
  deps: MessageDeps,
  message: Message,
): Promise<'kept' | 'known' | 'conflict'> => {
  const { wearer, noteId, words, wearersWithNumber } = message;
  const key = noteKey(wearer, noteId);
  if ((await deps.documents.loadItem(key)) !== null) return 'known';
  const now = deps.now();
  const known = await deps.inboxes.load(wearer);
  const receivedAt = receivedAtOf(known.inbox, now);
  const note = noteOfText({ noteId, receivedAt, words, wearersWithNumber });
  const { inbox, isFirstUnread } = received(known.inbox, { noteId, receivedAt });
  const body = asSent(note);
  const saved = await deps.documents.save({
    ...{ key, entity: 'CASE_NOTE', body, extra: { agencyId: text(wearer.agencyId) } },
    ...{ readVersion: 0, changedAt: now },
    beside: [
      noteListingPut(deps.monitoringTable, wearer, note),
      deps.inboxes.put(wearer, known, inbox),
      recordPut(deps.recordTable, {
        ...{ wearer, at: receivedAt, name: `NOTE#${noteId}#1`, type: 'message-received' },
        body: { by: wearer.wearerId, kind: note.kind, version: 1, document: body },
      }),
      ...(isFirstUnread ? await spellPuts(deps, message, now) : []),
    ],
  });
  return saved === 'saved' ? 'kept' : 'conflict';
};

const keepSurely = async (deps: MessageDeps, message: Message): Promise<void> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const outcome = await keep(deps, message);
    if (outcome === 'conflict') continue;
    return deps.telemetry.measure(outcome === 'kept' ? 'messagesKept' : 'messagesRepeated', 1);
  }
  throw new CaseBusy();
};

/**
 * A text from the number of a wearer is a note of their case, once. Where several have the number
 * nobody knows whose words they are: each case gets them, and says so. `answers`: whether the phone
 * is told that they wait to be read.
 */
export const onMessage = async (
  deps: MessageDeps,
  inbound: InboundText,
  { wearerIds, answers }: Readonly<{ wearerIds: readonly WearerId[]; answers: boolean }>,
): Promise<void> => {
  const { agencyId } = deps;
  const { originationNumber: mobile, inboundMessageId: answerId, messageBody: words } = inbound;
  const answer = (said: string, createdAt: Instant): Answer => ({
    ...{ answerId, mobile, text: said, createdAt },
  });
  for (const [nth, wearerId] of wearerIds.entries()) {
    await keepSurely(deps, {
      ...{ wearer: { agencyId, wearerId }, noteId: noteIdOf(inbound), words },
      wearersWithNumber: wearerIds.length,
      answer: answers && nth === 0 ? answer : null,
    });
  }
};
