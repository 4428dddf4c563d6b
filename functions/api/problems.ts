import type { z } from 'zod';
import { plainWords } from '#domain/model/plain-words.ts';
import { blanksIn, halfCharacterIn, lostCharacterIn } from '#domain/model/well-formed.ts';
import { bodyBytes, type HttpRequest, type HttpResponse, refusal } from '../middleware/http.ts';

/** What is wrong with a document, and where in it. */
export type Problem = Readonly<{ code: string; path: string; message: string }>;

/** A document that was understood, or everything that is wrong with it. */
export type Reading<T> =
  | Readonly<{ ok: true; value: T }>
  | Readonly<{ ok: false; problems: readonly Problem[] }>;

export const pathText = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** Reads a value with a schema; each issue becomes a problem with its path. */
export const readAs = <S extends z.ZodType>(schema: S, value: unknown): Reading<z.output<S>> => {
  const parsed = schema.safeParse(value, { error: plainWords });
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map((issue) => ({
    code: issue.code === 'custom' ? 'not-allowed' : 'invalid-field',
    path: pathText(issue.path),
    message: issue.message,
  }));
  return { ok: false, problems };
};

const BLANK = 'shows nothing: write something that can be read, or leave it out';

/**
 * Reads what somebody has put: as `readAs`, and each text that has characters and shows nothing is
 * a problem, too, so that no reason is a space.
 */
export const readWith = <S extends z.ZodType>(schema: S, value: unknown): Reading<z.output<S>> => {
  const read = readAs(schema, value);
  const problems = read.ok ? [] : read.problems;
  const known = new Set(problems.map(({ path }) => path));
  const blank = blanksIn(value).filter((path) => !known.has(path));
  if (read.ok && blank.length === 0) return read;
  const more = blank.map((path) => ({ code: 'invalid-field', path, message: BLANK }));
  return { ok: false, problems: [...problems, ...more] };
};

export const notOnRecord = (path: string, what: string): Problem => ({
  code: 'not-on-record',
  path,
  message: `${what} is not on record: put it there first`,
});

/** 422: understood as JSON, and not acceptable as a document. Nothing of it was saved. */
export const unacceptable = (problems: readonly Problem[]): HttpResponse =>
  refusal(422, {
    code: 'unacceptable',
    message: 'nothing was saved; see the problems',
    more: { problems },
  });

/** The refusal of what holds half a character, which no channel could say; null: it holds none. */
export const notWellFormed = (value: unknown): HttpResponse | null => {
  const path = halfCharacterIn(value);
  if (path === null) return null;
  const message = 'holds half a character (a lone surrogate): send well-formed Unicode';
  return unacceptable([{ code: 'not-well-formed', path: path.toWellFormed(), message }]);
};

export const notFound = (what: string): HttpResponse =>
  refusal(404, { code: 'not-found', message: `${what} is not on record` });

export const isEmpty = (request: HttpRequest): boolean => bodyBytes(request).length === 0;

/** The refusal of a text from which letters were lost before it came; null: none were. */
const notWhole = (value: unknown): HttpResponse | null => {
  const path = lostCharacterIn(value);
  if (path === null) return null;
  const message = 'holds U+FFFD, which stands where bytes were no UTF-8: send the body in UTF-8';
  return unacceptable([{ code: 'not-well-formed', path, message }]);
};

/** The JSON object of a request's body, or the refusal of it. */
export const jsonBody = (request: HttpRequest): Record<string, unknown> | HttpResponse => {
  try {
    const value: unknown = JSON.parse(bodyBytes(request).toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return notWellFormed(value) ?? notWhole(value) ?? { ...value };
    }
  } catch {
    // Record: the refusal below says it.
  }
  return refusal(400, { code: 'malformed-json', message: 'send one JSON object as the body' });
};

/**
 * A request's body as its schema has it, with what its path names; or the refusal of it.
 */
export const readBody = <S extends z.ZodType<object>>(
  schema: S,
  request: HttpRequest,
  named: Readonly<Record<string, unknown>> = {},
): z.output<S> | HttpResponse => {
  const body = jsonBody(request);
  if (isResponse(body)) return body;
  const read = readWith(schema, { ...body, ...named });
  return read.ok ? read.value : unacceptable(read.problems);
};

export const isResponse = (value: object): value is HttpResponse =>
  'statusCode' in value && 'headers' in value;
