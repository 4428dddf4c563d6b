import type { Considered } from '#domain/casework/decision.ts';
import {
  concernIdSchema,
  decisionIdSchema,
  noteIdSchema,
  permissionIdSchema,
  visitIdSchema,
  type WearerRef,
} from '#domain/model/ids.ts';
import { assessmentKey, noteKey, planKey } from '../../adapters/dynamodb/casework-keys.ts';
import { decisionKey } from '../../adapters/dynamodb/decision-keys.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { type Key, permissionKey } from '../../adapters/dynamodb/keys.ts';
import { concernKey } from '../../adapters/dynamodb/transfer-keys.ts';
import { visitKey } from '../../adapters/dynamodb/visit-keys.ts';
import { notOnRecord, type Problem } from '../problems.ts';

const read = <T>(
  parsed: Readonly<{ success: true; data: T }> | Readonly<{ success: false }>,
  keyOf: (id: T) => Key,
): Key | 'no-id' => (parsed.success ? keyOf(parsed.data) : 'no-id');

/** Where what was considered stands; null: it is looked up otherwise, or stands in the trail. */
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
    case 'alert':
    case 'violation':
    case 'check':
      return null;
    default:
      return kind satisfies never;
  }
};

/** Everything that was considered and is not on record: a decision rests on nothing else. */
export const unknownConsidered = async (
  { loadItem }: Pick<Documents, 'loadItem'>,
  wearer: WearerRef,
  { considered, known }: Readonly<{ considered: readonly Considered[]; known: readonly string[] }>,
): Promise<Problem[]> => {
  const problems = await Promise.all(
    considered.map(async (one, i): Promise<Problem[]> => {
      const key = keyOf(wearer, one);
      const isKnown =
        key === null
          ? one.kind === 'check' || known.includes(one.id)
          : key !== 'no-id' && (await loadItem(key)) !== null;
      return isKnown ? [] : [notOnRecord(`considered.${i}`, `${one.kind} ${one.id}`)];
    }),
  );
  return problems.flat();
};
