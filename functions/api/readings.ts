import { askedOf, readerSchema } from '#domain/record/reading.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import type { PutReading } from '../adapters/dynamodb/readings.ts';
import { type AboutWhomDeps, aboutWhom } from './about-whom.ts';
import { unknownAmong } from './named-documents.ts';
import { isResponse, type Problem, readWith, unacceptable } from './problems.ts';
import type { Call, Route } from './route.ts';

export type ReadingDeps = AboutWhomDeps &
  Readonly<{
    documents: Documents;
    putReading: PutReading;
    /** 128 random bits, in hexadecimal. */
    newNonce: () => string;
  }>;

/**
 * What answers something about one person: everything below a wearer, a person and an alert, and a
 * pause, which may be of one wearer. Reports of the agency may name alerts of several, and its
 * chains are held to be such, too.
 */
const ABOUT_SOMEBODY =
  /^GET \/v1\/(?:(?:wearers|people|alerts|pauses|reports)\/\{\w+Id\}|record)(?:\/|$)/;

/** Whether a route answers something about one person, so that each answer is put on record. */
export const isReading = (routeKey: string): boolean => ABOUT_SOMEBODY.test(routeKey);

const SAY: Readonly<Record<string, string>> = {
  by: 'say who reads this: ?by= and the id of a person on record',
  reason: 'say why this is read: ?reason= and 1 to 200 characters; it is put on record',
};

const whatToDo = (asked: Readonly<Record<string, unknown>>) => (problem: Problem) =>
  asked[problem.path] === undefined
    ? { ...problem, message: SAY[problem.path] ?? problem.message }
    : problem;

const readReader = (call: Call) => {
  const query = call.request.queryStringParameters;
  const read = readWith(readerSchema, query);
  return read.ok ? read : { ok: false as const, problems: read.problems.map(whatToDo(query)) };
};

const recorded =
  (deps: ReadingDeps, route: Route): Route =>
  async (call) => {
    const { agencyId, request, now: at } = call;
    const findAbout = aboutWhom(deps, call);
    const reader = readReader(call);
    if (!reader.ok) return unacceptable(reader.problems);
    const named = [{ path: 'by', kind: 'PERSON' as const, id: reader.value.by }];
    const unknown = await unknownAmong(deps.documents, agencyId, named);
    if (unknown.length > 0) return unacceptable(unknown);
    const abouts = await findAbout();
    if (isResponse(abouts)) return abouts;
    const response = await route(call);
    if (response.statusCode >= 300) return response;
    const { routeKey, queryStringParameters } = request;
    const nonce = deps.newNonce();
    for (const { of, path } of abouts) {
      const asked = askedOf(routeKey, path, queryStringParameters);
      await deps.putReading(of, { at, ...reader.value, asked }, nonce);
    }
    return response;
  };

/**
 * Routes as before; those that answer something about one person ask by whom and why it is read,
 * and put that on record before the answer goes out. Where it cannot be put nothing goes out: it
 * throws, which is answered with 503. What is refused was not read.
 */
export const recordingReadings = (
  deps: ReadingDeps,
  table: Readonly<Record<string, Route>>,
): Readonly<Record<string, Route>> =>
  Object.fromEntries(
    Object.entries(table).map(([key, route]) => [
      key,
      isReading(key) ? recorded(deps, route) : route,
    ]),
  );
