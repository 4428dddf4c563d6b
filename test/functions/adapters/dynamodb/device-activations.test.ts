import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import type { Activation } from '#domain/model/wearer.ts';
import { deviceActivations } from '#functions/adapters/dynamodb/device-activations.ts';
import { json } from '#functions/adapters/dynamodb/items.ts';
import { later, T } from '#test/support/alerts.ts';
import { activation } from '#test/support/kept-ingest.ts';

const mock = mockClient(DynamoDBClient);
afterEach(() => mock.reset());

const WORN = activation('a-1', 'w-1', { deviceSerial: 'jo/phone' });
const { headEndId } = WORN;
const DEVICE = { agencyId: Object('demo'), headEndId, deviceSerial: 'jo/phone' };

const found = (...activations: readonly Activation[]) =>
  mock.on(QueryCommand).resolves({ Items: activations.map((one) => ({ body: json(one) })) });

const load = () => deviceActivations(new DynamoDBClient(), 'monitoring');

describe("a device's activations", () => {
  it('are one query of the partition of the device', async () => {
    found(WORN);
    expect(await load()(DEVICE, [T], T)).toEqual([WORN]);
    const [call] = mock.commandCalls(QueryCommand);
    expect(call?.args[0].input).toMatchObject({
      TableName: 'monitoring',
      ExpressionAttributeValues: { ':device': { S: 'demo#DEVICE#head-end#jo/phone' } },
    });
  });

  it('are remembered for 30 s, and asked for again after', async () => {
    found(WORN);
    const loaded = load();
    for (const seconds of [0, 29.9, 30]) await loaded(DEVICE, [T], later(seconds));
    expect(mock.commandCalls(QueryCommand)).toHaveLength(2);
  });

  it('are asked for again where they were read by a clock that was ahead', async () => {
    found(WORN);
    const loaded = load();
    for (const seconds of [0, 3_600, 0]) await loaded(DEVICE, [T], later(seconds));
    expect(mock.commandCalls(QueryCommand)).toHaveLength(3);
  });

  it('are asked for again by an event of an instant at which nobody wore it', async () => {
    const old = activation('old', 'w-9', { deviceSerial: 'jo/phone', endsAt: later(-60) });
    found(old);
    const loaded = load();
    expect(await loaded(DEVICE, [later(-90)], T)).toEqual([old]);
    found(old, WORN);
    expect(await loaded(DEVICE, [later(-90)], T)).toEqual([old]);
    expect(await loaded(DEVICE, [later(-90), T], T)).toEqual([old, WORN]);
  });

  it('are asked for each time while there are none, so that a new one counts at once', async () => {
    found();
    const loaded = load();
    expect(await loaded(DEVICE, [T], T)).toEqual([]);
    found(WORN);
    expect(await loaded(DEVICE, [T], T)).toEqual([WORN]);
  });
});
