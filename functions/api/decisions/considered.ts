import type { Considered } from '#domain/casework/decision.ts';
import {
  concernIdSchema,
  decisionIdSchema,
  noteIdSchema,
  permissionIdSchema,
  visitIdSchema,
  type WearerRef,
} from '#domain/model/ids.ts';
import { isoInstantSchema } from '#domain/model/instant.ts';
import { assessmentKey, noteKey, planKey } from '../../adapters/dynamodb/casework-keys.ts';
import { decisionKey } from '../../adapters/dynamodb/decision-keys.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { type Key, permissionKey } from '../../adapters/dynamodb/keys.ts';
import { concernKey } from '../../adapters/dynamodb/transfer-keys.ts';
import { visitKey } from '../../adapters/dynamodb/visit-keys.ts';
import { eventsBetween, type TrailDeps } from '../events-between.ts';
import { notOnRecord, type Problem } from '../problems.ts';

export type ConsideredDeps = TrailDeps & Readonly<{ documents: Pick<Documents, 'loadItem'> }>;

const read = <T>(
  parsed: Readonly<{ success: true; data: T }> | Readonly<{ success: false }>,
  keyOf: (id: T) => Key,
): Key | 'no-id' => (parsed.success ? keyOf(parsed.data) : 'no-id');

/** Where what was considered stands; null: it is looked up otherwise. */
const keyOf = (wearer: WearerRef, { kind, id }: Considered): Key | 'no-id' | null => {
  switch (kind) {
    case 'permission':
      return read(permissionIdSchema.safeParse(id), (one) => permissionKey(wearer, one));
    case 'visit':
      return read(visitIdSchema.safeParse(id), (one) => visitKey(wearer, one));
    case 'concern':
      return read(concernIdSchema.safeParse(id), (one) => concernKey(wearer, one));
    case 'note':
      return read(noteIdSchema.safeParse(id), (one) => noteKey(wearer, one));
    case 'decision':
      return read(decisionIdSchema.safeParse(id), (one) => decisionKey(wearer, one));
    case 'assessment':
      return assessmentKey(wearer);
    case 'plan':
      return planKey(wearer);
    // An alert has the id of its violation, and that is kept with the wearer.
    case 'alert':
    case 'violation':
    case 'check':
      return null;
    default:
      return kind satisfies never;
  }
};

/** Whether a check was made at the instant by which it is named, as the trail has it. */
const isChecked = async (deps: TrailDeps, wearer: WearerRef, id: string): Promise<boolean> => {
  const at = isoInstantSchema.safeParse(id);
  if (!at.success) return false;
  const events = await eventsBetween(deps, wearer, { fromAt: at.data, toAt: at.data });
  return events.some(({ kind }) => kind === 'check');
};

const isOnRecord = async (
  deps: ConsideredDeps,
  wearer: WearerRef,
  { one, known }: Readonly<{ one: Considered; known: readonly string[] }>,
): Promise<boolean> => {
  if (one.kind === 'check') return isChecked(deps, wearer, one.id);
  const key = keyOf(wearer, one);
  if (key === null) return known.includes(one.id);
  return key !== 'no-id' && (await deps.documents.loadItem(key)) !== null;
};

/** Everything that was considered and is not on record: a decision rests on nothing else. */
export const unknownConsidered = async (
  deps: ConsideredDeps,
  wearer: WearerRef,
  { considered, known }: Readonly<{ considered: readonly Considered[]; known: readonly string[] }>,
): Promise<Problem[]> => {
  const problems = await Promise.all(
    considered.map(async (one, i): Promise<Problem[]> => {
      const isKnown = await isOnRecord(deps, wearer, { one, known });
      return isKnown ? [] : [notOnRecord(`considered.${i}`, `${one.kind} ${one.id}`)];
    }),
  );
  return problems.flat();
};
