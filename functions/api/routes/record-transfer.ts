import * as z from 'zod';
import { type HistoryGroup, historyGroupSchema } from '#domain/exchange/record-transfer.ts';
import { FIRST_SHEET, readCursor, writeCursor } from '#domain/exchange/sheet-cursor.ts';
import { instant, isoInstantSchema, toIso } from '#domain/model/instant.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import type { HttpResponse } from '../../middleware/http.ts';
import { type DemographicsDeps, demographics } from '../history/demographics.ts';
import { alerts, type FoundDeps, violations } from '../history/found.ts';
import { type LocationDeps, locations } from '../history/locations.ts';
import { type ReadPortion, UnknownPosition } from '../history/portion.ts';
import { recipientSchema } from '../history/recipient.ts';
import { writeNextSheet } from '../history/write-next-sheet.ts';
import { type Problem, readWith, unacceptable } from '../problems.ts';
import type { Call, Route } from '../route.ts';
import { historyRefused } from '../whereabouts.ts';
import { wearerOfPath } from './wearers.ts';

export type RecordTransferDeps = DemographicsDeps &
  FoundDeps &
  LocationDeps &
  Readonly<{ documents: Documents }>;

const querySchema = z.object({
  group: historyGroupSchema,
  from: isoInstantSchema.default(instant(0)),
  to: isoInstantSchema.optional(),
  after: z.string().optional(),
  ...recipientSchema.shape,
});

const problem = (path: string, message: string): Problem => ({
  code: 'not-allowed',
  path,
  message,
});

const readAsked = ({ request, now }: Call) => {
  const read = readWith(querySchema, request.queryStringParameters);
  if (!read.ok) return read;
  const { from: fromAt, to: toAt = now, after, group } = read.value;
  const cursor = after === undefined ? FIRST_SHEET : readCursor(after);
  const problems = [
    ...(toAt > now ? [problem('to', 'that instant is still ahead: ask until now at most')] : []),
    ...(fromAt > toAt ? [problem('from', 'ask for a stretch that ends after it begins')] : []),
    ...(cursor === null ? [notGivenOut()] : []),
    ...(after !== undefined && request.queryStringParameters.to === undefined
      ? [problem('to', 'name the end that the first sheet has: all are of one stretch')]
      : []),
  ];
  if (cursor === null || problems.length > 0) return { ok: false, problems } as const;
  return { ok: true, value: { group, fromAt, toAt, cursor } } as const;
};

const notGivenOut = (): Problem =>
  problem('after', 'this is none that was given out: follow the link of the sheet before');

const linkTo = ({ request }: Call, to: string, after: string): string => {
  const { wearerId = '' } = request.pathParameters;
  const query = new URLSearchParams({ ...definedOf(request.queryStringParameters), to, after });
  return `</v1/wearers/${wearerId}/record-transfer?${query}>; rel="next"`;
};

const definedOf = (query: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** A sheet as it is sent; `next` is a link to the one after it. */
export const sheetResponse = (body: string, next: string | null): HttpResponse => ({
  statusCode: 200,
  headers: {
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store',
    ...(next === null ? {} : { link: next }),
  },
  body,
});

/** Everything that is held of a wearer, group by group and sheet by sheet. */
export const getRecordTransfer = (deps: RecordTransferDeps): Route => {
  const readers: Readonly<Record<HistoryGroup, ReadPortion>> = {
    demographics: demographics(deps),
    locations: locations(deps),
    violations: violations(deps),
    alerts: alerts(deps),
  };
  return async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await historyRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    const asked = readAsked(call);
    if (!asked.ok) return unacceptable(asked.problems);
    const { group, fromAt, toAt, cursor } = asked.value;
    try {
      const asking = { wearer, group, fromAt, toAt };
      const { text, next } = await writeNextSheet(readers[group], asking, cursor);
      return sheetResponse(text, next && linkTo(call, toIso(toAt), writeCursor(next)));
    } catch (error) {
      // Record: a position that somebody made up is refused.
      if (error instanceof UnknownPosition) return unacceptable([notGivenOut()]);
      throw error;
    }
  };
};
