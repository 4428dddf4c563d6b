import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '#domain/report/block.ts';
import { renderHtml } from '#domain/report/html.ts';
import { printedOf } from '#domain/report/printed.ts';
import { FACES } from '#functions/adapters/pdf/faces.ts';
import { openFonts } from '#functions/adapters/pdf/open-fonts.ts';
import { renderPdf } from '#functions/adapters/pdf/render-pdf.ts';
import { textSetter } from '#functions/adapters/pdf/set-text.ts';
import { fontFiles } from '#lib/constructs/font-files.ts';
import { allOf, readPdf } from '#test/support/read-pdf.ts';
import { readPackagedFont } from '#test/support/report-fonts.ts';
import { madeReport, madeVerification } from '#test/support/reports.ts';

const pdfOf = (changes: Parameters<typeof madeReport>[0] = {}): Promise<Uint8Array> =>
  renderPdf(printedOf(madeReport(changes), madeVerification), readPackagedFont);

const withBlocks = (...blocks: Block[]): Promise<Uint8Array> =>
  pdfOf({ sections: [{ heading: 'Only', blocks, parts: [] }] });

/** Letters of scripts in which fonts are known to share signs, and to set one letter of several. */
const LETTERS = [
  ...'ῃηᾳαῳωἡἥᾗᾟϊΐΌΆΏϐβϑθΩµﬁfiłŁşșđæǅIİıẞßЇїйЁґЎѣệữỹĐ',
  ...['सिंह', 'ক্ষ', 'তী', 'ગુ', 'ਪ੍ਰੀ', 'தமி', 'ழ்', 'عـلي', 'לוי', "O'", '-', '王'],
];
const nameArbitrary = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 8 })
  .map((letters) => letters.join('').normalize('NFC'));

const plain = (text: string): string => text.replace(/[\s\u00a0]+/g, '');

describe('a report in PDF', () => {
  it('is tagged: headings in order, heads of tables, pictures in words, its language', async () => {
    const { document, catalog } = readPdf(await pdfOf());
    const all = allOf(document);
    const headings = all.flatMap(({ tag }) => (/^H\d$/.test(tag) ? [Number(tag.slice(1))] : []));
    expect(catalog).toMatch(/\/Lang \(en-GB\)/);
    expect(headings[0]).toBe(1);
    expect(headings.every((level, i) => level - (headings[i - 1] ?? 0) <= 1)).toBe(true);
    for (const table of all.filter(({ tag }) => tag === 'Table')) {
      expect(table.parts[0]?.tag).toBe('Caption');
      for (const head of allOf(table).filter(({ tag }) => tag === 'TH')) {
        expect(head.dictionary).toMatch(/\/Scope \/(Row|Column)/);
      }
    }
    const figures = all.filter(({ tag }) => tag === 'Figure');
    expect(figures).toHaveLength(3);
    for (const { dictionary } of figures) expect(dictionary).toMatch(/\/Alt \(.+\)/);
  });

  it('says all that the HTML says, in its order', async () => {
    const printed = printedOf(madeReport(), madeVerification);
    const { document } = readPdf(await renderPdf(printed, readPackagedFont));
    const said = plain(
      allOf(document)
        .map(({ tag, text }) => (tag === 'Figure' ? '' : text))
        .join(''),
    );
    const main = /<main>([\s\S]*)<\/main>/.exec(renderHtml(printed))?.[1] ?? '';
    const texts = main
      .replace(/<svg[\s\S]*?<\/svg>/g, '')
      .split(/<[^>]+>/)
      .map(plain)
      .filter((text) => text !== '');
    let from = 0;
    const missing = texts.filter((text) => {
      const at = said.indexOf(text, from);
      if (at >= 0) from = at + text.length;
      return at < 0;
    });
    expect(missing).toEqual([]);
  });

  it('has a table over pages as one table, each row once', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => [`row ${i}`, `${'words '.repeat(i % 40)}`]);
    const columns = ['Row', 'What'].map((heading) => ({
      heading,
      align: 'start' as const,
      share: 1,
    }));
    const table = { kind: 'table' as const, caption: 'Long', columns, rows, whenEmpty: 'none' };
    const { document, pages } = readPdf(await withBlocks(table));
    const all = allOf(document);
    const [read] = all.filter(({ parts }) => parts[0]?.text === 'Long');
    const heads = allOf(read ?? document)
      .filter(({ tag }) => tag === 'TH')
      .map(({ text }) => text);
    expect(pages).toBeGreaterThan(4);
    expect(heads).toEqual(['Row', 'What', ...rows.map(([first]) => first)]);
  });

  it('prints any text, whatever letters it has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (text) => {
        const { document } = readPdf(await withBlocks({ kind: 'paragraph', text }));
        expect(allOf(document).some(({ text: said }) => said === 'Only')).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['Kovač Иван Ελένη Nguyễn Thị Hồng'],
    ['王小明'],
    ['a word that no column holds: '.concat('x'.repeat(300))],
  ])('says %j in its own letters', async (text) => {
    const { document } = readPdf(await withBlocks({ kind: 'paragraph', text }));
    const said = allOf(document).map((element) => plain(element.text));
    expect(said).toContain(plain(text));
  });

  it('says a name in its own letters whatever was printed before with their signs', async () => {
    const letters = Array.from({ length: 256 }, (_, i) => String.fromCodePoint(0x1f00 + i));
    await withBlocks({ kind: 'paragraph', text: letters.join('') });
    const { document } = readPdf(await withBlocks({ kind: 'paragraph', text: 'Ελένη' }));
    expect(allOf(document).map(({ text }) => text)).toContain('Ελένη');
  });

  it('sets what is read from the right, and what it cannot join, without failing', async () => {
    const text = 'محمد علي (1990) שלום ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ক্ষ தமிழ் ગુજરાતી';
    const bytes = await withBlocks({ kind: 'paragraph', text });
    expect(readPdf(bytes).pages).toBe(1);
  });

  it('gives each name back as it is spelled, also of letters that share a sign', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nameArbitrary, { minLength: 12, maxLength: 24 }), async (names) => {
        const blocks = names.map((text): Block => ({ kind: 'paragraph', text }));
        const { document } = readPdf(await withBlocks(...blocks));
        const said = allOf(document).flatMap(({ tag, text }) => (tag === 'P' ? [text] : []));
        expect(said.slice(0, names.length)).toEqual(names);
      }),
      { numRuns: 6 },
    );
  });

  it('parts the words of a text by spaces, also where a line ends', async () => {
    const text = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
    const { document } = readPdf(await withBlocks({ kind: 'paragraph', text: `${text}\nend` }));
    expect(allOf(document).map((element) => element.text)).toContain(`${text} end`);
  });

  it('is the same bytes for the same report', async () => {
    const hashOf = async () =>
      createHash('sha256')
        .update(await pdfOf())
        .digest('hex');
    expect(await hashOf()).toBe(await hashOf());
  });
});

describe('the columns of a table', () => {
  const style = { size: 8.5, weight: 'regular' } as const;
  const { linesOf } = textSetter(openFonts(readPackagedFont));
  const textsIn = (text: string, width: number) =>
    linesOf(text, style, width).map(({ text: line }) => line.trimEnd());

  it('part what is held together between words, never within one that fits', () => {
    const held = 'Sat 24 Oct 2026 14:21:00\u00a0BST (2026-10-24\u00a013:21:00\u00a0UTC)';
    expect(textsIn(held, 114)).toEqual(['Sat 24 Oct 2026', '14:21:00\u00a0BST', held.slice(29)]);
    expect(textsIn(held, 70).join(' ').replaceAll('\u00a0', ' ').split(' ')).toEqual(
      held.replaceAll('\u00a0', ' ').split(' '),
    );
  });
});

describe('the fonts of reports', () => {
  it('are those that lie beside the bundle', () => {
    const named = new Set(FACES.flatMap(({ regular, bold }) => [regular, bold]));
    const bundled = fontFiles.map((path) => path.slice(path.lastIndexOf('/') + 1));
    expect([...named].sort()).toEqual(bundled.sort());
  });
});
