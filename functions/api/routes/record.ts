import * as z from 'zod';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { wearerKey, wearerPk } from '../../adapters/dynamodb/keys.ts';
import { readingsPk } from '../../adapters/dynamodb/reading-keys.ts';
import type { HttpResponse } from '../../middleware/http.ts';
import { notFound, readWith, unacceptable } from '../problems.ts';
import {
  type PageDeps,
  type RecordCursor,
  readRecordCursor,
  recordPage,
  writeRecordCursor,
} from '../record-pages.ts';
import type { Call, Route } from '../route.ts';
import { whereaboutsRefused } from '../whereabouts.ts';
import { wearerOfPath } from './wearers.ts';

export type RecordRouteDeps = PageDeps & Readonly<{ documents: Documents }>;

const CHAINS = ['record', 'readings'] as const;

const querySchema = z.object({
  chain: z.enum(CHAINS).default('record'),
  after: z
    .string()
    .transform(readRecordCursor)
    .refine((cursor) => cursor !== null, 'this is none that was given out: follow the link')
    .optional(),
});

const chainOf = (wearer: WearerRef, chain: (typeof CHAINS)[number]): string =>
  chain === 'record' ? wearerPk(wearer) : readingsPk({ kind: 'wearer', ...wearer });

const linkTo = ({ request }: Call, chain: string, next: RecordCursor): string => {
  const { by = '', reason = '' } = request.queryStringParameters;
  const query = new URLSearchParams({ chain, by, reason, after: writeRecordCursor(next) });
  return `</v1/wearers/${request.pathParameters.wearerId}/record?${query}>; rel="next"`;
};

const answer = (body: string, link: string | null): HttpResponse => ({
  statusCode: 200,
  headers: {
    ...{ 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
    ...(link === null ? {} : { link }),
  },
  body,
});

/** Somebody of whom nothing was ever sealed, and who is not on record, is nobody. */
const isNobody = async (
  { documents, recordExports }: RecordRouteDeps,
  wearer: WearerRef,
): Promise<boolean> =>
  (await documents.loadItem(wearerKey(wearer))) === null &&
  (await recordExports.loadEnd(wearerPk(wearer))).position === 0;

/**
 * A wearer's record as a chain that anybody can verify, or who read what about them. Also of
 * somebody whose documents have been erased: their chain stays.
 */
export const getRecord =
  (deps: RecordRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await whereaboutsRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    const asked = readWith(querySchema, call.request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { chain, after: from = null } = asked.value;
    if (from === null && (await isNobody(deps, wearer))) return notFound('this wearer');
    const of = { agencyId: wearer.agencyId, chain: chainOf(wearer, chain) };
    const { text, next } = await recordPage(deps, of, from);
    return answer(text, next === null ? null : linkTo(call, chain, next));
  };
