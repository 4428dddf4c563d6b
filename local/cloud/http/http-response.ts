import * as z from 'zod';

export type HttpResponse = {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
};

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const structuredSchema = z.looseObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.undefined('payload format 2.0 has no multiValueHeaders').optional(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** An answer of the gateway itself, as AWS words it. */
export const gatewayMessage = (status: number, message: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from(JSON.stringify({ message })),
});

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const inferred = (payload: unknown): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload ?? null)),
});

/**
 * The HTTP answer that a function's result means in payload format 2.0: with a `statusCode` it is
 * taken apart, without one the whole result is the JSON body of a 200. A malformed one is a 500.
 */
export const httpResponseOf = (payload: unknown): HttpResponse => {
  const isStructured = z.looseObject({ statusCode: z.unknown() }).safeParse(payload);
  if (!isStructured.success || isStructured.data.statusCode === undefined) return inferred(payload);
  const parsed = structuredSchema.safeParse(payload);
  if (!parsed.success) return gatewayMessage(500, 'Internal Server Error');
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...lowerCased(headers ?? {}) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
};
