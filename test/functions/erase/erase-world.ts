import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { sealedKey } from '#functions/adapters/dynamodb/chain-keys.ts';
import { keyItem, number, readText, text } from '#functions/adapters/dynamodb/items.ts';
import type { ErasableObjects } from '#functions/adapters/s3/erasable-objects.ts';
import { depsFrom } from '#functions/erase/deps.ts';
import { type EraseDeps, run } from '#functions/erase/run.ts';
import { livedWorld, type World } from '#test/functions/api/history-world.ts';

const ENV = {
  ...{ MONITORING_TABLE: 'monitoring', RECORD_TABLE: 'record', STATE_TABLE: 'state' },
  ...{ TRAIL_TABLE: 'trail', TRAIL_BUCKET: 'trail-bucket' },
};

export const ORDER_PATH = { wearerId: 'w-1', orderId: 'o-1' };
export const ORDER = '/v1/wearers/{wearerId}/orders/{orderId}';
export const ENDS_AT = '2026-07-01T00:00:00.000Z';

/** What a bucket in memory is to whom erases. */
const objectsOf = (bucket: World['bucket'], fails: (call: string) => void): ErasableObjects => ({
  async *list(prefix) {
    yield [...bucket.keys()].filter((key) => key.startsWith(prefix)).sort();
  },
  remove: async (key) => {
    fails(`before remove ${key}`);
    bucket.delete(key);
  },
});

/** Every entry of the record is sealed, each at a place of its chain. */
export const seal = async (world: World): Promise<void> => {
  const chains = Map.groupBy(world.itemsOf('record'), (item) => readText(item, 'pk'));
  for (const [chain, items] of chains) {
    if (chain.includes('#SEALED#')) continue;
    for (const [i, item] of items.entries()) {
      const Item = {
        ...keyItem(sealedKey(chain, readText(item, 'sk'))),
        ...{ position: number(i + 1), salt: text('s'.repeat(43)) },
      };
      await world.client.send(new PutItemCommand({ TableName: 'record', Item }));
    }
  }
};

/** A wearer whose order has ended and whose alerts are closed; all is sealed and archived. */
export const endedWorld = async (): Promise<World> => {
  const world = await livedWorld();
  const { document } = (await world.ask(`GET ${ORDER}`, { path: ORDER_PATH })).json;
  const body = { ...document, endsAt: ENDS_AT };
  const { statusCode } = await world.ask(`PUT ${ORDER}`, { path: ORDER_PATH, body });
  if (statusCode !== 200) throw new Error(`the order was not ended: ${statusCode}`);
  world.clock.now = secondsAfter(world.clock.now, 60 * DAY_SECONDS);
  await world.archive();
  await seal(world);
  return world;
};

type More = Readonly<{
  fails?: (call: string) => void;
  deps?: Partial<EraseDeps>;
  event?: object;
  /** How often it may ask whether there is time left. */
  mayAsk?: number;
}>;

/** A run of erasing at an instant. */
export const eraseAt = (world: World, at: Instant, more: More = {}) => {
  world.clock.now = at;
  const { fails = () => undefined, deps = {}, event = {}, mayAsk = 1_000 } = more;
  let asked = 0;
  const all = depsFrom(
    { dynamodb: world.client, trailBucket: objectsOf(world.bucket, fails) },
    { AGENCY: agencyIdSchema.parse('demo'), ...ENV },
    { now: () => world.clock.now, telemetry: world.telemetry },
  );
  const left = () => {
    asked += 1;
    return asked > mayAsk ? 0 : 600_000;
  };
  return run({ ...all, ...deps })(event, { getRemainingTimeInMillis: left });
};

export const afterEnd = (days: number): Instant =>
  secondsAfter(instant(Date.parse(ENDS_AT)), days * DAY_SECONDS);
