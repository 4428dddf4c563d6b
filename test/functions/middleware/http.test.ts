import { describe, expect, it } from 'vitest';
import { httpRequestSchema } from '#functions/middleware/http.ts';

const routeOf = (routeKey: string, method?: string): string =>
  httpRequestSchema.parse({
    routeKey,
    requestContext: { http: { method, sourceIp: '192.0.2.1' } },
  }).routeKey;

describe('a request of a path with several methods', () => {
  it('is named by its own', () => {
    expect(routeOf('ANY /v1/area', 'PUT')).toBe('PUT /v1/area');
    expect(routeOf('ANY /v1/area', 'DELETE')).toBe('DELETE /v1/area');
  });

  it('is left as it is where there is one', () => {
    expect(routeOf('GET /v1/alerts', 'GET')).toBe('GET /v1/alerts');
    expect(routeOf('GET /v1/ANY /x', 'PUT')).toBe('GET /v1/ANY /x');
  });
});
