import * as z from 'zod';
import {
  type HistoryGroup,
  historyGroupSchema,
  type Manifest,
  sheetNumberSchema,
} from '#domain/exchange/record-transfer.ts';
import { MOST_SHEET_BYTES, readSheet, type SheetProblem } from '#domain/exchange/sheet.ts';
import { standingOf } from '#domain/exchange/whole-group.ts';
import { importIdSchema, personIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import type { SheetAt } from '../../adapters/dynamodb/import-keys.ts';
import type { Imported, Imports, Kept } from '../../adapters/imports.ts';
import { sha256Of } from '../../adapters/s3/imported-sheets.ts';
import { bodyBytes, type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { recipientSchema } from '../history/recipient.ts';
import { unknownAmong } from '../named-documents.ts';
import { notFound, readWith, unacceptable } from '../problems.ts';
import type { Call, Route } from '../route.ts';
import { historyRefused } from '../whereabouts.ts';
import { sheetResponse } from './record-transfer.ts';
import { wearerOfPath } from './wearers.ts';

export type ImportRouteDeps = Readonly<{
  documents: Documents;
  imports: Imports;
}>;

const numberInPath = z
  .string()
  .regex(/^\d{1,8}$/, 'a sheet is numbered from 1')
  .transform(Number);

const sheetOfPath = (call: Call): SheetAt => {
  const { importId, group, sheet } = call.request.pathParameters;
  return {
    wearer: wearerOfPath(call),
    importId: importIdSchema.parse(importId),
    group: historyGroupSchema.parse(group),
    sheet: numberInPath.pipe(sheetNumberSchema).parse(sheet),
  };
};

/** So many bad lines are told one by one; how many there are is told beside them. */
const MOST_TOLD = 100;

const refusedLines = (problems: readonly SheetProblem[]): HttpResponse =>
  refusal(422, {
    code: 'unacceptable',
    message: 'nothing of this sheet was kept; see the problems, by line',
    more: {
      problems: problems.slice(0, MOST_TOLD),
      badLines: new Set(problems.map(({ line }) => line)).size,
    },
  });

const bodyText = ({ request }: Call): string | HttpResponse => {
  const bytes = bodyBytes(request);
  if (bytes.length > MOST_SHEET_BYTES) {
    const message = `a sheet has at most ${MOST_SHEET_BYTES} bytes: send its lines on several`;
    return refusal(413, { code: 'too-large', message });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Record: what is no text cannot be kept as what somebody said.
    return refusal(422, { code: 'unacceptable', message: 'the sheet is not UTF-8' });
  }
};

/** Clocks differ by so much at most: nobody can say what is still to come. */
const AHEAD_SECONDS = 300;

const notOfPath = (manifest: Manifest, { group, sheet }: SheetAt, now: Instant): SheetProblem[] => {
  const problem = (path: string, message: string): SheetProblem => ({
    ...{ code: 'not-allowed', line: 1, path, message },
  });
  const isAhead = Date.parse(manifest.to) > secondsAfter(now, AHEAD_SECONDS);
  return [
    ...(manifest.group === group ? [] : [problem('group', `this was sent to ${group}`)]),
    ...(manifest.sheet === sheet ? [] : [problem('sheet', `this was sent to sheet ${sheet}`)]),
    ...(isAhead ? [problem('to', 'that instant is still ahead')] : []),
  ];
};

const answerOf = (kept: Kept, { importId, group, sheet }: SheetAt, lines: number): HttpResponse => {
  if (kept === 'conflict') {
    const message = `sheet ${sheet} of ${group} of this import is another one: it stands as it is`;
    return refusal(409, { code: 'another-sheet', message });
  }
  const answer = { importId, group, sheet, lines, isNew: kept === 'imported' };
  return jsonResponse(kept === 'imported' ? 201 : 200, answer);
};

const bySchema = z.object({ by: personIdSchema });

/** Keeps a sheet of what another system said of a wearer: all of it or nothing. */
export const putImportedSheet =
  ({ documents, imports }: ImportRouteDeps): Route =>
  async (call) => {
    const at = sheetOfPath(call);
    const refused = await historyRefused(documents, at.wearer);
    if (refused !== null) return refused;
    const asked = readWith(bySchema, call.request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { by } = asked.value;
    const named = [{ path: 'by', kind: 'PERSON' as const, id: by }];
    const unknown = await unknownAmong(documents, call.agencyId, named);
    if (unknown.length > 0) return unacceptable(unknown);
    const text = bodyText(call);
    if (typeof text !== 'string') return text;
    const read = readSheet(text, sha256Of);
    if (!read.ok) return refusedLines(read.problems);
    const { manifest } = read;
    const problems = notOfPath(manifest, at, call.now);
    if (problems.length > 0) return refusedLines(problems);
    const kept = await imports.keep(at, { manifest, text, by, now: call.now });
    return answerOf(kept, at, manifest.lines);
  };

/** A sheet of an import, byte for byte as it came. */
export const getImportedSheet =
  ({ documents, imports }: ImportRouteDeps): Route =>
  async (call) => {
    const at = sheetOfPath(call);
    const refused = await historyRefused(documents, at.wearer);
    if (refused !== null) return refused;
    const asked = readWith(recipientSchema, call.request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const text = await imports.load(at);
    if (text === null) return notFound('this sheet');
    if (text !== 'gone') return sheetResponse(text, null);
    const message = 'this sheet was imported, and the time for which it is kept is over';
    return refusal(410, { code: 'no-longer-kept', message });
  };

const groupView = (group: HistoryGroup, sheets: readonly Imported[]) => {
  const { manifest: first } = sheets[0] ?? {};
  return {
    ...{ group, ...standingOf(sheets.map(({ manifest }) => manifest)) },
    ...{ source: first?.source, subjectId: first?.subjectId, from: first?.from, to: first?.to },
    importedAt: sheets
      .map(({ importedAt }) => toIso(importedAt))
      .sort()
      .at(-1),
    by: [...new Set(sheets.map(({ by }) => by))].sort(),
  };
};

/** What was imported of a wearer, and whether each group came whole. */
export const listImports =
  ({ documents, imports }: ImportRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await historyRefused(documents, wearer);
    if (refused !== null) return refused;
    const byImport = Map.groupBy(await imports.list(wearer), ({ importId }) => importId);
    return jsonResponse(200, {
      wearerId: wearer.wearerId,
      imports: [...byImport].map(([importId, sheets]) => ({
        importId,
        groups: [...Map.groupBy(sheets, ({ manifest }) => manifest.group)].map(([group, own]) =>
          groupView(group, own),
        ),
      })),
    });
  };
