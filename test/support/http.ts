import type { HttpResponse } from '#functions/middleware/http.ts';

export const HEAD_END = {
  role: 'head-end',
  agencyId: 'demo',
  headEndId: 'head-end',
  tokenId: 't-1',
  requestsPerMinute: 60_000,
  eventsPerMinute: 600_000,
};
export const LIAISON = { role: 'liaison', agencyId: 'demo', liaisonId: 'met' };
export const ADMINISTRATOR = { role: 'administrator', agencyId: 'demo' };

export type Asked = Readonly<{
  routeKey: string;
  who?: unknown;
  body?: unknown;
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
}>;

/** A request as API Gateway hands it over: a text body as it is, anything else as JSON. */
export const httpRequest = ({ routeKey, who, body, path, query, headers }: Asked) => ({
  routeKey,
  headers: headers ?? { 'content-type': 'application/json' },
  ...(path === undefined ? {} : { pathParameters: path }),
  ...(query === undefined ? {} : { queryStringParameters: query }),
  ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  isBase64Encoded: false,
  requestContext: who === undefined ? {} : { authorizer: { lambda: who } },
});

export const bodyOf = ({ body }: HttpResponse): unknown => JSON.parse(body);
