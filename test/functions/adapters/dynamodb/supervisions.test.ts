import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  DynamoDBClient,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { encodeZone } from '#domain/geo/zone-codec.ts';
import { type WearerRef, wearerRefSchema } from '#domain/model/ids.ts';
import {
  binary,
  type Item,
  json,
  keyItem,
  number,
  text,
} from '#functions/adapters/dynamodb/items.ts';
import { sharedKey, wearerPk } from '#functions/adapters/dynamodb/keys.ts';
import { supervisions } from '#functions/adapters/dynamodb/supervisions.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { SCHOOL } from '#test/support/supervisions.ts';
import { circle } from '#test/support/zones.ts';

const client = new DynamoDBClient({ region: 'eu-west-2' });
const mock = mockClient(client);

const wearerNamed = (wearerId: string): WearerRef =>
  wearerRefSchema.parse({ agencyId: 'demo', wearerId });

const compiled = binary(encodeZone(circle(SCHOOL)));

const zoneItem = (pk: string): Item => ({
  ...{ pk: text(pk), sk: text('CURRENT'), entity: text('ZONE'), version: number(1), compiled },
  body: json({ zoneId: pk.split('#').at(-1), name: 'School', kind: 'exclusion' }),
});

const orderItem = (wearer: WearerRef, zoneIds: readonly string[]): Item => ({
  ...keyItem({ pk: wearerPk(wearer), sk: 'ORDER#o-1' }),
  ...{ entity: text('ORDER'), version: number(1) },
  body: json({
    ...{ orderId: 'o-1', ...ORDER_BODY, ...NOTHING_STANDING },
    conditions: zoneIds.map((zoneId) => ({ conditionId: zoneId, kind: 'exclusion-zone', zoneId })),
  }),
});

/** Wearers by the zones that they must keep out of. */
const orders = new Map<string, Item[]>();
const ordered = (wearerId: string, ...zoneIds: string[]): WearerRef => {
  const wearer = wearerNamed(wearerId);
  orders.set(wearerPk(wearer), [orderItem(wearer, zoneIds)]);
  return wearer;
};

const zonesOf = (keys: readonly Item[]): BatchGetItemCommandOutput => ({
  $metadata: {},
  Responses: { table: keys.map((key) => zoneItem(key.pk?.S ?? '')) },
});

beforeEach(() => {
  mock.reset();
  orders.clear();
  mock.on(QueryCommand).callsFake((input) => ({
    Items: orders.get(input.ExpressionAttributeValues[':pk'].S) ?? [],
  }));
  mock.on(BatchGetItemCommand).callsFake((input) => zonesOf(input.RequestItems.table.Keys));
});

/** More zones than are remembered; an order may name twenty. */
/** The conditions that a supervision watches, each once. */
const watchedIn = ({ watches }: Supervision): string[] => [
  ...new Set(watches.map(({ condition }) => condition.conditionId)),
];

const MANY = 2_000;

describe('the supervision of a wearer, with zones that are remembered', () => {
  it('is whole where reading one zone makes another forgotten', async () => {
    const load = supervisions(client, 'table');
    await load(ordered('w-first', 'oldest'), 'remembered');
    for (let n = 1; n < MANY; n += 20) {
      const zones = Array.from({ length: Math.min(20, MANY - n) }, (_, i) => `z-${n + i}`);
      await load(ordered('w-other', ...zones), 'remembered');
    }
    const both = await load(ordered('w-1', 'oldest', 'unknown'), 'remembered');
    expect(watchedIn(both)).toEqual(['oldest', 'unknown']);
  });

  it('is whole where another wearer of the batch reads the same zone afresh', async () => {
    const load = supervisions(client, 'table');
    await load(ordered('w-first', 'shared'));
    const answers: (() => void)[] = [];
    mock.on(BatchGetItemCommand).callsFake(
      (input) =>
        new Promise((done) => {
          answers.push(() => done(zonesOf(input.RequestItems.table.Keys)));
        }),
    );
    const waitFor = async (count: number) => {
      while (answers.length < count) await new Promise((done) => setImmediate(done));
    };
    const first = load(ordered('w-1', 'shared', 'own'), 'remembered');
    await waitFor(1);
    const second = load(ordered('w-2', 'shared'), 'fresh');
    await waitFor(2);
    for (const answer of answers) answer();
    expect(watchedIn(await first)).toHaveLength(2);
    expect(watchedIn(await second)).toHaveLength(1);
  });

  it('is read afresh where that is asked for, and as remembered where not', async () => {
    const load = supervisions(client, 'table');
    const wearer = ordered('w-1', 'school');
    for (const freshness of ['remembered', 'remembered', 'fresh'] as const) {
      await load(wearer, freshness);
    }
    expect(mock.commandCalls(BatchGetItemCommand)).toHaveLength(2);
    expect(sharedKey(wearer.agencyId, 'ZONE', 'school').pk).toBe('demo#ZONE#school');
  });
});
