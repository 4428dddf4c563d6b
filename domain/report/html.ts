import { codePicture } from './code-picture.ts';
import type { Section } from './document.ts';
import { escapeMarkup } from './escape-markup.ts';
import { blockHtml, htmlWords } from './html-blocks.ts';
import { printable } from './printable.ts';
import type { Printed } from './printed.ts';
import { svgOf } from './svg.ts';

const STYLE = `body{font:11pt/1.5 "Noto Sans",system-ui,sans-serif;color:#0b0c0c;background:#fff;max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.7rem}h2{font-size:1.3rem;margin-top:2.2rem;border-bottom:2px solid #1d70b8}h3{font-size:1.1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:10pt}caption{text-align:start;font-weight:700;padding:.3rem 0}
th,td{border-bottom:1px solid #b1b4b6;padding:.3rem .5rem;text-align:start;vertical-align:top}
.facts td{overflow-wrap:anywhere}@media screen{main{overflow-x:auto}}
thead th{background:#f3f2f1}td.end,th.end{text-align:end}.facts th{width:30%}tbody th{font-weight:400}.facts tbody th{font-weight:700}
figure{margin:1rem 0}figcaption{font-weight:700}svg{max-width:100%;height:auto}
.missing{border-inline-start:6px solid #b00020;background:#fdf3f4;padding:.2rem .9rem;margin:1rem 0}
.to-sign{margin-top:2.6rem;border-top:1px solid #0b0c0c;max-width:24rem}
header,footer{color:#383f43;font-size:10pt}
@media print{body{max-width:none;padding:0}thead{display:table-header-group}tr,figure,.missing{break-inside:avoid}h2,h3{break-after:avoid}}
@page{size:A4;margin:18mm}`;

/** The page runs nothing and loads nothing, whatever is in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const sectionHtml = (
  { heading, blocks, parts }: Section,
  nth: number,
  timeZone: string,
): string => {
  const id = `section-${nth + 1}`;
  const own = blocks.map((block) => blockHtml(block, timeZone)).join('\n');
  const inner = parts.map(
    (part) =>
      `<h3 dir="auto">${htmlWords(part.heading, timeZone)}</h3>\n` +
      part.blocks.map((block) => blockHtml(block, timeZone)).join('\n'),
  );
  return (
    `<section aria-labelledby="${id}"><h2 id="${id}" dir="auto">${htmlWords(heading, timeZone)}</h2>\n` +
    `${own}\n${inner.join('\n')}</section>`
  );
};

/**
 * A report as one page of accessible HTML: headings in order, tables with captions and scopes, maps
 * in words too, nothing that runs or is loaded. The same report gives the same text.
 */
export const renderHtml = (printed: Printed): string => {
  const { title, timeZone, reference, sections, verification } = printed;
  const shownTitle = escapeMarkup(printable(title));
  const code = escapeMarkup(verification.code);
  const body = sections.map((section, nth) => sectionHtml(section, nth, timeZone)).join('\n');
  const picture = svgOf(codePicture(verification.modules), `QR code of ${verification.address}`);
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>${shownTitle}</title>
<style>${STYLE}</style></head><body>
<header>${escapeMarkup(reference)}</header>
<main><h1 dir="auto">${shownTitle}</h1>
${body}
<p>${picture}</p></main>
<footer>Verification code ${code}</footer></body></html>
`;
};
