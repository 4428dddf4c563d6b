import * as z from 'zod';
import { fitting } from '#domain/exchange/sheet.ts';
import { isoInstantSchema, toIso } from '#domain/model/instant.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { type LocationDeps, locations } from '../history/locations.ts';
import { type ReadPortion, UnknownPosition } from '../history/portion.ts';
import { recipientSchema } from '../history/recipient.ts';
import {
  FIRST_INSTANT,
  type SubjectPartDeps,
  subjectDocuments,
  subjectReadings,
  subjectRecord,
} from '../history/subject-parts.ts';
import { readWith, unacceptable } from '../problems.ts';
import type { Call, Route } from '../route.ts';
import { historyRefused } from '../whereabouts.ts';
import { sheetResponse } from './record-transfer.ts';
import { wearerOfPath } from './wearers.ts';

export type SubjectAccessRouteDeps = SubjectPartDeps &
  LocationDeps &
  Readonly<{ documents: Documents }>;

const PARTS = ['documents', 'record', 'readings', 'trail'] as const;
type Part = (typeof PARTS)[number];

const querySchema = z.object({
  part: z.enum(PARTS).default('documents'),
  to: isoInstantSchema.optional(),
  after: z.string().min(1).max(400).optional(),
  ...recipientSchema.shape,
});

type Next = Readonly<{ part: Part; after: string | null }>;

const linkTo = ({ request }: Call, to: string, { part, after }: Next): string => {
  const { by = '', reason = '', recipient = '' } = request.queryStringParameters;
  const place = { part, to, ...(after === null ? {} : { after }) };
  const query = new URLSearchParams({ ...place, by, reason, recipient });
  return `</v1/wearers/${request.pathParameters.wearerId}/subject-access?${query}>; rel="next"`;
};

const nextPart = (part: Part): Next | null => {
  const next = PARTS[PARTS.indexOf(part) + 1];
  return next === undefined ? null : { part: next, after: null };
};

/**
 * Everything that is held of a wearer, for themselves: part by part and page by page, what is about
 * others withheld with the reason. Each page is on record as a reading, with whom it went to.
 */
export const getSubjectAccess = (deps: SubjectAccessRouteDeps): Route => {
  const readers: Readonly<Record<Part, ReadPortion>> = {
    documents: subjectDocuments(deps),
    record: subjectRecord(deps),
    readings: subjectReadings(deps),
    trail: locations(deps),
  };
  return async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await historyRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    const asked = readWith(querySchema, call.request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { part, after: position = null, to: toAt = call.now } = asked.value;
    try {
      const stretch = { wearer, fromAt: FIRST_INSTANT, toAt, position };
      const { placed, rest } = await readers[part](stretch);
      const lines = placed.map(({ line }) => JSON.stringify({ part, ...line }));
      const count = fitting(lines);
      const after = count < lines.length ? (placed[count - 1]?.after ?? null) : rest;
      const body = lines
        .slice(0, count)
        .map((line) => `${line}\n`)
        .join('');
      const next = after === null ? nextPart(part) : { part, after };
      return sheetResponse(body, next === null ? null : linkTo(call, toIso(toAt), next));
    } catch (error) {
      // Record: a position that somebody made up is refused.
      if (!(error instanceof UnknownPosition)) throw error;
      const message = 'this is none that was given out: follow the link of the page before';
      return unacceptable([{ code: 'not-allowed', path: 'after', message }]);
    }
  };
};
