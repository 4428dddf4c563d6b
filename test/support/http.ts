import { isReading } from '#functions/api/readings.ts';
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

/** Who reads, and why, where a test says nothing of it: on record wherever tests ask. */
export const READER = { by: 'reader', reason: 'to see what is on record' };
export const READER_ITEM = {
  ...{ pk: { S: 'demo#PERSON#reader' }, sk: { S: 'CURRENT' }, version: { N: '1' } },
  body: {
    S: '{"personId":"reader","name":"Ina Reader","role":"officer","mobile":"+447700900099"}',
  },
};

const asReader = ({ routeKey, query }: Asked): Asked['query'] =>
  isReading(routeKey) && query?.by === undefined && query?.reason === undefined
    ? { ...READER, ...query }
    : query;

/** A request as API Gateway hands it over: a text body as it is, anything else as JSON. */
export const httpRequest = (asked: Asked) => {
  const { routeKey, who, body, path, headers } = asked;
  const query = asReader(asked);
  return {
    routeKey,
    headers: headers ?? { 'content-type': 'application/json' },
    ...(path === undefined ? {} : { pathParameters: path }),
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: who === undefined ? {} : { authorizer: { lambda: who } },
  };
};

export const bodyOf = ({ body }: HttpResponse): unknown => JSON.parse(body);
