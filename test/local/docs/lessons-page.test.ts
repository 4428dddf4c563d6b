import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const page = readFileSync(new URL('docs/lessons.md', root), 'utf8');

const rows = [...page.matchAll(/^\| (.+?): .+ \| .+ \| `(test\/\S+\.test\.ts)`: (.+) \|$/gm)].map(
  ([, numbers = '', file = '', name = '']) => [numbers, file, name] as const,
);

describe('what went wrong elsewhere', () => {
  it('is told in rows that each name a test', () => {
    const [, ...told] = page.match(/^\| [a-zA-Z].*/gm) ?? [];
    expect(rows).toHaveLength(told.length);
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows)('%s is held by a test that is there, under its numbers', (numbers, file, name) => {
    const titles = readFileSync(new URL(file, root), 'utf8').match(/['"`].+['"`],? ?/g) ?? [];
    const text = titles.join('\n').replaceAll("\\'", "'");
    expect(text).toContain(name);
    expect(text).toContain(`(${numbers})`);
  });
});
