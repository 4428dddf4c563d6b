import type { Block, ChartBlock, MapBlock } from '#domain/report/block.ts';
import { chartPicture } from '#domain/report/chart-picture.ts';
import { mapLegend } from '#domain/report/map-legend.ts';
import { mapPicture } from '#domain/report/map-picture.ts';
import type { Picture } from '#domain/report/picture.ts';
import { tableOfChart } from '#domain/report/table-of-chart.ts';
import { writeWords } from '#domain/report/write-words.ts';
import { flowTable } from './flow-table.ts';
import { BODY, flowList, flowParagraph, STRONG } from './flow-text.ts';
import { paintPicture } from './paint-picture.ts';
import { COLUMN_WIDTH, type Element, lineHeight, PAGE, type Paper } from './paper.ts';
import { written } from './written.ts';

/** So wide at most, in points; and so much of what follows stays on its page. */
type PictureFlow = Readonly<{ picture: Picture; alt: string; width?: number; below?: number }>;

/** A picture with what it shows in words. */
export const flowPicture = (
  paper: Paper,
  parent: Element,
  { picture, alt, width = picture.width, below = 3 * lineHeight(BODY) }: PictureFlow,
): void => {
  const scale = Math.min(width, COLUMN_WIDTH) / picture.width;
  paper.need(picture.height * scale + below);
  const [x, y] = [PAGE.side, paper.y()];
  const [right, bottom] = [x + picture.width * scale, y + picture.height * scale];
  const figure = paper.open(parent, 'Figure', { alt, bbox: [x, y, right, bottom] });
  figure.add(() => paintPicture(paper, picture, { x, y, scale }));
  figure.end();
  paper.down(picture.height * scale + 4);
};

const flowMap = (paper: Paper, parent: Element, { caption, description, drawing }: MapBlock) => {
  const alt = writeWords(description, paper.timeZone);
  flowPicture(paper, parent, { picture: mapPicture(drawing), alt });
  flowParagraph(paper, parent, { text: caption, style: STRONG });
  flowParagraph(paper, parent, { text: description });
  const items = mapLegend(drawing);
  if (items.length > 0) flowList(paper, parent, { items, isNumbered: false });
};

type Table = Extract<Block, { kind: 'table' }>;

/** A table without rows is no table: what stands in their place is a sentence. */
const flowWholeTable = (paper: Paper, parent: Element, { whenEmpty, ...table }: Table) => {
  if (table.rows.length === 0) {
    paper.need(3 * lineHeight(BODY));
    flowParagraph(paper, parent, { text: table.caption, style: STRONG });
    flowParagraph(paper, parent, { text: whenEmpty });
    return;
  }
  const heads = table.columns.map(({ heading }) => heading);
  flowTable(paper, parent, { ...table, heads, rowHead: 'regular' });
};

const flowChart = (paper: Paper, parent: Element, chart: ChartBlock) => {
  flowPicture(paper, parent, { picture: chartPicture(chart), alt: chart.description });
  flowParagraph(paper, parent, { text: chart.caption, style: STRONG });
  flowParagraph(paper, parent, { text: chart.description });
  flowWholeTable(paper, parent, tableOfChart(chart));
};

type Missing = Extract<Block, { kind: 'missing' }>;

/** What is missing stands indented, behind a line: it is to be seen. */
const flowMissing = (paper: Paper, parent: Element, { what, whyItMatters }: Missing) => {
  const column = { x: PAGE.side + 12, width: COLUMN_WIDTH - 12 };
  paper.need(4 * lineHeight(BODY));
  const [first, top] = [paper.pagesSoFar(), paper.y()];
  const text = `Missing: ${written(what, paper.timeZone)}`;
  flowParagraph(paper, parent, { text, style: STRONG, column });
  flowParagraph(paper, parent, { text: whyItMatters, column });
  const from = paper.pagesSoFar() === first ? top : PAGE.top;
  paper.beside('Layout', () => {
    paper.doc.moveTo(PAGE.side + 3, from).lineTo(PAGE.side + 3, paper.y() - 4);
    paper.doc.lineWidth(3).strokeColor('#b00020').stroke();
  });
};

const flowSignature = (paper: Paper, parent: Element, labels: readonly string[]) => {
  for (const label of labels) {
    paper.need(34 + lineHeight(BODY));
    paper.down(34);
    paper.beside('Layout', () => {
      paper.doc.moveTo(PAGE.side, paper.y()).lineTo(PAGE.side + 260, paper.y());
      paper.doc.lineWidth(0.6).strokeColor('#0b0c0c').stroke();
    });
    flowParagraph(paper, parent, { text: label });
  }
};

const flowFacts = (paper: Paper, parent: Element, { caption, rows }: Facts) =>
  flowTable(paper, parent, {
    ...{ caption, heads: null, rowHead: 'bold' },
    columns: [
      { share: 3, align: 'start' },
      { share: 7, align: 'start' },
    ],
    rows: rows.map(({ label, value }) => [label, value]),
  });
type Facts = Extract<Block, { kind: 'facts' }>;

/** Lays a block out. */
export const flowBlock = (paper: Paper, parent: Element, block: Block): void => {
  switch (block.kind) {
    case 'paragraph':
      flowParagraph(paper, parent, { text: block.text });
      break;
    case 'list':
      flowList(paper, parent, block);
      break;
    case 'facts':
      flowFacts(paper, parent, block);
      break;
    case 'table':
      flowWholeTable(paper, parent, block);
      break;
    case 'map':
      flowMap(paper, parent, block);
      break;
    case 'chart':
      flowChart(paper, parent, block);
      break;
    case 'missing':
      flowMissing(paper, parent, block);
      break;
    case 'signature':
      flowSignature(paper, parent, block.labels);
      break;
    default:
      block satisfies never;
  }
};
