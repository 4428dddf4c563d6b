import { escapeMarkup } from '../report/escape-markup.ts';
import { printable } from '../report/printable.ts';
import type { Happened, Letter } from './letter.ts';

const STYLE =
  'body{font:12pt/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse}th,td{border:1px solid;padding:.3rem .6rem;text-align:left}' +
  '.notice{border:3px solid;padding:.5rem}';

/** As a page may print it: nothing is hidden in a letter, and nothing turns the words about it. */
const text = (said: string): string => escapeMarkup(printable(said));

const paragraphs = (said: string): string =>
  said
    .split(/\n+/)
    .map((line) => `<p>${text(line)}</p>`)
    .join('');

const row = ({ what, sinceLocal, sinceUtc, untilLocal }: Happened): string =>
  `<tr><th scope="row">${text(what)}</th>` +
  `<td>${text(sinceLocal)}<br><small>${text(sinceUtc)}</small></td>` +
  `<td>${text(untilLocal ?? 'not over by the record')}</td></tr>`;

const table = (happened: readonly Happened[]): string =>
  happened.length === 0
    ? '<p>Nothing that was found by data is part of this letter.</p>'
    : '<table><caption>What happened, by the record</caption><thead><tr>' +
      '<th scope="col">What</th><th scope="col">Since</th><th scope="col">Until</th>' +
      `</tr></thead><tbody>${happened.map(row).join('')}</tbody></table>`;

/** A letter as a page to be printed or sent: the same letter gives the same bytes. */
export const letterHtml = (letter: Letter): string => {
  const notice =
    letter.notice === null ? '' : `<p class="notice" role="note">${text(letter.notice)}</p>`;
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    `<title>${text(letter.heading)}</title><style>${STYLE}</style></head><body><main>${notice}` +
    `<address>${letter.addressee.map(text).join('<br>')}</address><p>${text(letter.date)}</p>` +
    `<h1>${text(letter.heading)}</h1><p>${text(letter.opening)}</p>${table(letter.happened)}` +
    `<h2>Why</h2>${paragraphs(letter.why)}` +
    `<h2>What is expected of you</h2>${paragraphs(letter.expected)}` +
    `<h2>How to answer</h2>${paragraphs(letter.howToAnswer)}` +
    `<p>${text(letter.signedBy)}</p><p><small>${text(letter.legalBasis)}</small></p>` +
    '</main></body></html>'
  );
};
