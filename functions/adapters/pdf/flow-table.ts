import type { Words } from '#domain/report/words.ts';
import { COLUMN_WIDTH, type Element, lineHeight, PAGE, type Paper } from './paper.ts';
import type { Line, Style } from './set-text.ts';
import { written } from './written.ts';

const CELL: Style = { size: 8.5, weight: 'regular' };
const HEAD: Style = { size: 8.5, weight: 'bold' };
const CAPTION: Style = { size: 9.5, weight: 'bold' };
const [PAD_SIDE, PAD_TOP] = [4, 2.5];

type Align = 'start' | 'end';

/** A table to be laid out; without headings of columns where `heads` is null. */
export type TableFlow = Readonly<{
  caption: string;
  columns: readonly Readonly<{ share: number; align: Align }>[];
  heads: readonly string[] | null;
  rows: readonly (readonly Words[])[];
  /** How the first cell of each row, its heading, is set. */
  rowHead: 'regular' | 'bold';
}>;

type Cell = Readonly<{ x: number; width: number; align: Align; lines: Line[]; style: Style }>;

const sum = (widths: readonly number[]): number => widths.reduce((all, width) => all + width, 0);

/** Each column's part of the width, but no less than it needs; null where that is not there. */
const widthsOf = (columns: TableFlow['columns'], least: readonly number[]): number[] | null => {
  const shares = sum(columns.map(({ share }) => share));
  const wanted = columns.map(({ share }) => (COLUMN_WIDTH * share) / shares);
  const slack = sum(wanted.map((width, i) => Math.max(0, width - (least[i] ?? 0))));
  const lacking = sum(wanted.map((width, i) => Math.max(0, (least[i] ?? 0) - width)));
  if (lacking === 0) return wanted;
  if (lacking > slack) return null;
  return wanted.map((width, i) => {
    const spare = width - (least[i] ?? 0);
    return spare < 0 ? width - spare : width - (lacking * spare) / slack;
  });
};

/** What no column is widened for: it is a hash, or the like, and is cut wherever it stands. */
const WIDEST_WORD = 0.27 * COLUMN_WIDTH;
/** So many rows tell how wide words are. */
const MOST_MEASURED_ROWS = 200;

type Least = readonly number[];

/** What each column needs for the words of its heading, and of its cells: the wish first. */
const leastOf = (paper: Paper, { columns, heads, rows }: TableFlow): readonly Least[] => {
  const needs = (words: readonly string[], style: Style): number => {
    const widths = words.map((text) => paper.setter.widest(text, style));
    return Math.max(0, ...widths.filter((width) => width <= WIDEST_WORD)) + 2 * PAD_SIDE + 0.5;
  };
  const ofHeads = columns.map((_, i) => (heads === null ? 0 : needs([heads[i] ?? ''], HEAD)));
  const some = rows.slice(0, MOST_MEASURED_ROWS);
  const ofCells = (change: (text: string) => string): Least =>
    columns.map((_, i) => {
      const texts = some.map((row) => change(written(row[i] ?? '', paper.timeZone)));
      return Math.max(
        ofHeads[i] ?? 0,
        needs(
          texts.flatMap((text) => text.split(/[ \n]/)),
          CELL,
        ),
      );
    });
  return [ofCells((text) => text), ofCells((text) => text.replaceAll('\u00a0', ' ')), ofHeads];
};

const placesOf = (paper: Paper, table: TableFlow) => {
  const { columns } = table;
  const fitting = leastOf(paper, table).flatMap((least) => {
    const widths = widthsOf(columns, least);
    return widths === null ? [] : [widths];
  });
  const widths = fitting[0] ?? widthsOf(columns, []) ?? [];
  let x: number = PAGE.side;
  return columns.map(({ align }, i) => {
    const width = widths[i] ?? 0;
    const place = { x: x + PAD_SIDE, width: width - 2 * PAD_SIDE, align };
    x += width;
    return place;
  });
};

const rule = ({ doc, y, beside }: Paper, width: number, colour: string): void => {
  beside('Layout', () => {
    doc.moveTo(PAGE.side, y()).lineTo(PAGE.side + COLUMN_WIDTH, y());
    doc.lineWidth(width).strokeColor(colour).stroke();
  });
};

const drawPart = (paper: Paper, cell: Cell, part: readonly Line[]): void => {
  const { x, width, align, style } = cell;
  paper.drawLines(part, style, { x, width, align, y: paper.y() + PAD_TOP });
};

const linesIn = (cells: readonly Cell[]): number =>
  Math.max(...cells.map(({ lines }) => lines.length));

const heightOf = (lines: number): number => lines * lineHeight(CELL) + 2 * PAD_TOP;

type Row = Readonly<{ cells: readonly Cell[]; elements: readonly Element[] }>;

/** Draws so many lines of a row, each cell as part of its own element. */
const drawRow = (paper: Paper, { cells, elements }: Row, span: readonly [number, number]): void => {
  const [from, until] = span;
  for (const [i, cell] of cells.entries()) {
    const part = cell.lines.slice(from, until);
    if (part.length > 0) elements[i]?.add(() => drawPart(paper, cell, part));
  }
  paper.down(heightOf(until - from));
  rule(paper, 0.4, '#b1b4b6');
};

/** Lays a table out over as many pages as it takes, its headings on each. */
export const flowTable = (paper: Paper, parent: Element, table: TableFlow): void => {
  const places = placesOf(paper, table);
  const set = (words: Words, i: number, style: Style): Cell => {
    const place = places[i] ?? { x: PAGE.side, width: COLUMN_WIDTH, align: 'start' as const };
    const lines = paper.setter.linesOf(written(words, paper.timeZone), style, place.width);
    return { ...place, lines, style };
  };
  const heads = table.heads?.map((head, i) => set(head, i, HEAD)) ?? null;
  const headHeight = heads === null ? 0 : heightOf(linesIn(heads));
  const element = paper.open(parent, 'Table');

  const nextPage = (): void => {
    paper.newPage();
    if (heads === null) return;
    // The same headings again are told once to whoever has the table read aloud.
    paper.beside('Pagination', () => {
      for (const cell of heads) drawPart(paper, cell, cell.lines);
    });
    paper.down(headHeight);
    rule(paper, 0.8, '#0b0c0c');
  };

  const addRow = (section: Element, cells: readonly Cell[], tags: readonly CellTag[]): void => {
    const row = paper.open(section, 'TR');
    const elements = cells.map((_, i) => paper.open(row, tags[i]?.tag ?? 'TD', tags[i]?.options));
    const lines = linesIn(cells);
    for (let done = 0; done < lines; ) {
      const left = lines - done;
      const fitting = Math.floor((paper.room() - 2 * PAD_TOP) / lineHeight(CELL));
      const fitsAPage = heightOf(left) <= paper.fullRoom - headHeight;
      if (fitting < 1 || (fitting < left && fitsAPage)) nextPage();
      else {
        const until = done + Math.min(left, fitting);
        drawRow(paper, { cells, elements }, [done, until]);
        done = until;
      }
    }
    for (const cell of elements) cell.end();
    row.end();
  };

  const caption = paper.setter.linesOf(
    written(table.caption, paper.timeZone),
    CAPTION,
    COLUMN_WIDTH,
  );
  const captionHeight = caption.length * lineHeight(CAPTION);
  paper.need(captionHeight + headHeight + heightOf(2));
  const title = paper.open(element, 'Caption');
  const place = { x: PAGE.side, y: paper.y(), width: COLUMN_WIDTH, align: 'start' } as const;
  title.add(() => paper.drawLines(caption, CAPTION, place));
  title.end();
  paper.down(captionHeight);

  if (heads !== null) {
    const head = paper.open(element, 'THead');
    addRow(
      head,
      heads,
      heads.map(() => COLUMN_HEAD),
    );
    head.end();
    rule(paper, 0.8, '#0b0c0c');
  }
  const body = paper.open(element, 'TBody');
  for (const row of table.rows) {
    const cells = row.map((cell, i) =>
      set(cell, i, i === 0 ? { ...CELL, weight: table.rowHead } : CELL),
    );
    addRow(body, cells, [ROW_HEAD]);
  }
  body.end();
  element.end();
  paper.down(8);
};

type CellTag = Readonly<{ tag: 'TH' | 'TD'; options: PDFKit.Mixins.StructureElementOptions }>;
const COLUMN_HEAD: CellTag = { tag: 'TH', options: { scope: 'Column' } };
const ROW_HEAD: CellTag = { tag: 'TH', options: { scope: 'Row' } };
