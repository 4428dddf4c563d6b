import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conditionSchema, orderSchema } from '#domain/model/order.ts';

const PAGE = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const ORDERS = PAGE.slice(PAGE.indexOf('\n### Orders'), PAGE.indexOf('\n### Nudges'));

/** Of each kind of condition, the fields that its rows name. */
const told = new Map<string, string[]>();
let kind = '';
for (const [, named = '', fields = ''] of ORDERS.matchAll(
  /^\| (`[a-z-]+`)? ?\| ([^|]*`[^|]*) \|/gm,
)) {
  if (named !== '') kind = named.slice(1, -1);
  told.set(kind, [...(told.get(kind) ?? []), ...fields.split('`').filter((_, i) => i % 2 === 1)]);
}

describe('the page of the API', () => {
  it.each(conditionSchema.options.map(({ shape }) => [shape.kind.value, shape] as const))(
    'tells of each field of a condition %s',
    (name, shape) => {
      const own = Object.keys(shape).filter((key) => !/^(conditionId|kind|certainty)$/.test(key));
      expect(told.get(name)?.toSorted()).toEqual(own.toSorted());
    },
  );

  it('tells of each field of an order', () => {
    const own = Object.keys(orderSchema.shape).filter((key) => key !== 'orderId');
    for (const key of own) expect(ORDERS).toContain(`\n| \`${key}\` |`);
  });
});
