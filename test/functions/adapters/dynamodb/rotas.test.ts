import { DynamoDBClient, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { holidaysIdSchema, rotaIdSchema } from '#domain/model/ids.ts';
import { orderSchema } from '#domain/model/order.ts';
import { onCallAt } from '#domain/rota/on-call.ts';
import { alertContext } from '#functions/adapters/dynamodb/alert-context.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { type Key, orderKey, sharedKey } from '#functions/adapters/dynamodb/keys.ts';
import { listedRotaPut, rotaStore } from '#functions/adapters/dynamodb/rotas.ts';
import { MANAGER, OFFICER, ON_CALL, policy, T, violation } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { ORDER_BODY } from '#test/support/orders.ts';
import { atIso, layer } from '#test/support/rotas.ts';
import { WEARER } from '#test/support/supervisions.ts';

const { agencyId } = WEARER;
const TABLE = 'monitoring';
const DUTY = rotaIdSchema.parse('duty');
const ENGLAND = holidaysIdSchema.parse('england');

const ROTA = {
  ...{ rotaId: DUTY, name: 'Duty', timeZone: 'Europe/London', otherwise: MANAGER },
  layers: [layer('main', [ON_CALL], { skipHolidays: ENGLAND })],
};

const world = () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  fakeDynamoDb(client);
  const docs = documents(client, TABLE);
  const put = (key: Key, body: object, beside: readonly TransactWriteItem[] = []) =>
    docs.save({ key, entity: 'ANY', body, readVersion: 0, changedAt: T, beside });
  return { client, put, store: rotaStore(client, TABLE) };
};

describe('the rotas of an agency', () => {
  it('are those that were listed as they were put, and of no other agency', async () => {
    const { put, store } = world();
    const listed = [listedRotaPut(TABLE, agencyId, DUTY)];
    await put(sharedKey(agencyId, 'ROTA', DUTY), ROTA, listed);
    await put(sharedKey(agencyId, 'ROTA', 'unlisted'), { ...ROTA, rotaId: 'unlisted' });
    expect((await store.loadAll(agencyId)).map(({ rotaId }) => rotaId)).toEqual([DUTY]);
  });

  it('of before there were layers are read as they were', async () => {
    const { put, store } = world();
    const shift = { personId: ON_CALL, startsAt: '2026-03-02T19:00:00Z' };
    const old = { rotaId: DUTY, name: 'Duty', otherwise: MANAGER };
    const shifts = [{ ...shift, endsAt: '2026-03-02T21:00:00Z' }];
    await put(sharedKey(agencyId, 'ROTA', DUTY), { ...old, shifts });
    const [rota] = await store.loadSome(agencyId, [DUTY]);
    if (rota === undefined) throw new Error('the rota was not found');
    expect(onCallAt(rota, T, new Map()).people).toEqual([ON_CALL]);
    expect(onCallAt(rota, atIso('2026-03-02T21:00:00Z'), new Map()).people).toEqual([MANAGER]);
  });

  it('have holidays, where those are on record', async () => {
    const { put, store } = world();
    const days = [{ date: '2026-03-02', name: 'A day' }];
    const body = { holidaysId: ENGLAND, name: 'England', days };
    await put(sharedKey(agencyId, 'HOLIDAYS', ENGLAND), body);
    const found = await store.loadHolidays(agencyId, [ENGLAND, holidaysIdSchema.parse('mars')]);
    expect([...found]).toEqual([[ENGLAND, ['2026-03-02']]]);
  });
});

describe('whom a policy may come to', () => {
  it('are all who may be on call, with the holidays of rotas and office', async () => {
    const { client, put } = world();
    const order = { ...ORDER_BODY, orderId: 'o-1' };
    await put(orderKey(WEARER, orderSchema.parse(order).orderId), order);
    await put(sharedKey(agencyId, 'ROTA', DUTY), ROTA);
    for (const id of [ENGLAND, 'office']) {
      const days = [{ date: '2026-03-02' }];
      await put(sharedKey(agencyId, 'HOLIDAYS', id), { holidaysId: id, name: id, days });
    }
    for (const personId of [OFFICER, ON_CALL, MANAGER]) {
      const person = { personId, name: personId, role: 'officer', mobile: '+447700900001' };
      await put(sharedKey(agencyId, 'PERSON', personId), person);
    }
    const windows = [{ days: ['mon'], start: '09:00', end: '17:00' }];
    const officeHours = { timeZone: 'Europe/London', windows, holidaysId: 'office' };
    const { loadRoster } = alertContext(client, TABLE);
    const roster = await loadRoster(
      agencyId,
      policy({ officeHours }),
      violation({ wearerId: WEARER.wearerId, orderId: 'o-1' }),
    );
    expect(roster.contacts.map(({ personId }) => personId).sort()).toEqual(
      [OFFICER, ON_CALL, MANAGER].sort(),
    );
    expect([...roster.holidays.keys()].sort()).toEqual([ENGLAND, 'office'].sort());
    const [rota] = roster.rotas;
    if (rota === undefined) throw new Error('the rota was not found');
    // The 2nd of March is a holiday: the layer does not count.
    expect(onCallAt(rota, T, roster.holidays).people).toEqual([MANAGER]);
    expect(onCallAt(rota, T, new Map()).people).toEqual([ON_CALL]);
  });
});
