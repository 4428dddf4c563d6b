import type { AgencyId } from '#domain/model/ids.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import type { Item } from '../adapters/dynamodb/items.ts';
import { type SharedKind, sharedKey } from '../adapters/dynamodb/keys.ts';
import { notOnRecord, type Problem } from './problems.ts';

/** A document that another one names, and the field that names it. */
export type Named = Readonly<{ path: string; kind: SharedKind; id: string }>;

/** What is on record of each, in their order. */
export const loadNamed = (
  documents: Pick<Documents, 'loadItem'>,
  agencyId: AgencyId,
  named: readonly Named[],
): Promise<readonly (Item | null)[]> =>
  Promise.all(named.map(({ kind, id }) => documents.loadItem(sharedKey(agencyId, kind, id))));

/** A problem for each of which nothing was loaded. */
export const missing = (named: readonly Named[], items: readonly (Item | null)[]): Problem[] =>
  named
    .filter((_, i) => items[i] === null)
    .map(({ path, kind, id }) => notOnRecord(path, `${kind.toLowerCase()} ${id}`));

export const unknownAmong = async (
  documents: Pick<Documents, 'loadItem'>,
  agencyId: AgencyId,
  named: readonly Named[],
): Promise<Problem[]> => missing(named, await loadNamed(documents, agencyId, named));
