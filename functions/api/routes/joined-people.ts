import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Condition, Order } from '#domain/model/order.ts';
import { otherIn, pairOf } from '#domain/model/pair.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { memberOfKey, wearerKey } from '../../adapters/dynamodb/keys.ts';
import { noticePut } from '../../adapters/dynamodb/notice.ts';
import type { Notice } from '../../adapters/dynamodb/outbox.ts';
import { pairPuts } from '../../adapters/dynamodb/pairs.ts';
import { notOnRecord, type Problem } from '../problems.ts';

const personProblem = async (
  documents: Documents,
  wearer: WearerRef,
  { condition, path }: Readonly<{ condition: Condition; path: string }>,
): Promise<Problem | null> => {
  const other = otherIn(condition);
  if (other === null) return null;
  if (other === wearer.wearerId) {
    return { code: 'same-person', path, message: 'the order joins the wearer with themselves' };
  }
  const found = await documents.load(wearerKey({ ...wearer, wearerId: other }), wearerSchema);
  if (found === null) return notOnRecord(path, `wearer ${other}`);
  const kind = condition.kind === 'victim-proximity' ? 'protected-person' : 'wearer';
  if (found.value.kind === kind) return null;
  const message = `${other} is on record as ${found.value.kind}; this condition is about a ${kind}`;
  return { code: 'another-kind-of-person', path, message };
};

/** The other person of a condition must be on record, somebody else, and of the right kind. */
export const personProblems = async (
  documents: Documents,
  wearer: WearerRef,
  { conditions }: Order,
): Promise<Problem[]> => {
  const fields = { 'victim-proximity': 'protectedPersonId', 'non-association': 'otherWearerId' };
  const found = conditions.map((condition, i) => {
    const field = Object.entries(fields).find(([kind]) => kind === condition.kind)?.[1] ?? '';
    const path = `conditions.${i}.${field}`;
    return personProblem(documents, wearer, { condition, path });
  });
  return (await Promise.all(found)).filter((problem) => problem !== null);
};

/** What an order joins is evaluated as pairs: each is put on record, and the other one hears. */
export const joining = (
  table: string,
  { wearer, order }: Readonly<{ wearer: WearerRef; order: Order }>,
  { version, dates }: Readonly<{ version: number; dates: Omit<Notice, 'agencyId' | 'wearerId'> }>,
): TransactWriteItem[] => {
  const { agencyId } = wearer;
  const others = new Set(order.conditions.map(otherIn).filter((other) => other !== null));
  return [...others].flatMap((wearerId) => {
    const pair = pairOf(wearer.wearerId, wearerId);
    const { pk, sk } = memberOfKey({ agencyId, wearerId }, pair.pairId);
    // Both may have orders that name the other: each has notices of its own.
    const key = { pk, sk: `${sk}#${wearer.wearerId}#${order.orderId}` };
    const notice = { agencyId, wearerId, ...dates };
    return [...pairPuts(table, agencyId, pair), noticePut(table, key, { version, notice })];
  });
};
