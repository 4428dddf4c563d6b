import { sheetNumberSchema } from './record-transfer.ts';
import { countSchema } from './said.ts';

/** Where an export goes on: which sheet comes next, after how many lines, and from where. */
export type SheetCursor = Readonly<{
  sheet: number;
  linesBefore: number;
  /** After what in the group; null: from its beginning. */
  position: string | null;
}>;

export const FIRST_SHEET: SheetCursor = { sheet: 1, linesBefore: 0, position: null };

export const writeCursor = ({ sheet, linesBefore, position }: SheetCursor): string =>
  `${sheet}.${linesBefore}.${position ?? ''}`;

/** Longer than any id that a position is made of. */
const MOST_LETTERS = 400;

/** Reads what `writeCursor` wrote; null where it did not. */
export const readCursor = (text: string): SheetCursor | null => {
  const parts = /^(\d{1,8})\.(\d{1,15})\.(.*)$/s.exec(text.slice(0, MOST_LETTERS + 1));
  if (parts === null || text.length > MOST_LETTERS) return null;
  const [, first = '', second = '', rest = ''] = parts;
  const sheet = sheetNumberSchema.safeParse(Number(first));
  const linesBefore = countSchema.safeParse(Number(second));
  if (!(sheet.success && linesBefore.success)) return null;
  const position = rest === '' ? null : rest;
  return { sheet: sheet.data, linesBefore: linesBefore.data, position };
};
