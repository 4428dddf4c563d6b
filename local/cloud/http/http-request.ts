import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Instant } from '#domain/model/instant.ts';

/** A request to the HTTP API, read in full. */
export type HttpRequest = {
  requestId: string;
  receivedAt: Instant;
  method: string;
  path: string;
  rawQueryString: string;
  /** Names in lower case, repeated ones joined by commas; without `cookie`. */
  headers: Record<string, string>;
  cookies: string[];
  sourceIp: string;
  body: Buffer;
};

/** What the gateway says about itself in every event. */
export type ApiIdentity = { apiId: string; accountId: string; stage: string };

const headersOf = (request: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (name !== 'cookie' && values !== undefined) headers[name] = values.join(',');
  }
  return headers;
};

export const readHttpRequest = (
  request: IncomingMessage,
  body: Buffer,
  receivedAt: Instant,
): HttpRequest => {
  const { method = 'GET', url = '/' } = request;
  const [path = '/', ...query] = url.split('?');
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  return {
    requestId: randomUUID(),
    receivedAt,
    method,
    path,
    rawQueryString: query.join('?'),
    headers: {
      ...headersOf(request),
      'x-forwarded-for': sourceIp,
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    cookies: (request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie !== ''),
    sourceIp,
    body,
  };
};

/** What API Gateway hands on as text; all else, even a form or no type at all, is base64. */
const TEXT = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i;

const bodyOf = ({ body, headers }: HttpRequest) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT.test(headers['content-type'] ?? '');
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};

const queryOf = (rawQueryString: string): Record<string, string> | undefined => {
  if (rawQueryString === '') return undefined;
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  }
  return parameters;
};

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The common log format's time, in UTC: `21/Nov/2026:10:00:00 +0000`. */
const commonLogTime = (at: Instant): string => {
  const iso = new Date(at).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};

export type RouteHit = { routeKey: string; pathParameters: Record<string, string> };

const requestContext = (request: HttpRequest, hit: RouteHit, api: ApiIdentity) => ({
  accountId: api.accountId,
  apiId: api.apiId,
  domainName: request.headers.host ?? '',
  domainPrefix: api.apiId,
  http: {
    method: request.method,
    path: request.path,
    protocol: 'HTTP/1.1',
    sourceIp: request.sourceIp,
    userAgent: request.headers['user-agent'] ?? '',
  },
  requestId: request.requestId,
  routeKey: hit.routeKey,
  stage: api.stage,
  time: commonLogTime(request.receivedAt),
  timeEpoch: request.receivedAt,
});

const commonPart = (request: HttpRequest, hit: RouteHit, api: ApiIdentity) => {
  const query = queryOf(request.rawQueryString);
  const hasParameters = Object.keys(hit.pathParameters).length > 0;
  return {
    version: '2.0',
    routeKey: hit.routeKey,
    rawPath: request.path,
    rawQueryString: request.rawQueryString,
    ...(request.cookies.length === 0 ? {} : { cookies: request.cookies }),
    headers: request.headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: requestContext(request, hit, api),
    ...(hasParameters ? { pathParameters: hit.pathParameters } : {}),
  };
};

/** The event of a Lambda integration, payload format 2.0. */
export const integrationEvent = (
  request: HttpRequest,
  hit: RouteHit & { authorizerContext?: unknown },
  api: ApiIdentity,
) => {
  const event = commonPart(request, hit, api);
  const { authorizerContext } = hit;
  const authorizer =
    authorizerContext === undefined ? {} : { authorizer: { lambda: authorizerContext } };
  return {
    ...event,
    requestContext: { ...event.requestContext, ...authorizer },
    ...bodyOf(request),
  };
};

/** The event of a REQUEST authorizer, payload format 2.0. It never carries the body. */
export const authorizerEvent = (
  request: HttpRequest,
  hit: RouteHit & { routeArn: string; identitySource: readonly string[] },
  api: ApiIdentity,
) => ({
  ...commonPart(request, hit, api),
  type: 'REQUEST',
  routeArn: hit.routeArn,
  identitySource: hit.identitySource,
});
