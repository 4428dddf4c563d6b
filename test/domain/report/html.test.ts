import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import type { Block } from '#domain/report/block.ts';
import { renderHtml } from '#domain/report/html.ts';
import { printable } from '#domain/report/printable.ts';
import { printedOf } from '#domain/report/printed.ts';
import { writeInstant } from '#domain/report/write-words.ts';
import { madeReport, madeVerification } from '#test/support/reports.ts';

const htmlOf = (changes: Parameters<typeof madeReport>[0] = {}): string =>
  renderHtml(printedOf(madeReport(changes), madeVerification));

const withBlocks = (...blocks: Block[]): string =>
  htmlOf({ sections: [{ heading: 'Only', blocks, parts: [] }] });

describe('a report in HTML', () => {
  it('cuts no word of a table on a small screen: what is too wide is scrolled to', () => {
    const html = htmlOf();
    expect(html).toContain('main{overflow-x:auto}');
    expect(html).not.toMatch(/^th,td\{[^}]*overflow-wrap/m);
  });

  it('has its language, headings in order, and nothing that runs or is loaded', () => {
    const html = htmlOf();
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(html).toContain('<html lang="en-GB">');
    expect(levels[0]).toBe(1);
    expect(levels.every((level, i) => i === 0 || level - (levels[i - 1] ?? 0) <= 1)).toBe(true);
    expect(html).not.toMatch(/<script|<link|<img|src=|href=|url\(/);
  });

  it('gives tables captions and scopes, and pictures words', () => {
    const html = htmlOf();
    for (const [table] of html.matchAll(/<table.*?<\/table>/gs)) {
      expect(table).toMatch(/<caption[^>]*>.+<\/caption>/s);
      expect(table.match(/<th /g)?.length).toBe(table.match(/<th scope="(col|row)"/g)?.length);
    }
    for (const [svg] of html.matchAll(/<svg[^>]*>/g)) expect(svg).toMatch(/aria-label="[^"]+"/);
  });

  it('prints instants by the clock of the zone and in UTC, on both sides of a change', () => {
    const html = htmlOf();
    expect(html).toContain('Sun 25 Oct 2026 01:30:00 BST (2026-10-25 00:30:00 UTC)');
    expect(html).toContain('Sun 25 Oct 2026 01:30:00 GMT (2026-10-25 01:30:00 UTC)');
  });

  it('says in words what stands in place of rows where there are none', () => {
    const columns = [{ heading: 'When', align: 'start' as const, share: 1 }];
    const whenEmpty = 'Nothing happened in this week.';
    const table = { kind: 'table' as const, caption: 'Events', columns, rows: [], whenEmpty };
    expect(withBlocks(table)).toContain(whenEmpty);
  });

  it('keeps any text as text, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text) => {
        const html = withBlocks(
          { kind: 'paragraph', text },
          { kind: 'facts', caption: text, rows: [{ label: text, value: [text, text] }] },
          { kind: 'missing', what: text, whyItMatters: text },
        );
        const body = html.slice(html.indexOf('<section'));
        const plain = withBlocks(
          { kind: 'paragraph', text: 'x' },
          { kind: 'facts', caption: 'x', rows: [{ label: 'x', value: ['x', 'x'] }] },
          { kind: 'missing', what: 'x', whyItMatters: 'x' },
        );
        const tagsOf = (page: string): string[] =>
          (page.match(/<[a-z/!][^>]*>/g) ?? []).filter((tag) => tag !== '<br>');
        expect(tagsOf(body)).toEqual(tagsOf(plain.slice(plain.indexOf('<section'))));
      }),
      { numRuns: 100 },
    );
  });

  it('is the same text for the same report', () => {
    expect(htmlOf()).toBe(htmlOf());
  });
});

describe('what is printed', () => {
  it('hides nothing: what cannot be seen is named', () => {
    expect(printable('a\u202eb\u0000\ud800c')).toBe('a[U+202E]b[U+0000][U+D800]c');
  });

  it('leaves letters of any script, and what joins them, as they are', () => {
    const names = 'Kovač Иван 王小明 محمد ਸਿੰਘ क्‍ष';
    expect(printable(names)).toBe(names);
  });

  it('says an instant once where local time is UTC', () => {
    expect(writeInstant(instant(0), 'UTC')).toBe('1970-01-01 00:00:00 UTC');
  });
});
