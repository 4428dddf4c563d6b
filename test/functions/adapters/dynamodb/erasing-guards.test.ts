import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { holdIdSchema } from '#domain/model/ids.ts';
import { dataClassSchema } from '#domain/retention/data-class.ts';
import { erasing } from '#functions/adapters/dynamodb/erasing.ts';
import { guardPut, loadRetentionGuard } from '#functions/adapters/dynamodb/retention-guard.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { listedWearerPut, wearerList } from '#functions/adapters/dynamodb/wearer-list.ts';
import { T } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { WEARER } from '#test/support/supervisions.ts';

const TABLES = { monitoring: 'monitoring', record: 'record', trail: 'trail', state: 'state' };
const HOLD = holdIdSchema.parse('h-1');
const dataClass = dataClassSchema.enum.trail;
const JOURNAL = { dataClass, policyVersion: 1, why: 'after its order', objects: ['a', 'b'] };

const kept = () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const db = fakeDynamoDb(client);
  const { begin, end, loadJournal } = erasing(client, TABLES);
  const load = () => loadRetentionGuard(client, 'monitoring')(WEARER);
  const hold = async (guard: Awaited<ReturnType<typeof load>>) =>
    transact(client, [guardPut('monitoring', guard, [HOLD])]);
  return { client, db, begin, end, loadJournal, load, hold };
};

describe('a hold', () => {
  it('that was put since it was read stops another, and what erases', async () => {
    const { load, hold, begin, loadJournal } = kept();
    const guard = await load();
    expect(await hold(guard)).toBe('saved');
    expect(await hold(guard)).toBe('conflict');
    expect(await begin({ wearer: WEARER, guards: [guard] }, JOURNAL)).toBe('conflict');
    expect(await loadJournal(WEARER)).toBe(null);
    expect(await begin({ wearer: WEARER, guards: [await load()] }, JOURNAL)).toBe('saved');
  });
});

describe('objects that are about to go', () => {
  it('are so once, until they are gone, which is on record once', async () => {
    const { begin, end, loadJournal, db } = kept();
    const of = { wearer: WEARER, guards: [] };
    expect(await begin(of, JOURNAL)).toBe('saved');
    expect(await begin(of, { ...JOURNAL, objects: ['c'] })).toBe('conflict');
    expect(await loadJournal(WEARER)).toMatchObject({ objects: ['a', 'b'] });
    await end(of, JOURNAL, { at: T, gone: ['a', 'b'] });
    await end(of, JOURNAL, { at: T, gone: ['a'] });
    expect(db.itemsOf('record')).toHaveLength(1);
    expect(await loadJournal(WEARER)).toBe(null);
  });
});

describe('somebody who is on the list of wearers no more', () => {
  it('is not put there by whoever wants to look again', async () => {
    const { client, db } = kept();
    const list = wearerList(client, 'monitoring');
    await list.lookAgain(WEARER, T);
    expect(db.itemsOf('monitoring')).toEqual([]);
    await transact(client, [listedWearerPut('monitoring', WEARER)]);
    await list.lookAgain(WEARER, T);
    expect(db.itemsOf('monitoring')).toMatchObject([{ lookAt: { N: String(T) } }]);
  });
});
