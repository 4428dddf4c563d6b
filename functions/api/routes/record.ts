import * as z from 'zod';
import type { WearerRef } from '#domain/model/ids.ts';
import { chainNameSchema } from '#domain/record/link.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { importsPk } from '../../adapters/dynamodb/import-keys.ts';
import { wearerKey, wearerPk } from '../../adapters/dynamodb/keys.ts';
import { readingsPk } from '../../adapters/dynamodb/reading-keys.ts';
import type { WearerVersions } from '../../adapters/dynamodb/wearer-versions.ts';
import type { HttpResponse } from '../../middleware/http.ts';
import { orderChains } from '../order-chains.ts';
import { notFound, readWith, unacceptable } from '../problems.ts';
import {
  type AskedChain,
  isOfExport,
  type PageDeps,
  type RecordCursor,
  readRecordCursor,
  recordPage,
  writeRecordCursor,
} from '../record-pages.ts';
import type { Call, Route } from '../route.ts';
import { whereaboutsRefused } from '../whereabouts.ts';
import { wearerOfPath } from './wearers.ts';

export type RecordRouteDeps = PageDeps &
  Readonly<{ documents: Documents; wearerVersions: Pick<WearerVersions, 'ofWearer'> }>;

const NOT_GIVEN_OUT = 'this is none that was given out: follow the link';

const afterSchema = z
  .string()
  .transform(readRecordCursor)
  .refine((cursor) => cursor !== null, NOT_GIVEN_OUT)
  .optional();

const ofWearerSchema = z
  .object({
    chain: z.enum(['record', 'readings', 'imports']).default('record'),
    with: z.literal('documents').optional(),
    after: afterSchema,
  })
  .refine((asked) => asked.with === undefined || asked.chain === 'record', {
    path: ['with'],
    message: 'documents go with the record alone',
  });
type OfWearer = z.output<typeof ofWearerSchema>;

const chainOf = (wearer: WearerRef, { chain }: OfWearer): string => {
  if (chain === 'imports') return importsPk(wearer);
  return chain === 'record' ? wearerPk(wearer) : readingsPk({ kind: 'wearer', ...wearer });
};

/** The query of the next page: that of this one, from another place on. */
const linkTo = ({ request }: Call, path: string, next: RecordCursor): string => {
  const { chain, with: beside, by = '', reason = '' } = request.queryStringParameters;
  const asked = {
    ...(chain === undefined ? {} : { chain }),
    ...(beside === undefined ? {} : { with: beside }),
  };
  const query = new URLSearchParams({ ...asked, by, reason, after: writeRecordCursor(next) });
  return `<${path}?${query}>; rel="next"`;
};

const answer = async (
  deps: PageDeps,
  { call, path }: Readonly<{ call: Call; path: string }>,
  { asked, from }: Readonly<{ asked: AskedChain; from: RecordCursor | null }>,
): Promise<HttpResponse> => {
  if (from !== null && !isOfExport(asked, from)) {
    return unacceptable([{ code: 'invalid-field', path: 'after', message: NOT_GIVEN_OUT }]);
  }
  const { text: body, next } = await recordPage(deps, asked, from);
  const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' };
  const link = next === null ? {} : { link: linkTo(call, path, next) };
  return { statusCode: 200, headers: { ...headers, ...link }, body };
};

/** Somebody of whom nothing was ever sealed, and who is not on record, is nobody. */
const isNobody = async (
  { documents, recordExports }: RecordRouteDeps,
  wearer: WearerRef,
): Promise<boolean> =>
  (await documents.loadItem(wearerKey(wearer))) === null &&
  (await recordExports.loadEnd(wearerPk(wearer))).position === 0;

/**
 * A wearer's record as a chain that anybody can verify, who read what about them, or what was
 * imported; the record also with the versions of their documents, and the chains of what their
 * orders refer to. Also of somebody whose documents have been erased: their chain stays.
 */
export const getRecord =
  (deps: RecordRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await whereaboutsRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    const read = readWith(ofWearerSchema, call.request.queryStringParameters);
    if (!read.ok) return unacceptable(read.problems);
    const { after: from = null } = read.value;
    if (from === null && (await isNobody(deps, wearer))) return notFound('this wearer');
    const asked = {
      ...{ agencyId: wearer.agencyId, chain: chainOf(wearer, read.value) },
      following:
        read.value.with === undefined ? null : await orderChains(deps.wearerVersions, wearer),
    };
    const path = `/v1/wearers/${wearer.wearerId}/record`;
    return answer(deps, { call, path }, { asked, from });
  };

/** What is said of wearers goes out below each of them. */
const OF_WEARERS = /^[^#]+#(?:WEARER|IMPORTED|READINGS(?!#PERSON#))#/;

const ofAgencySchema = z.object({
  chain: chainNameSchema.refine(
    (chain) => !OF_WEARERS.test(chain),
    'ask for it at /v1/wearers/{wearerId}/record',
  ),
  after: afterSchema,
});

/**
 * A chain of the agency's own, by its name: of a zone, a policy, a person, the agency's reports or
 * the readings of them; each with the versions of the document that it is named after.
 */
export const getAgencyRecord =
  (deps: RecordRouteDeps): Route =>
  async (call) => {
    const { agencyId } = call;
    const read = readWith(ofAgencySchema, call.request.queryStringParameters);
    if (!read.ok) return unacceptable(read.problems);
    const { chain, after: from = null } = read.value;
    const isOurs = chain.startsWith(`${agencyId}#`);
    if (!isOurs || !(await deps.recordExports.isThere(chain))) return notFound('this chain');
    const asked = { agencyId, chain, following: [] };
    return answer(deps, { call, path: '/v1/record' }, { asked, from });
  };
