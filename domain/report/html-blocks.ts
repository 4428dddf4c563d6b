import { toIso } from '../model/instant.ts';
import type { Block, ChartBlock, MapBlock, TableBlock } from './block.ts';
import { chartPicture } from './chart-picture.ts';
import { escapeMarkup } from './escape-markup.ts';
import { mapLegend } from './map-legend.ts';
import { mapPicture } from './map-picture.ts';
import { printable } from './printable.ts';
import { svgOf } from './svg.ts';
import { tableOfChart } from './table-of-chart.ts';
import { partsOf, type Words } from './words.ts';
import { writeInstant, writeWords } from './write-words.ts';

/** Text of a report in HTML: escaped, with line breaks, and each instant as a time. */
export const htmlWords = (words: Words, timeZone: string): string =>
  partsOf(words)
    .map((part) => {
      if (typeof part === 'string') {
        return escapeMarkup(printable(part)).replaceAll('\n', '<br>');
      }
      const written = escapeMarkup(writeInstant(part.at, timeZone));
      return `<time datetime="${toIso(part.at)}">${written}</time>`;
    })
    .join('');

/**
 * An element that holds text of a report. Letters of any script stand in their own direction, and
 * turn nothing about them.
 */
const holding = (tag: string, html: string, attributes = ''): string =>
  `<${tag}${attributes} dir="auto">${html}</${tag}>`;

type Say = (words: Words) => string;

const tableHtml = ({ caption, columns, rows, whenEmpty }: TableBlock, say: Say): string => {
  const heads = columns.map(({ heading, align }) =>
    holding('th', say(heading), ` scope="col" class="${align}"`),
  );
  const cellOf = (cell: Words, i: number): string => {
    const align = ` class="${columns[i]?.align ?? 'start'}"`;
    return i === 0
      ? holding('th', say(cell), ` scope="row"${align}`)
      : holding('td', say(cell), align);
  };
  const body = rows.map((row) => `<tr>${row.map(cellOf).join('')}</tr>`).join('\n');
  const instead = holding('td', say(whenEmpty), ` colspan="${columns.length}"`);
  return [
    `<table>${holding('caption', say(caption))}<thead><tr>${heads.join('')}</tr></thead>`,
    `<tbody>${rows.length === 0 ? `<tr>${instead}</tr>` : body}</tbody></table>`,
  ].join('\n');
};

const listHtml = (items: readonly Words[], tag: 'ol' | 'ul', say: Say): string =>
  `<${tag}>${items.map((item) => holding('li', say(item))).join('')}</${tag}>`;

const figureHtml = (svg: string, caption: string, more: string): string =>
  `<figure>${svg}${holding('figcaption', caption)}${more}</figure>`;

const mapHtml = ({ caption, description, drawing }: MapBlock, timeZone: string, say: Say): string =>
  figureHtml(
    svgOf(mapPicture(drawing), writeWords(description, timeZone)),
    say(caption),
    holding('p', say(description)) + listHtml(mapLegend(drawing), 'ul', say),
  );

const chartHtml = (chart: ChartBlock, say: Say): string => {
  const svg = svgOf(chartPicture(chart), printable(chart.description));
  const figure = figureHtml(svg, say(chart.caption), holding('p', say(chart.description)));
  return figure + tableHtml(tableOfChart(chart), say);
};

type Facts = Extract<Block, { kind: 'facts' }>;

const factsHtml = ({ caption, rows }: Facts, say: Say): string => {
  const body = rows.map(({ label, value }) => {
    const cells = holding('th', say(label), ' scope="row"') + holding('td', say(value));
    return `<tr>${cells}</tr>`;
  });
  const head = holding('caption', say(caption));
  return `<table class="facts">${head}<tbody>${body.join('\n')}</tbody></table>`;
};

/** A block in HTML. */
export const blockHtml = (block: Block, timeZone: string): string => {
  const say: Say = (words) => htmlWords(words, timeZone);
  switch (block.kind) {
    case 'paragraph':
      return holding('p', say(block.text));
    case 'list':
      return listHtml(block.items, block.isNumbered ? 'ol' : 'ul', say);
    case 'facts':
      return factsHtml(block, say);
    case 'table':
      return tableHtml(block, say);
    case 'map':
      return mapHtml(block, timeZone, say);
    case 'chart':
      return chartHtml(block, say);
    case 'missing': {
      const what = holding('p', `<strong>Missing:</strong> ${say(block.what)}`);
      return `<div class="missing">${what}${holding('p', say(block.whyItMatters))}</div>`;
    }
    case 'signature':
      return block.labels.map((one) => holding('p', say(one), ' class="to-sign"')).join('');
    default:
      return block satisfies never;
  }
};
