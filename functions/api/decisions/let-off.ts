import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Decision, SentDecision } from '#domain/casework/decision.ts';
import type { DecisionId, WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { type Permission, permissionSchema } from '#domain/model/permission.ts';
import type { DecisionStore } from '../../adapters/dynamodb/decisions.ts';
import { documentEntryPut } from '../../adapters/dynamodb/document-entries.ts';
import { type Documents, documentPuts, versionOf } from '../../adapters/dynamodb/documents.ts';
import { type Item, readJson } from '../../adapters/dynamodb/items.ts';
import { permissionKey } from '../../adapters/dynamodb/keys.ts';
import { noticePut } from '../../adapters/dynamodb/notice.ts';
import { changesFrom } from '../routes/permissions.ts';

type LetOff = Extract<SentDecision, { permission: object }>;

type Deps = Readonly<{
  documents: Documents;
  monitoringTable: string;
  recordTable: string;
  decisions: Pick<DecisionStore, 'list'>;
}>;

/** By this a permission is known as a decision's own, which goes when the decision does. */
const noteOf = (decisionId: DecisionId): string => `decision ${decisionId}`;

const permissionOf = ({ permission, by, decisionId }: LetOff): Permission => ({
  ...permission,
  ...{ note: noteOf(decisionId), grantedBy: by, isRevoked: false },
});

const bodyOf = ({ from, until, ...rest }: Permission): object => ({
  ...{ ...rest, from: toIso(from), until: toIso(until) },
});

type Put = Readonly<{
  wearer: WearerRef;
  permission: Permission;
  /** As it stands; null: it is put for the first time. */
  item: Item | null;
  at: Instant;
}>;

const permissionPuts = (
  { monitoringTable, recordTable }: Deps,
  { wearer, permission, item, at }: Put,
): TransactWriteItem[] => {
  const key = permissionKey(wearer, permission.permissionId);
  const readVersion = item === null ? 0 : versionOf(item);
  const inForceAt = changesFrom(at, permission.from, null);
  const write = {
    ...{ key, entity: 'PERMISSION', body: bodyOf(permission), readVersion, changedAt: at },
    ...{ inForceAt, extra: { agencyId: { S: wearer.agencyId } } },
  };
  return [
    ...documentPuts(monitoringTable, write),
    documentEntryPut(recordTable, write),
    noticePut(monitoringTable, key, {
      version: readVersion + 1,
      notice: { ...wearer, changedAt: at, inForceAt },
    }),
  ];
};

const isSameTime = (known: Permission, wanted: Permission): boolean =>
  known.from === wanted.from &&
  known.until === wanted.until &&
  known.reason === wanted.reason &&
  !known.isRevoked &&
  JSON.stringify(known.conditionIds) === JSON.stringify(wanted.conditionIds);

/** Whether a permission of that name stands already, and says something else. */
export const isNameTaken = (item: Item | null, decision: LetOff): boolean =>
  item !== null && !isSameTime(readJson(item, 'body', permissionSchema), permissionOf(decision));

/** The permission of a decision, put for the first time; nothing where it stands already. */
export const letOffPuts = (
  deps: Deps,
  { wearer, decision, item, at }: Omit<Put, 'permission'> & Readonly<{ decision: LetOff }>,
): TransactWriteItem[] =>
  item === null
    ? permissionPuts(deps, { wearer, permission: permissionOf(decision), item, at })
    : [];

/** Decisions about a wearer that let off the same time by the same permission. */
const othersBy = async (
  { decisions }: Deps,
  wearer: WearerRef,
  { decisionId, permission: { permissionId } }: LetOff,
): Promise<Decision[]> =>
  (await decisions.list(wearer))
    .map(({ decision }) => decision)
    .filter((one) => 'permission' in one && one.permission.permissionId === permissionId)
    .filter((one) => one.decisionId !== decisionId);

/**
 * What takes a decision's own permission back; nothing of one that was there before it, nor while
 * another decision stands by which the same is let off. The last of them takes it back.
 */
export const notLetOffPuts = async (
  deps: Deps,
  { wearer, decision, at }: Readonly<{ wearer: WearerRef; decision: LetOff; at: Instant }>,
): Promise<TransactWriteItem[]> => {
  const key = permissionKey(wearer, decision.permission.permissionId);
  const item = await deps.documents.loadItem(key);
  const known = item === null ? null : readJson(item, 'body', permissionSchema);
  if (known === null || known.isRevoked) return [];
  const others = await othersBy(deps, wearer, decision);
  const notes = [decision, ...others].map(({ decisionId }) => noteOf(decisionId));
  const isLetOff = others.some(({ withdrawn }) => withdrawn === null);
  if (isLetOff || !notes.includes(known.note)) return [];
  return permissionPuts(deps, { wearer, permission: { ...known, isRevoked: true }, item, at });
};
