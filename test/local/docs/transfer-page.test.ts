import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alertLineSchema } from '#domain/exchange/alert-line.ts';
import { demographicsLineSchema } from '#domain/exchange/demographics-line.ts';
import { locationLineSchema } from '#domain/exchange/location-line.ts';
import { violationLineSchema } from '#domain/exchange/violation-line.ts';

const PAGE = readFileSync(new URL('../../../docs/record-transfer.md', import.meta.url), 'utf8');
const LINES = PAGE.split('\n## Lines\n')[1]?.split('\n## ')[0] ?? '';

const schemas = [
  ...demographicsLineSchema.options,
  ...locationLineSchema.options,
  violationLineSchema,
  ...alertLineSchema.options,
];

const namedIn = (cell = ''): string[] =>
  [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

describe('given whoever reads a history without our schemas', () => {
  it.each(schemas.map(({ shape }) => [shape.kind.value, shape] as const))(
    'the page has each field of a line %s, and says which may be null or left out',
    (kind, shape) => {
      const row = LINES.split('\n').find((line) => line.split('|')[2]?.trim() === `\`${kind}\``);
      const [, , , always, orNull, beside] = row?.split('|') ?? [];
      const fields = Object.entries(shape).filter(([name]) => name !== 'kind');
      const named = (is: (field: (typeof fields)[number][1]) => boolean) =>
        fields.flatMap(([name, field]) => (is(field) ? [name] : [])).sort();
      const accepts = (value: unknown) => (field: (typeof fields)[number][1]) =>
        field.safeParse(value).success;
      expect(namedIn(beside).sort()).toEqual(named(accepts(undefined)));
      expect(namedIn(orNull).sort()).toEqual(named(accepts(null)));
      expect(namedIn(always).sort()).toEqual(
        named((field) => !accepts(null)(field) && !accepts(undefined)(field)),
      );
    },
  );
});
