import type { WearerRef } from '#domain/model/ids.ts';
import { isPair } from '#domain/model/pair.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import { wearerKey } from '../adapters/dynamodb/keys.ts';
import { type HttpResponse, refusal } from '../middleware/http.ts';
import { notFound } from './problems.ts';

/**
 * Where a protected person is or was is read by no route; nor is what is kept of a pair, which
 * holds it. Null where the whereabouts of somebody may be read.
 */
export const whereaboutsRefused = async (
  documents: Pick<Documents, 'load'>,
  wearer: WearerRef,
): Promise<HttpResponse | null> => {
  if (isPair(wearer)) return notFound('this wearer');
  const known = await documents.load(wearerKey(wearer), wearerSchema);
  if (known?.value.kind !== 'protected-person') return null;
  const message = 'where a protected person is or was is shown to nobody here';
  return refusal(403, { code: 'protected-person', message });
};

/**
 * What is known of a wearer goes out, and comes in, of those who are on record as wearers alone:
 * null where it may.
 */
export const historyRefused = async (
  documents: Pick<Documents, 'load'>,
  wearer: WearerRef,
): Promise<HttpResponse | null> => {
  const refused = await whereaboutsRefused(documents, wearer);
  if (refused !== null) return refused;
  const known = await documents.load(wearerKey(wearer), wearerSchema);
  return known === null ? notFound('this wearer') : null;
};
