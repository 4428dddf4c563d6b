import { DynamoDBClient, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { received } from '#domain/casework/message-inbox.ts';
import { supervisionLevelSchema } from '#domain/casework/supervision-level.ts';
import { noteIdSchema } from '#domain/model/ids.ts';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { asSent } from '#functions/adapters/dynamodb/as-sent.ts';
import { levelEndKey, supervisionLevelKey } from '#functions/adapters/dynamodb/casework-keys.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { messageInboxes } from '#functions/adapters/dynamodb/message-inboxes.ts';
import { endLevel, levelEndPut } from '#functions/adapters/dynamodb/supervision-levels.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { at, WEARER } from '#test/support/supervisions.ts';

const NOW = at('2026-03-02T12:00:00Z');
const TABLES = { monitoring: 'monitoring', record: 'record' };

const client = new DynamoDBClient({ region: 'eu-west-2' });
let db: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  db = fakeDynamoDb(client);
});
afterEach(() => db.restore());

describe('what is unread of a wearer', () => {
  it('is written by one of two who read it at the same moment', async () => {
    const inboxes = messageInboxes(client, 'monitoring');
    const message = (id: string) => ({ noteId: noteIdSchema.parse(id), receivedAt: NOW });
    const next = (id: string) => received(null, message(id)).inbox;
    const read = await inboxes.load(WEARER);
    expect(await transact(client, [inboxes.put(WEARER, read, next('n-1'))])).toBe('saved');
    expect(await transact(client, [inboxes.put(WEARER, read, next('n-2'))])).toBe('conflict');
    const known = await inboxes.load(WEARER);
    expect(known).toMatchObject({ version: 1, inbox: { firstUnread: { noteId: 'n-1' } } });
    expect(await transact(client, [inboxes.put(WEARER, known, next('n-3'))])).toBe('saved');
    expect(await transact(client, [inboxes.put(WEARER, known, next('n-4'))])).toBe('conflict');
  });
});

describe('the end of a stretch at a level', () => {
  const stretch = (until: number) =>
    supervisionLevelSchema.parse({
      ...{ levelId: 'l-1', level: 'enhanced', by: 'officer', reason: 'late twice' },
      ...{ from: toIso(NOW), until: toIso(secondsAfter(NOW, until)) },
    });
  const put = (version: number, until: number, beside: TransactWriteItem[] = []) => {
    const body = stretch(until);
    const end = levelEndPut('monitoring', WEARER, { stretch: body, version });
    return documents(client, 'monitoring').save({
      ...{ key: supervisionLevelKey(WEARER, body.levelId), entity: 'SUPERVISION_LEVEL' },
      ...{ body: asSent(body), readVersion: version - 1, changedAt: NOW },
      beside: [end, ...beside],
    });
  };

  it('is noted of the stretch as it was put last, and of none that was prolonged', async () => {
    await put(1, 60);
    const key = levelEndKey(WEARER, stretch(60).levelId);
    const end = endLevel(client, TABLES);
    // Somebody prolongs it while the sweep reads it.
    const racing = new Proxy(client, {
      get: (target, name) => {
        if (name !== 'send') return Reflect.get(target, name);
        return async (command: Parameters<typeof target.send>[0]) => {
          if (command.constructor.name === 'QueryCommand') await put(2, 600);
          return target.send(command);
        };
      },
    });
    await endLevel(racing, TABLES)(key, secondsAfter(NOW, 90));
    expect(db.itemsOf('record')).toEqual([]);
    await end(key, secondsAfter(NOW, 90));
    expect(db.itemsOf('record')).toEqual([]);
    await end(key, secondsAfter(NOW, 700));
    await end(key, secondsAfter(NOW, 760));
    expect(db.itemsOf('record')).toHaveLength(1);
  });
});
