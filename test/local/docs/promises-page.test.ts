import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const [, section = ''] = read('README.md').split('## What it promises');
const [table = ''] = section.split('\n## ');
const rows = [...table.matchAll(/^\| (.+?) \| `([\w-]+)` \|$/gm)].map(
  ([, promise = '', journey = '']) => [promise, journey] as const,
);

describe('what README promises', () => {
  it('has a journey for each promise, and a promise for each journey', () => {
    const [, , ...lines] = table.match(/^\|.*/gm) ?? [];
    expect(rows).toHaveLength(lines.length);
    const journeys = readdirSync(new URL('test/journeys/', root))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => name.replace('.test.ts', ''));
    expect(rows.map(([, journey]) => journey).toSorted()).toEqual(journeys.toSorted());
  });

  it.each(rows)('%s: the journey fails on a message that it does not look at', (_, journey) => {
    const text = read(`test/journeys/${journey}.test.ts`);
    expect(text).toContain('afterEach(() => closeOffice(office));');
    expect(text).not.toMatch(/^\s*office\.takeSent\(\);$/m);
  });
});
