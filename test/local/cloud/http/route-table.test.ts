import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRouteTable } from '#local/cloud/http/route-table.ts';

const ROUTES = [
  'GET /v1/alerts',
  'GET /v1/alerts/{alertId}',
  'POST /v1/alerts/{alertId}/close',
  'GET /v1/alerts/mine',
  'ANY /v1/alerts/{alertId}',
  'GET /v1/{proxy+}',
  'ANY /{proxy+}',
];

const tableOf = (routeKeys: readonly string[]) => {
  const table = createRouteTable<string>();
  for (const key of routeKeys) table.add(key, key);
  return table;
};

describe('given the routes of an API', () => {
  it.each([
    ['GET', '/v1/alerts', 'GET /v1/alerts', {}],
    ['GET', '/v1/alerts/7', 'GET /v1/alerts/{alertId}', { alertId: '7' }],
    ['GET', '/v1/alerts/mine', 'GET /v1/alerts/mine', {}],
    ['PUT', '/v1/alerts/a%2Fb', 'ANY /v1/alerts/{alertId}', { alertId: 'a/b' }],
    ['POST', '/v1/alerts/7/close', 'POST /v1/alerts/{alertId}/close', { alertId: '7' }],
    ['GET', '/v1/wearers/1/state', 'GET /v1/{proxy+}', { proxy: 'wearers/1/state' }],
    ['DELETE', '/v1/wearers/1', 'ANY /{proxy+}', { proxy: 'v1/wearers/1' }],
  ])('leads %s %s to %s', (method, path, routeKey, pathParameters) => {
    expect(tableOf(ROUTES).match(method, path)).toEqual({
      target: routeKey,
      routeKey,
      pathParameters,
    });
  });

  it('finds the same route in whatever order the routes were added', () => {
    const paths = fc.constantFrom('/v1/alerts', '/v1/alerts/mine', '/v1/alerts/9', '/v1/x/y', '/z');
    const methods = fc.constantFrom('GET', 'POST', 'DELETE');
    const orders = fc.shuffledSubarray(ROUTES, { minLength: ROUTES.length });
    fc.assert(
      fc.property(orders, methods, paths, (order, method, path) => {
        expect(tableOf(order).match(method, path)?.routeKey).toBe(
          tableOf(ROUTES).match(method, path)?.routeKey,
        );
      }),
    );
  });

  it('knows no route for another method, another depth or an empty parameter', () => {
    const table = tableOf(['GET /a/{b}']);
    expect([
      table.match('POST', '/a/1'),
      table.match('GET', '/a'),
      table.match('GET', '/a/1/2'),
      table.match('GET', '/a/'),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('falls back to $default', () => {
    expect(tableOf(['GET /a', '$default']).match('PUT', '/b')?.routeKey).toBe('$default');
  });

  it('refuses a route key that is none', () => {
    expect(() => tableOf(['/a'])).toThrow(/Route key "\/a"/);
  });
});
