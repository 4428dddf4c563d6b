import * as z from 'zod';
import { type CaseNote, caseNoteSchema } from '#domain/casework/case-note.ts';
import { readUpTo, type WearerMessage } from '#domain/casework/message-inbox.ts';
import { taskIdOf } from '#domain/casework/task.ts';
import { taskDueAt } from '#domain/casework/task-due.ts';
import { noteIdSchema, type PersonId, personIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import type { LoadCaseNotes } from '../../adapters/dynamodb/case-notes.ts';
import { noteKey } from '../../adapters/dynamodb/casework-keys.ts';
import type { LoadCaseworkTerms } from '../../adapters/dynamodb/casework-terms.ts';
import type { KeptInbox, MessageInboxes } from '../../adapters/dynamodb/message-inboxes.ts';
import { recordPut } from '../../adapters/dynamodb/record.ts';
import type { SaveTogether } from '../../adapters/dynamodb/transact.ts';
import { jsonResponse, refusal } from '../../middleware/http.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, notFound, readBody, unacceptable } from '../problems.ts';
import type { CaseDeps } from '../put-case-document.ts';
import type { ReviewDeps } from '../review-task.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type ReadMessageRouteDeps = CaseDeps &
  ReviewDeps &
  Readonly<{
    inboxes: MessageInboxes;
    loadCaseNotes: LoadCaseNotes;
    loadCaseworkTerms: LoadCaseworkTerms;
    saveTogether: SaveTogether;
  }>;

const bodySchema = z.object({ personId: personIdSchema });

const messageOf = ({ noteId, receivedAt }: CaseNote): WearerMessage | null =>
  receivedAt === null ? null : { noteId, receivedAt };

/** The first message that came in after one; null: there is none. */
const nextOf = async (
  { loadCaseNotes }: ReadMessageRouteDeps,
  wearer: WearerRef,
  { after, lastAt }: Readonly<{ after: Instant; lastAt: Instant }>,
): Promise<WearerMessage | null> => {
  if (after >= lastAt) return null;
  const found = await loadCaseNotes(wearer, { fromAt: instant(after + 1), toAt: lastAt });
  const [next] = found.flatMap(({ note }) => messageOf(note) ?? []);
  return next ?? null;
};

/** The task that messages are read goes on for those that came later, or is done. */
const taskPuts = async (
  { tasks, loadLeadingOrder, loadCaseworkTerms }: ReadMessageRouteDeps,
  wearer: WearerRef,
  { next, by, at }: Readonly<{ next: WearerMessage | null; by: PersonId; at: Instant }>,
) => {
  const about = { kind: 'message-unread', about: 'messages' } as const;
  const order = next === null ? null : await loadLeadingOrder(wearer, at);
  if (next === null || order === null) {
    return tasks.endPuts(wearer, taskIdOf(about), { at, by, why: 'the messages have been read' });
  }
  const { wearerId, agencyId } = wearer;
  const terms = await loadCaseworkTerms(agencyId, order.value);
  return tasks.renewPuts(wearer, {
    ...{ ...about, wearerId, openedAt: at, openedBy: by },
    ...{ orderId: order.value.orderId, orderVersion: order.version },
    dueAt: taskDueAt('message-unread', next.receivedAt, terms),
  });
};

const readView = ({ inbox }: KeptInbox, changed: boolean) => {
  const { readUpTo: read = null, firstUnread = null } = inbox ?? {};
  return jsonResponse(200, {
    changed,
    ...{ readBy: read?.by ?? null, readAt: read === null ? null : toIso(read.at) },
    firstUnread: firstUnread?.noteId ?? null,
  });
};

const NO_MESSAGE = 'it did not come in as a text message: nobody has to say that it was read';

/**
 * Somebody says that they have read a message of a wearer, and with it all that came before. Twice
 * is once; what has come since is unread, and its task goes on.
 */
export const readMessage =
  (deps: ReadMessageRouteDeps): Route =>
  async (call) => {
    const { agencyId, request, now: at } = call;
    const body = readBody(bodySchema, request);
    if (isResponse(body)) return body;
    const { personId: by } = body;
    const named = [{ path: 'personId', kind: 'PERSON', id: by } as const];
    const problems = await unknownAmong(deps.documents, agencyId, named);
    if (problems.length > 0) return unacceptable(problems);
    const wearer = wearerOfPath(call);
    const noteId = noteIdSchema.parse(request.pathParameters.noteId);
    const note = await deps.documents.load(noteKey(wearer, noteId), caseNoteSchema);
    if (note === null) return notFound('this note');
    const message = messageOf(note.value);
    const known = await deps.inboxes.load(wearer);
    if (message === null || known.inbox === null) {
      return refusal(409, { code: 'no-message', message: NO_MESSAGE });
    }
    const { receivedAt } = message;
    const { lastReceivedAt: lastAt } = known.inbox;
    const next = await nextOf(deps, wearer, { after: receivedAt, lastAt });
    const inbox = readUpTo(known.inbox, { message, next, by, at });
    if (inbox === null) return readView(known, false);
    const saved = await deps.saveTogether([
      deps.inboxes.put(wearer, known, inbox),
      recordPut(deps.recordTable, {
        ...{ wearer, at, name: `NOTE#${noteId}#READ`, type: 'message-read' },
        body: { by, noteId, kind: note.value.kind },
      }),
      ...(await taskPuts(deps, wearer, { next, by, at })),
    ]);
    if (saved === 'conflict') {
      const message = 'somebody else changed this at the same time; read it and send yours again';
      return refusal(409, { code: 'changed-meanwhile', message });
    }
    return readView({ ...known, inbox }, true);
  };
