import {
  type CaseNote,
  caseNoteSchema,
  isContact,
  noteFrom,
  noteProblems,
  writtenNoteSchema,
} from '#domain/casework/case-note.ts';
import { isUnread, type MessageInbox } from '#domain/casework/message-inbox.ts';
import { noteIdSchema } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { asSent } from '../../adapters/dynamodb/as-sent.ts';
import { type LoadCaseNotes, noteListingPut } from '../../adapters/dynamodb/case-notes.ts';
import { noteKey } from '../../adapters/dynamodb/casework-keys.ts';
import { readJson } from '../../adapters/dynamodb/items.ts';
import type { MessageInboxes } from '../../adapters/dynamodb/message-inboxes.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readPeriod } from '../asked-period.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, readBody, unacceptable } from '../problems.ts';
import {
  type CaseDeps,
  caseRefused,
  isKeptDocument,
  putCaseDocument,
} from '../put-case-document.ts';
import { getDocument } from '../put-document.ts';
import { type RhythmDeps, rhythmPuts } from '../rhythm-tasks.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type CaseNoteRouteDeps = CaseDeps &
  RhythmDeps &
  Readonly<{ loadCaseNotes: LoadCaseNotes; inboxes: Pick<MessageInboxes, 'load'> }>;

const keyOf = (call: Call) =>
  noteKey(wearerOfPath(call), noteIdSchema.parse(call.request.pathParameters.noteId));

/**
 * Writes a note of somebody's case, once. Another text under its id is an amendment, which says why
 * and is another version; the same again changes nothing.
 */
export const putCaseNote =
  (deps: CaseNoteRouteDeps): Route =>
  async (call) => {
    const { noteId } = call.request.pathParameters;
    const written = readBody(writtenNoteSchema, call.request, { noteId });
    if (isResponse(written)) return written;
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    if (refused !== null) return refused;
    const known = await deps.documents.loadItem(keyOf(call));
    const before = known && readJson(known, 'body', caseNoteSchema);
    const note = noteFrom(written, before);
    const isSame = known !== null && isKeptDocument(known, note);
    const { by, kind, amendment } = note;
    const named = [{ path: 'by', kind: 'PERSON', id: written.by } as const];
    const problems = [
      ...(await unknownAmong(deps.documents, call.agencyId, named)),
      ...(isSame ? [] : noteProblems(written, before, call.now)),
    ];
    if (problems.length > 0) return unacceptable(problems);
    const changed = { by: written.by, now: call.now, note };
    const isMet = isContact(note) || (before !== null && isContact(before));
    const rhythm = isMet ? await rhythmPuts(deps, wearer, changed) : [];
    return putCaseDocument(deps, call, {
      ...{ wearer, key: keyOf(call), entity: 'CASE_NOTE', body: note, known },
      name: `NOTE#${note.noteId}`,
      told:
        amendment === null
          ? { type: 'case-note-written', by: by ?? written.by, kind }
          : { type: 'case-note-amended', by: by ?? written.by, kind, reason: amendment },
      beside: () => [noteListingPut(deps.monitoringTable, wearer, note), ...rhythm],
    });
  };

export const getCaseNote =
  ({ documents }: CaseNoteRouteDeps): Route =>
  (call) =>
    getDocument(documents, keyOf(call), 'this note');

/** Whether it came in as a text message, and nobody has said yet that they have read it. */
const waits = ({ receivedAt }: CaseNote, inbox: MessageInbox | null): boolean =>
  receivedAt !== null && isUnread(inbox, receivedAt);

const MOST_DAYS = 366;
/** So many are answered at once; a shorter stretch shows the others. */
const MOST_NOTES = 500;

/** The notes of what happened in a stretch of time, in its order. */
export const listCaseNotes =
  (deps: CaseNoteRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    if (refused !== null) return refused;
    const period = readPeriod(call.request, call.now, MOST_DAYS);
    if (!period.ok) return unacceptable(period.problems);
    const found = await deps.loadCaseNotes(wearer, period.value, MOST_NOTES + 1);
    const { inbox } = await deps.inboxes.load(wearer);
    const notes = found
      .slice(0, MOST_NOTES)
      .map(({ version, note }) => ({ version, ...asSent(note), isUnread: waits(note, inbox) }));
    const { fromAt, toAt } = period.value;
    return jsonResponse(200, {
      ...{ wearerId: wearer.wearerId, from: toIso(fromAt), to: toIso(toAt) },
      ...{ notes, mayBeMore: found.length > MOST_NOTES },
    });
  };
