import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Known } from '#domain/record/verify.ts';
import type { Ask } from '#local/history/ask-api.ts';
import { fetchRecord } from '#local/record/fetch-record.ts';
import { keyIdOf } from '#local/record/node-crypto.ts';
import { sayVerdict } from '#local/record/say-verdict.ts';
import { verifyFile } from '#local/record/verify-file.ts';
import { AGENCY_KEY, exportOf, openingsOf, textOf } from '#test/support/exported.ts';

const NOBODY: Known = { chain: null, keyId: null };
const TEXT = textOf(exportOf({ openings: openingsOf(40), positions: [12, 30] }));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
});
afterAll(() => rm(folder, { recursive: true }));

const verifiedFile = async (name: string, bytes: string | Buffer, known = NOBODY) => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const [verdict] = await verifyFile(path, known, () => undefined);
  return verdict;
};

describe('given the file of an export', () => {
  it('is verified, with the key of the agency in either form', async () => {
    const ids = [AGENCY_KEY.pem, AGENCY_KEY.publicKey].map(keyIdOf);
    expect(new Set(ids)).toEqual(new Set([AGENCY_KEY.keyId]));
    const verdict = await verifiedFile('good', TEXT, { ...NOBODY, keyId: AGENCY_KEY.keyId });
    expect(sayVerdict(verdict, true).slice(0, 2)).toEqual([
      'INTACT UP TO ENTRY 30  kent#WEARER#w-1: 40 entries, 2 anchors',
      expect.stringContaining('Entries 1 to 30 stand as they were anchored by'),
    ]);
    expect(sayVerdict(verdict, false).join('\n')).toContain(
      'name the key with --key or --public-key',
    );
  });

  it('names the first bad entry, by position, name and line', async () => {
    const verdict = await verifiedFile('bad', TEXT.replace('São Tomé 7"', 'São Tomé 8"'));
    expect(sayVerdict(verdict, true)).toEqual([
      'NOT INTACT  kent#WEARER#w-1: 40 entries, 2 anchors',
      expect.stringMatching(/^First bad entry: 7 \(2026-.*#00000007#1\), line 10 of the file$/),
      expect.stringContaining('is not what was sealed'),
    ]);
  });

  it.each([
    ['that is no UTF-8', Buffer.concat([Buffer.from(TEXT), Buffer.from([0xff, 0xfe])])],
    ['that is compressed', gzipSync(TEXT)],
    ['of one line that does not end', Buffer.alloc(5_000_000, '{')],
    ['whose last letter is cut in two', Buffer.from(`${TEXT}ã`).subarray(0, -1)],
  ])('is refused %s', async (_, bytes) => {
    await expect(verifiedFile('bytes', bytes)).rejects.toThrow(/^line \d+ of the file is no line/);
  });

  it.each([
    ['with a mark of its byte order', `\ufeff${TEXT}`],
    ['with other ends of lines', TEXT.replaceAll('\n', '\r\n')],
  ])('is not intact %s', async (_, text) => {
    const { problems, first } = await verifiedFile('text', text);
    expect(problems).toBeGreaterThan(0);
    expect(first?.message).toMatch(/byte order mark|carriage return/);
  });
});

describe('given an export on several pages', () => {
  const lines = TEXT.split('\n').slice(0, -1);
  const pages = [lines.slice(0, 3), [], lines.slice(3, 20), lines.slice(20)].map((some) =>
    some.map((line) => `${line}\n`).join(''),
  );
  const asking = { wearerId: 'w-1', chain: 'record', by: 'officer', reason: 'appeal' } as const;
  const askFor = (fails: number | null): { ask: Ask; paths: string[] } => {
    const paths: string[] = [];
    return {
      paths,
      ask: async ({ path }) => {
        const page = paths.push(path) - 1;
        if (page === fails) return { status: 422, text: 'no', link: null };
        const isLast = page === pages.length - 1;
        const link = isLast ? null : `</v1/wearers/w-1/record?after=${page + 1}>; rel="next"`;
        return { status: 200, text: pages[page] ?? '', link };
      },
    };
  };

  it('is streamed into a file for its owner alone, page by page', async () => {
    const path = join(folder, 'fetched');
    const told: number[] = [];
    const { ask, paths } = askFor(null);
    await fetchRecord({ ask, told: (count) => told.push(count) }, path, asking);
    expect(await readFile(path, 'utf8')).toBe(TEXT);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(told.at(-1)).toBe(lines.length);
    expect(paths[0]).toBe('/v1/wearers/w-1/record?chain=record&by=officer&reason=appeal');
    const again = fetchRecord({ ask: askFor(null).ask, told: () => undefined }, path, asking);
    await expect(again).rejects.toThrow('EEXIST');
  });

  it('is no export where a page was refused', async () => {
    const path = join(folder, 'half');
    const fetched = fetchRecord({ ask: askFor(2).ask, told: () => undefined }, path, asking);
    await expect(fetched).rejects.toThrow('was answered with 422');
    const [verdict] = await verifyFile(path, NOBODY, () => undefined);
    expect(verdict.first?.code).toBe('totals');
  });
});
