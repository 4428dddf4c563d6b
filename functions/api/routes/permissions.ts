import { isDeepStrictEqual } from 'node:util';
import { OLDEST_SECONDS } from '#domain/ingest/admit-event.ts';
import { permissionIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { earlierOf, type Instant, laterOf, secondsAfter } from '#domain/model/instant.ts';
import { type Permission, permissionSchema } from '#domain/model/permission.ts';
import { parseWellFormed } from '#domain/model/well-formed.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { type Item, readText } from '../../adapters/dynamodb/items.ts';
import { permissionKey, wearerKey } from '../../adapters/dynamodb/keys.ts';
import { noticePut } from '../../adapters/dynamodb/notice.ts';
import type { LoadSupervision } from '../../adapters/dynamodb/supervisions.ts';
import { unknownAmong } from '../named-documents.ts';
import {
  isResponse,
  jsonBody,
  notFound,
  notOnRecord,
  type Problem,
  readWith,
  unacceptable,
} from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type PermissionRouteDeps = Readonly<{
  documents: Documents;
  monitoringTable: string;
  loadSupervision: LoadSupervision;
}>;

/** Everybody and everything that a permission names and that is not on record. */
const unknownIn = async (
  { documents, loadSupervision }: PermissionRouteDeps,
  { agencyId }: Call,
  { wearer, permission }: Readonly<{ wearer: WearerRef; permission: Permission }>,
): Promise<Problem[]> => {
  const { grantedBy, conditionIds } = permission;
  const nobody = await unknownAmong(documents, agencyId, [
    { path: 'grantedBy', kind: 'PERSON', id: grantedBy },
  ]);
  if (conditionIds === null) return nobody;
  const { watches } = await loadSupervision(wearer);
  const known = new Set<string>(watches.map(({ condition }) => condition.conditionId));
  const unknown = conditionIds.flatMap((id, i) =>
    known.has(id) ? [] : [notOnRecord(`conditionIds.${i}`, `condition ${id} of this wearer`)],
  );
  return [...nobody, ...unknown];
};

/** The permission as it stood; null where there was none, or what there was cannot be read. */
const standing = (item: Item | null): Readonly<{ body: unknown; from: Instant | null }> | null => {
  if (item === null) return null;
  try {
    const body: unknown = parseWellFormed(readText(item, 'body'));
    const read = permissionSchema.safeParse(body);
    return { body, from: read.success ? read.data.from : null };
  } catch {
    // Record: what cannot be read is not what is put, which mends it.
    return null;
  }
};

/** From when everything is folded again: whatever it changes begins no earlier. */
export const changesFrom = (now: Instant, from: Instant, before: Instant | null): Instant => {
  const earliest = before === null ? from : earlierOf(from, before);
  return laterOf(earlierOf(now, earliest), secondsAfter(now, -OLDEST_SECONDS));
};

export const putPermission =
  (deps: PermissionRouteDeps): Route =>
  async (call) => {
    const { agencyId, now, request } = call;
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const source = { ...body, permissionId: request.pathParameters.permissionId };
    const read = readWith(permissionSchema, source);
    if (!read.ok) return unacceptable(read.problems);
    const wearer = wearerOfPath(call);
    if ((await deps.documents.loadItem(wearerKey(wearer))) === null) {
      return notFound('this wearer');
    }
    const problems = await unknownIn(deps, call, { wearer, permission: read.value });
    if (problems.length > 0) return unacceptable(problems);
    const key = permissionKey(wearer, read.value.permissionId);
    const item = await deps.documents.loadItem(key);
    const before = standing(item);
    const isSame = before !== null && isDeepStrictEqual(before.body, source);
    const inForceAt = changesFrom(now, read.value.from, before?.from ?? null);
    return putDocument(deps.documents, {
      ...{ agencyId, key, entity: 'PERMISSION', body: source, changedAt: now, known: item },
      inForceAt: isSame ? null : inForceAt,
      beside: (version) => [
        noticePut(deps.monitoringTable, key, {
          version,
          notice: { ...wearer, changedAt: now, inForceAt },
        }),
      ],
    });
  };

export const getPermission =
  ({ documents }: PermissionRouteDeps): Route =>
  (call) => {
    const permissionId = permissionIdSchema.parse(call.request.pathParameters.permissionId);
    return getDocument(
      documents,
      permissionKey(wearerOfPath(call), permissionId),
      'this permission',
    );
  };
