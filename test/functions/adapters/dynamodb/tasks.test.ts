import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { TaskOpening } from '#domain/casework/task.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { taskKey } from '#functions/adapters/dynamodb/task-keys.ts';
import { raiseTask, taskStore } from '#functions/adapters/dynamodb/tasks.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { violationFrom } from '#functions/adapters/dynamodb/violations.ts';
import { later } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { opening, task } from '#test/support/tasks.ts';

const { taskId } = task();
const DONE = { at: later(4_000), by: null, why: 'reviewed' };

const kept = () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const db = fakeDynamoDb(client);
  const store = taskStore(client, { monitoring: 'monitoring', record: 'record' });
  const open = (fields: Partial<TaskOpening> = {}) =>
    transact(client, store.openPuts(WEARER.agencyId, opening(fields)));
  const raise = () => raiseTask(client, 'monitoring')(taskKey(WEARER, taskId), later(3_620));
  const raised = () =>
    db
      .itemsOf('monitoring')
      .filter(({ sk }) => sk?.S?.startsWith('RAISED#'))
      .map(violationFrom);
  const entries = () => db.itemsOf('record').map(({ type }) => type?.S);
  return { client, store, open, raise, raised, entries, dueRows: due(client, 'monitoring') };
};

describe('a task of somebody at the agency', () => {
  it('waits in the index of what is due', async () => {
    const { open, dueRows } = kept();
    await open();
    expect(await dueRows(later(3_599))).toEqual([]);
    expect(await dueRows(later(3_600))).toMatchObject([{ sk: `TASK#${taskId}` }]);
  });

  it('becomes a violation when nobody has done it, and waits no more', async () => {
    const { open, raise, raised, dueRows } = kept();
    await open();
    await raise();
    await raise();
    expect(raised()).toMatchObject([{ reason: 'assessment-review-overdue', status: 'open' }]);
    const rows = await dueRows(later(9_999));
    expect(rows.map(({ sk }) => sk?.split('#')[0])).toEqual(['RAISED']);
  });

  it('takes its violation along when it ends, once', async () => {
    const { open, raise, raised, store, entries } = kept();
    await open();
    await raise();
    expect(await store.end(WEARER, taskId, DONE)).toBe('saved');
    expect(await store.end(WEARER, taskId, DONE)).toBe('unchanged');
    expect(raised()).toMatchObject([{ status: 'ended', endReason: 'task-ended', revision: 2 }]);
    expect(entries()).toEqual(['task-ended']);
    expect(await store.list(WEARER)).toMatchObject([{ taskId, ended: DONE }]);
  });

  it('that is done in time calls nobody', async () => {
    const { open, raise, raised, store, dueRows } = kept();
    await open();
    await store.end(WEARER, taskId, { ...DONE, at: later(60) });
    await raise();
    expect([raised(), await dueRows(later(9_999))]).toEqual([[], []]);
  });

  it('is ended by one of two who say so at once, and what rests on it is not saved', async () => {
    const { client, open, store } = kept();
    await open();
    const [first, second] = await Promise.all(
      [later(10), later(20)].map((at) => store.endPuts(WEARER, taskId, { ...DONE, at })),
    );
    expect(await transact(client, first ?? [])).toBe('saved');
    expect(await transact(client, second ?? [])).toBe('conflict');
    expect(await store.load(WEARER, taskId)).toMatchObject({ ended: { at: later(10) } });
  });

  it('of which nothing is on record ends nothing', async () => {
    const { store } = kept();
    expect(await store.end(WEARER, taskId, DONE)).toBe('unchanged');
    expect(await store.load(WEARER, taskId)).toBe(null);
  });

  it('that stands is not begun a second time: what was raised of it falls with it', async () => {
    const { client, open, raise, raised, store } = kept();
    await open();
    await raise();
    const again = opening({ openedAt: later(3_700) });
    expect(await store.beginPuts(WEARER, again)).toEqual([]);
    await store.end(WEARER, taskId, DONE);
    expect(raised()).toMatchObject([{ status: 'ended', endReason: 'task-ended' }]);
    expect(await transact(client, await store.beginPuts(WEARER, again))).toBe('saved');
    expect(await store.list(WEARER)).toMatchObject([{ openedAt: later(3_700), ended: null }]);
  });

  it('is opened anew after it had ended, in its row', async () => {
    const { open, raise, raised, store } = kept();
    await open();
    await raise();
    await store.end(WEARER, taskId, DONE);
    await open({ openedAt: later(5_000), dueAt: later(6_000) });
    expect(await store.list(WEARER)).toMatchObject([{ ended: null, dueAt: later(6_000) }]);
    expect(raised()).toHaveLength(1);
  });
});
