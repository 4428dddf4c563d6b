import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { agencyIdSchema, alertIdSchema } from '#domain/model/ids.ts';
import type { Violation } from '#domain/model/violation.ts';
import { changeAlert } from '#functions/adapters/change-alert.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { episodeStore } from '#functions/adapters/dynamodb/episodes.ts';
import { simulatedDynamoDb } from '#local/simulate/dynamodb/database.ts';
import { TABLES } from '#local/simulate/dynamodb/tables.ts';
import { opening, roster, T, violation } from '#test/support/alerts.ts';

const AGENCY = agencyIdSchema.parse('demo');
const found = violation();
const ALERT = alertIdSchema.parse(found.violationId);

it('opens no alert by a write that comes late, once its violation is withdrawn', async () => {
  const db = simulatedDynamoDb({
    ...{ tables: TABLES, now: () => 0, lagMilliseconds: () => 0, mostItems: () => 100 },
    onCommit: () => undefined,
  });
  const late: object[] = [];
  let isLost = true;
  const send = async (command: object): Promise<object> => {
    if (!isLost || !(command instanceof TransactWriteItemsCommand)) return db.answer(command);
    late.push(command);
    throw new Error('no answer came');
  };
  const client = Object.assign(new DynamoDBClient({ region: 'eu-west-2' }), { send });
  const tables = { monitoring: 'monitoring', record: 'record' };
  const episodes = episodeStore(client, 'monitoring');
  const store = alerts(client, tables);
  const change = changeAlert({
    ...{ now: () => T, alerts: store, episodes, alertTimer: async () => undefined },
    recordRefusal: async () => undefined,
  });
  const says = (about: Violation) =>
    change(AGENCY, ALERT, async () => ({
      command: { type: 'violation-changed', violation: about, opening: opening() },
      roster: roster(),
      episodes: await episodes.load(AGENCY, about.wearerId),
    }));

  await expect(says(found)).rejects.toThrow('no answer came');
  isLost = false;
  const gone = await says(violation({ revision: 2, status: 'withdrawn' }));
  expect(gone.decision).toEqual({ outcome: 'nothing', reason: 'violation-over-before-alert' });
  await expect(send(late[0] ?? {})).rejects.toThrow('conditional request failed');
  expect(await store.load(AGENCY, ALERT)).toBeNull();
});
