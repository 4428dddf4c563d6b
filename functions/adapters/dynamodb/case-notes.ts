import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type CaseNote, caseNoteSchema } from '#domain/casework/case-note.ts';
import { noteIdSchema, type WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { batchGet } from './batch-get.ts';
import { noteKey, noteOfTimeKey, notesRange } from './casework-keys.ts';
import { versionOf } from './documents.ts';
import { keyItem, readJson, readText, text } from './items.ts';
import { wearerPk } from './keys.ts';
import { between, queryAll } from './query.ts';

/** A note as it stands, with its version. */
export type KeptNote = Readonly<{ version: number; note: CaseNote }>;

/** Lists a note by when it happened. One that is amended to another time is listed twice. */
export const noteListingPut = (
  TableName: string,
  wearer: WearerRef,
  { noteId, happenedAt }: Pick<CaseNote, 'noteId' | 'happenedAt'>,
): TransactWriteItem => ({
  Put: {
    TableName,
    Item: {
      ...keyItem(noteOfTimeKey(wearer, { happenedAt, noteId })),
      ...{ entity: text('NOTE_LISTING'), noteId: text(noteId) },
    },
  },
});

/**
 * A wearer's notes of what happened between two instants, both included, in the order of time; at
 * most so many. Strongly consistent.
 */
export const caseNotes =
  (client: DynamoDBClient, table: string) =>
  async (
    wearer: WearerRef,
    { fromAt, toAt }: Readonly<{ fromAt: Instant; toAt: Instant }>,
    most = Number.POSITIVE_INFINITY,
  ): Promise<KeptNote[]> => {
    const range = between(table, wearerPk(wearer), notesRange(fromAt, toAt));
    const listed = await queryAll(client, range, most);
    const ids = new Set(listed.map((item) => noteIdSchema.parse(readText(item, 'noteId'))));
    const keys = [...ids].map((noteId) => keyItem(noteKey(wearer, noteId)));
    const notes = (await batchGet(client, table, keys)).map((item) => ({
      version: versionOf(item),
      note: readJson(item, 'body', caseNoteSchema),
    }));
    // Of a note that was amended to another time, the listing under its former one says nothing.
    return notes
      .filter(({ note }) => note.happenedAt >= fromAt && note.happenedAt <= toAt)
      .toSorted((a, b) => a.note.happenedAt - b.note.happenedAt);
  };
export type LoadCaseNotes = ReturnType<typeof caseNotes>;
