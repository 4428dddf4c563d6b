import type PDFDocument from 'pdfkit';
import { codePicture } from '#domain/report/code-picture.ts';
import { printable } from '#domain/report/printable.ts';
import type { Printed } from '#domain/report/printed.ts';
import { paintPicture } from './paint-picture.ts';
import type { Line, Run, Style, TextSetter } from './set-text.ts';

export type Doc = InstanceType<typeof PDFDocument>;
export type Element = PDFKit.PDFStructureElement;

/** A4, in points. */
export const PAGE = { width: 595.28, height: 841.89, side: 54, top: 66, bottom: 92 } as const;
export const COLUMN_WIDTH = PAGE.width - 2 * PAGE.side;
const ROOM = PAGE.height - PAGE.top - PAGE.bottom;
const INK = '#0b0c0c';
const GREY = '#383f43';
const CODE_SIDE = 54;

export const LINE_SHARE = 1.42;
export const lineHeight = ({ size }: Style): number => size * LINE_SHARE;

const FURNITURE: Style = { size: 8, weight: 'regular' };

type Place = Readonly<{ x: number; y: number; width: number; align: 'start' | 'end' }>;

export type Paper = ReturnType<typeof createPaper>;

/**
 * The pages of a document, and how far down the last one is filled. What is on each page beside
 * the report itself (reference, number, code) is marked as no part of it, for whoever has it read
 * aloud.
 */
export const createPaper = (parts: {
  doc: Doc;
  printed: Printed;
  setter: TextSetter;
  /** How many pages there are in all; null while they are counted. */
  pages: number | null;
}) => {
  const { doc, printed, setter, pages } = parts;
  const known = new Set<string>();
  let page = 0;
  let y = 0;

  const drawRuns = (
    { runs, text, isTurned }: Line,
    at: Readonly<{ x: number; y: number; size: number }>,
  ) => {
    const saying = (actual: string, isNeeded: boolean, draw: () => void): void => {
      if (isNeeded) doc.markContent('Span', { actual });
      draw();
      if (isNeeded) doc.endMarkedContent();
    };
    let { x } = at;
    const drawRun = ({ face, text: words, width }: Run): void => {
      if (!known.has(face.file)) doc.registerFont(face.file, face.font);
      known.add(face.file);
      doc.font(face.file).fontSize(at.size);
      doc.text(words, x, at.y, { lineBreak: false, baseline: 'alphabetic' });
      x += width;
    };
    saying(text, isTurned, () => {
      for (const run of runs) {
        saying(run.text, !isTurned && !run.isSpelled, () => drawRun(run));
      }
    });
  };

  /** Draws lines one below the other, in the column of a place. */
  const drawLines = (lines: readonly Line[], style: Style, { x, y: top, width, align }: Place) => {
    doc.fillColor(INK);
    for (const [i, line] of lines.entries()) {
      const isAtEnd = align === 'end' || line.isFromRight;
      const left = isAtEnd ? x + width - line.width : x;
      const down = top + (i + 1) * lineHeight(style) - 0.36 * style.size;
      drawRuns(line, { x: left, y: down, size: style.size });
    }
  };

  /** Draws what is no part of the report, as rules and page numbers. */
  const beside = (type: 'Pagination' | 'Layout', draw: () => void) => {
    doc.markContent('Artifact', { type });
    draw();
    doc.endMarkedContent();
  };

  const one = (text: string, width: number): Line[] =>
    setter.linesOf(printable(text), FURNITURE, width).slice(0, 1);

  const furnish = () => {
    const right = {
      x: PAGE.side + COLUMN_WIDTH / 2,
      width: COLUMN_WIDTH / 2,
      align: 'end',
    } as const;
    const left = { x: PAGE.side, width: COLUMN_WIDTH / 2 - 10, align: 'start' } as const;
    const foot = PAGE.height - PAGE.bottom + 20;
    const [title, reference] = [
      one(printed.title, right.width),
      one(printed.reference, left.width),
    ];
    drawLines(reference, FURNITURE, { ...left, y: 34 });
    drawLines(title, FURNITURE, { ...right, y: 34 });
    doc.moveTo(PAGE.side, 50).lineTo(PAGE.side + COLUMN_WIDTH, 50);
    doc.lineWidth(0.5).strokeColor(GREY).stroke();
    const code = codePicture(printed.verification.modules);
    paintPicture({ doc, drawLines, setter }, code, {
      ...{ x: PAGE.side - 4, y: foot - 8, scale: CODE_SIDE / code.width },
    });
    const words = one(`Verification code ${printed.verification.code}`, COLUMN_WIDTH / 2);
    drawLines(words, FURNITURE, { ...left, x: PAGE.side + CODE_SIDE + 4, y: foot + 12 });
    const number = one(`Page ${page}${pages === null ? '' : ` of ${pages}`}`, right.width);
    drawLines(number, FURNITURE, { ...right, y: foot + 12 });
  };

  const newPage = () => {
    doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 });
    page += 1;
    y = PAGE.top;
    beside('Pagination', furnish);
  };

  const room = (): number => PAGE.height - PAGE.bottom - y;

  return {
    doc,
    setter,
    timeZone: printed.timeZone,
    drawLines,
    beside,
    newPage,
    room,
    /** How much a page that is still empty holds. */
    fullRoom: ROOM,
    y: () => y,
    /** Goes down by so many points. */
    down: (points: number) => {
      y += points;
    },
    /** Begins a page unless so much fits on this one; says whether it did. */
    need: (points: number): boolean => {
      if (points <= room() || y === PAGE.top) return false;
      newPage();
      return true;
    },
    pagesSoFar: () => page,
    /** A part of the document's structure, within another. */
    open: (parent: Element, tag: string, options: PDFKit.Mixins.StructureElementOptions = {}) => {
      const element = doc.struct(tag, options);
      parent.add(element);
      return element;
    },
  };
};
