import { personIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { askedOf, readerSchema } from '#domain/record/reading.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import type { ReadOf } from '../adapters/dynamodb/reading-keys.ts';
import type { PutReading } from '../adapters/dynamodb/readings.ts';
import { unknownAmong } from './named-documents.ts';
import { type Problem, readWith, unacceptable } from './problems.ts';
import type { Call, Route } from './route.ts';

export type ReadingDeps = Readonly<{
  documents: Documents;
  putReading: PutReading;
  /** 128 random bits, in hexadecimal. */
  newNonce: () => string;
}>;

/**
 * What answers something about one person: everything below a wearer, and below a person. Reports
 * of the agency may name alerts of several, and its chains are held to be such, too.
 */
const ABOUT_SOMEBODY =
  /^GET \/v1\/(?:wearers\/\{wearerId\}|people\/\{personId\}|reports\/\{reportId\}|record)(?:\/|$)/;

/** Whether a route answers something about one person, so that each answer is put on record. */
export const isReading = (routeKey: string): boolean => ABOUT_SOMEBODY.test(routeKey);

/** What names a chain in its query. */
const CHAINS = 'GET /v1/record';
/** Of one of the people: the chain of their document, or of who read about them. */
const CHAIN_OF_PERSON = /^[^#]+#(?:READINGS#)?PERSON#([A-Za-z0-9][\w.-]{0,63})$/;

/** About whom a path asks, or the chain that it names. Throws on one that names nobody by an id. */
export const readOfPath = ({ agencyId, request }: Call): ReadOf => {
  const chain = request.routeKey === CHAINS ? request.queryStringParameters.chain : undefined;
  const [, ofChain] = CHAIN_OF_PERSON.exec(chain ?? '') ?? [];
  const { wearerId, personId = ofChain } = request.pathParameters;
  if (wearerId !== undefined) {
    return { agencyId, kind: 'wearer', wearerId: wearerIdSchema.parse(wearerId) };
  }
  return personId === undefined
    ? { agencyId, kind: 'agency' }
    : { agencyId, kind: 'person', personId: personIdSchema.parse(personId) };
};

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
  ({ documents, putReading, newNonce }: ReadingDeps, route: Route): Route =>
  async (call) => {
    const { agencyId, request, now: at } = call;
    const of = readOfPath(call);
    const reader = readReader(call);
    if (!reader.ok) return unacceptable(reader.problems);
    const named = [{ path: 'by', kind: 'PERSON' as const, id: reader.value.by }];
    const unknown = await unknownAmong(documents, agencyId, named);
    if (unknown.length > 0) return unacceptable(unknown);
    const response = await route(call);
    if (response.statusCode >= 300) return response;
    const { routeKey, pathParameters, queryStringParameters } = request;
    const asked = askedOf(routeKey, pathParameters, queryStringParameters);
    await putReading(of, { at, ...reader.value, asked }, newNonce());
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
