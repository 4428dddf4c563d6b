import type { MiddlewareObj } from '@middy/core';
import * as z from 'zod';
import { limitsSchema } from '#domain/ingest/allowance.ts';
import {
  agencyIdSchema,
  headEndIdSchema,
  liaisonIdSchema,
  tokenIdSchema,
} from '#domain/model/ids.ts';
import { errorName, type Log } from '../adapters/log/log.ts';

/** Who is asking, as the authorizer says. */
export const principalSchema = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('head-end'),
    agencyId: agencyIdSchema,
    headEndId: headEndIdSchema,
    tokenId: tokenIdSchema,
    /** The one device that the token speaks for; absent: every device of the head-end. */
    deviceSerial: z.string().optional(),
    ...limitsSchema.shape,
  }),
  z.object({ role: z.literal('administrator'), agencyId: agencyIdSchema }),
  z.object({
    role: z.literal('liaison'),
    agencyId: agencyIdSchema,
    liaisonId: liaisonIdSchema,
  }),
]);
export type Principal = z.infer<typeof principalSchema>;
export type HeadEnd = Extract<Principal, { role: 'head-end' }>;

const handedOverSchema = z.object({
  routeKey: z.string(),
  headers: z.record(z.string(), z.string().optional()).default({}),
  pathParameters: z.record(z.string(), z.string().optional()).default({}),
  queryStringParameters: z.record(z.string(), z.string().optional()).default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    authorizer: z.object({ lambda: z.unknown() }).optional(),
    http: z.object({ method: z.string().optional(), sourceIp: z.string() }).optional(),
  }),
});

const ANY_METHOD = /^ANY(?= )/;

/**
 * An HTTP request as API Gateway hands it over (payload format 2.0), as far as we read it. A path
 * with several methods is one route there: here each is named by its own.
 */
export const httpRequestSchema = handedOverSchema.transform((request) => ({
  ...request,
  routeKey: request.routeKey.replace(
    ANY_METHOD,
    (any) => request.requestContext.http?.method ?? any,
  ),
}));
export type HttpRequest = z.infer<typeof httpRequestSchema>;

export type HttpResponse = Readonly<{
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

export const jsonResponse = (statusCode: number, body: unknown): HttpResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

export type Refusal = Readonly<{
  code: string;
  message: string;
  path?: string;
  more?: object;
  headers?: Readonly<Record<string, string>>;
}>;

/**
 * A request that is refused, as problem details (RFC 9457): a stable code, where it lies, and what
 * to do, in plain words.
 */
export const refusal = (statusCode: number, problem: Refusal): HttpResponse => {
  const { code, message, path, more, headers } = problem;
  const where = path === undefined ? {} : { path };
  const response = jsonResponse(statusCode, {
    status: statusCode,
    code,
    detail: message,
    ...where,
    ...more,
  });
  const type = { 'content-type': 'application/problem+json' };
  return { ...response, headers: { ...response.headers, ...type, ...headers } };
};

export const bodyBytes = (request: HttpRequest): Buffer =>
  Buffer.from(request.body ?? '', request.isBase64Encoded ? 'base64' : 'utf8');

/** Whatever went wrong behind a route is answered as such, so that the sender tries again. */
export const answerErrors = (log: Log): MiddlewareObj<unknown, HttpResponse> => ({
  onError: (request) => {
    // Retry: the sender is told that nothing of its request may be relied on.
    log.error('request failed', { error: errorName(request.error) });
    request.response = refusal(503, {
      code: 'try-again',
      message: 'something behind this route failed; send the same request again',
    });
  },
});
