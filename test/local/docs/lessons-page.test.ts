import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const page = readFileSync(new URL('docs/lessons.md', root), 'utf8');

const rows = [...page.matchAll(/^\| (.+?) \| .+ \| `(test\/\S+\.test\.ts)`: (.+) \|$/gm)].map(
  ([, reported = '', file = '', name = '']) => [reported, file, name] as const,
);

describe('what went wrong elsewhere', () => {
  it('is told in rows that each name a test', () => {
    const [, ...told] = page.match(/^\| [a-zA-Z].*/gm) ?? [];
    expect(rows).toHaveLength(told.length);
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows)('%s is held by a test that is there', (_, file, name) => {
    const url = new URL(file, root);
    expect(existsSync(url)).toBe(true);
    expect(readFileSync(url, 'utf8').replaceAll("\\'", "'")).toContain(name);
  });
});
