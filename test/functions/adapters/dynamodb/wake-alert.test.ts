import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { alertIdSchema } from '#domain/model/ids.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { alertKey } from '#functions/adapters/dynamodb/keys.ts';
import { wakeAlert } from '#functions/adapters/dynamodb/wake-alert.ts';
import { close, later, T, violationOpens } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { given } from '#test/support/given-alert.ts';
import { WEARER } from '#test/support/supervisions.ts';

const OPENED = { command: violationOpens(), now: T };

/** An alert whose next step is due after five minutes. */
const kept = async () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const woken: unknown[] = [];
  const db = fakeDynamoDb(client, (table, after) => {
    if (table === 'monitoring' && after.wokenAt !== undefined) woken.push(after.wokenAt);
  });
  const store = alerts(client, { monitoring: 'monitoring', record: 'record' });
  const opened = given().when(OPENED.command, T).thenHappened('alert-opened', 'step-run');
  await store.save(WEARER.agencyId, opened);
  const key = alertKey(WEARER.agencyId, alertIdSchema.parse(opened.after.alertId));
  return { wake: wakeAlert(client, 'monitoring'), key, store, opened, woken, db };
};

describe('an alert is woken', () => {
  it('where it is overdue, and nothing of it changes', async () => {
    const { wake, key, store, opened, woken } = await kept();
    await wake(key, later(330));
    expect(woken).toEqual([{ N: String(later(330)) }]);
    expect(await store.load(WEARER.agencyId, opened.after.alertId)).toEqual(opened.after);
  });

  it('not where it has been seen to, nor before its time', async () => {
    const { wake, key, store, woken } = await kept();
    await wake(key, later(299));
    const closed = given(OPENED).when(close('officer', 1), later(310)).thenHappened('alert-closed');
    await store.save(WEARER.agencyId, closed);
    await wake(key, later(330));
    expect(woken).toEqual([]);
  });

  it('once for all: whatever is saved of it next takes the mark away', async () => {
    const { wake, key, store, woken, db } = await kept();
    await wake(key, later(330));
    const closed = given(OPENED).when(close('officer', 1), later(340)).thenHappened('alert-closed');
    await store.save(WEARER.agencyId, closed);
    expect(woken).toHaveLength(1);
    const [alert] = db.itemsOf('monitoring').filter((item) => item.sk?.S === 'ALERT');
    expect(alert?.wokenAt).toBe(undefined);
  });
});
