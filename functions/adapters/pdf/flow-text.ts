import type { Words } from '#domain/report/words.ts';
import { COLUMN_WIDTH, type Element, lineHeight, PAGE, type Paper } from './paper.ts';
import type { Line, Style } from './set-text.ts';
import { written } from './written.ts';

export const BODY: Style = { size: 9.5, weight: 'regular' };
export const STRONG: Style = { size: 9.5, weight: 'bold' };

export const HEADINGS: Readonly<Record<'H1' | 'H2' | 'H3', Style>> = {
  H1: { size: 20, weight: 'bold' },
  H2: { size: 14, weight: 'bold' },
  H3: { size: 11, weight: 'bold' },
};

const INDENT = 18;
const AFTER = 5;

type Column = Readonly<{ x: number; width: number }>;
const WHOLE: Column = { x: PAGE.side, width: COLUMN_WIDTH };

/** Lets lines flow down the column, over as many pages as they take, as one part. */
const flowLines = (
  paper: Paper,
  element: Element,
  flow: Column & { lines: Line[]; style: Style },
) => {
  const { lines, style, ...column } = flow;
  const height = lineHeight(style);
  for (let done = 0; done < lines.length; ) {
    paper.need(height);
    const some = lines.slice(done, done + Math.max(1, Math.floor(paper.room() / height)));
    const place = { ...column, y: paper.y(), align: 'start' } as const;
    element.add(() => paper.drawLines(some, style, place));
    paper.down(some.length * height);
    done += some.length;
  }
};

/** A paragraph. */
export const flowParagraph = (
  paper: Paper,
  parent: Element,
  { text, style = BODY, tag = 'P', column = WHOLE }: ParagraphFlow,
): void => {
  const lines = paper.setter.linesOf(written(text, paper.timeZone), style, column.width);
  const element = paper.open(parent, tag);
  flowLines(paper, element, { ...column, lines, style });
  element.end();
  paper.down(AFTER);
};
type ParagraphFlow = Readonly<{ text: Words; style?: Style; tag?: string; column?: Column }>;

/** A heading, which never stands alone at the foot of a page. */
export const flowHeading = (
  paper: Paper,
  parent: Element,
  { text, tag }: Readonly<{ text: string; tag: 'H1' | 'H2' | 'H3' }>,
): void => {
  const style = HEADINGS[tag];
  const height = lineHeight(style);
  const lines = paper.setter.linesOf(written(text, paper.timeZone), style, COLUMN_WIDTH);
  const before = tag === 'H1' ? 0 : style.size;
  if (!paper.need(before + lines.length * height + 4 * lineHeight(BODY))) paper.down(before);
  const element = paper.open(parent, tag);
  flowLines(paper, element, { ...WHOLE, lines, style });
  element.end();
  paper.down(3);
};

/** A list, each item beside its sign. */
export const flowList = (
  paper: Paper,
  parent: Element,
  { items, isNumbered }: Readonly<{ items: readonly Words[]; isNumbered: boolean }>,
): void => {
  const list = paper.open(parent, 'L');
  for (const [i, item] of items.entries()) {
    const element = paper.open(list, 'LI');
    paper.need(lineHeight(BODY));
    const sign = paper.setter.linesOf(isNumbered ? `${i + 1}.` : '\u2022', BODY, INDENT);
    const label = paper.open(element, 'Lbl');
    const place = { x: PAGE.side, y: paper.y(), width: INDENT, align: 'start' } as const;
    label.add(() => paper.drawLines(sign, BODY, place));
    label.end();
    const column = { x: PAGE.side + INDENT, width: COLUMN_WIDTH - INDENT };
    flowParagraph(paper, element, { text: item, tag: 'LBody', column });
    paper.down(2 - AFTER);
    element.end();
  }
  list.end();
  paper.down(AFTER);
};
