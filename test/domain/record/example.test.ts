import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digestOfAnchor } from '#domain/record/anchor.ts';
import { canonical } from '#domain/record/canonical.ts';
import { type ExportLine, exportLineSchema } from '#domain/record/export-line.ts';
import { whatIsProven } from '#domain/record/verdict.ts';
import { keyIdOf } from '#local/record/node-crypto.ts';
import { sha256 } from '#test/support/sealed.ts';
import { verified } from '#test/support/verified.ts';

const fileOf = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const TEXT = fileOf('../../fixtures/record/kent-w-1.ndjson');
const PAGE = fileOf('../../../docs/record.md');
const KEY = keyIdOf(fileOf('../../fixtures/record/kent.pem'));

const LINES = TEXT.split('\n').slice(0, -1);
const without = (line: number): string => LINES.toSpliced(line - 1, 1).join('\n');
const erasedAt = (line: number): string => {
  const entry = { ...JSON.parse(LINES[line - 1] ?? ''), salt: null, entry: null };
  return LINES.with(line - 1, JSON.stringify(entry)).join('\n');
};
const [head = '', first = '', second = '', ...rest] = LINES;

describe('the example of the page on the record', () => {
  it('is intact, as files that were written before a change of ours must stay', () => {
    const verdict = verified(TEXT, { chain: 'kent#WEARER#w-1', keyId: KEY });
    expect(verdict).toMatchObject({ problems: 0, entries: 6, erased: 1, unsealed: 1, anchors: 2 });
    for (const sentence of whatIsProven(verdict, true)) expect(PAGE).toContain(sentence);
  });

  it('has the digests and canonical texts that the page shows', () => {
    const lines = LINES.map((line): ExportLine => exportLineSchema.parse(JSON.parse(line)));
    const entry = lines.find((line) => line.kind === 'entry') ?? expect.fail('no entry');
    const anchor = lines.find((line) => line.kind === 'anchor') ?? expect.fail('no anchor');
    const opened = canonical({ salt: entry.salt, entry: entry.entry });
    const shown = [
      ...[opened, entry.commitment, entry.hash, anchor.anchored.root, KEY],
      digestOfAnchor(sha256, anchor.signed.anchor),
    ];
    for (const text of shown) expect(PAGE).toContain(text);
    const blocks = [...PAGE.matchAll(/```\n(\{.*\})\n```\n\nSHA-256: `([0-9a-f]{64})`/g)];
    expect(blocks).toHaveLength(3);
    for (const [, text = '', digest] of blocks) expect(sha256(text)).toBe(digest);
  });

  it.each([
    ['another minute in a body', TEXT.replace('by 20:15', 'by 20:16'), 4],
    ['a line left out', without(7), 4],
    ['a head that counts one less', TEXT.replace('"sealed":6', '"sealed":5'), 6],
    ['its anchors turned round', [head, second, first, ...rest].join('\n'), 2],
    ['an entry said to be erased', erasedAt(7), 4],
  ])('is not intact with %s, at the position that the page says', (_, text, position) => {
    expect(verified(text).first?.position).toBe(position);
  });
});
