import type { HistoryGroup } from '#domain/exchange/record-transfer.ts';
import { fitting, writeSheet } from '#domain/exchange/sheet.ts';
import type { SheetCursor } from '#domain/exchange/sheet-cursor.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { sha256Of } from '../../adapters/s3/imported-sheets.ts';
import type { ReadPortion } from './portion.ts';

/** How an export names us as the system that says it all. */
const SYSTEM = 'homeward';

export type Export = Readonly<{
  wearer: WearerRef;
  group: HistoryGroup;
  fromAt: Instant;
  toAt: Instant;
}>;

/** A sheet of ours, and where the next one goes on; null: it is the last. */
export type WrittenSheet = Readonly<{ text: string; lines: number; next: SheetCursor | null }>;

/** The sheet of an export that a cursor names. */
export const writeNextSheet = async (
  readPortion: ReadPortion,
  asked: Export,
  { sheet, linesBefore, position }: SheetCursor,
): Promise<WrittenSheet> => {
  const { wearer, group, fromAt, toAt } = asked;
  const { placed, rest } = await readPortion({ wearer, fromAt, toAt, position });
  const texts = placed.map(({ line }) => JSON.stringify(line));
  const count = fitting(texts);
  const goesOnAfter = count < texts.length ? (placed[count - 1]?.after ?? null) : rest;
  const stated = {
    ...{ group, subjectId: wearer.wearerId },
    source: { system: SYSTEM, agency: wearer.agencyId },
    ...{ from: toIso(fromAt), to: toIso(toAt), sheet, isLast: goesOnAfter === null, linesBefore },
  };
  const text = writeSheet(stated, texts.slice(0, count), sha256Of);
  if (goesOnAfter === null) return { text, lines: count, next: null };
  const next = { sheet: sheet + 1, linesBefore: linesBefore + count, position: goesOnAfter };
  return { text, lines: count, next };
};
