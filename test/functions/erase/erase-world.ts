import { agencyIdSchema } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { EXPORT_SCHEMA } from '#domain/record/export-line.ts';
import { hashOfLink, NOTHING_BEFORE, type SealedEntry } from '#domain/record/link.ts';
import { newVerifier } from '#domain/record/verify.ts';
import { chainOfSealed, sealedKey } from '#functions/adapters/dynamodb/chain-keys.ts';
import { chains, linkFrom } from '#functions/adapters/dynamodb/chains.ts';
import { type Item, readText } from '#functions/adapters/dynamodb/items.ts';
import type { Key } from '#functions/adapters/dynamodb/keys.ts';
import { sealedEntryFrom } from '#functions/adapters/dynamodb/sealed-entries.ts';
import type { ErasableObjects } from '#functions/adapters/s3/erasable-objects.ts';
import { depsFrom } from '#functions/erase/deps.ts';
import { type EraseDeps, run } from '#functions/erase/run.ts';
import { sealEntries } from '#functions/seal/seal-entries.ts';
import { nodeCrypto } from '#local/record/node-crypto.ts';
import { livedWorld, type World } from '#test/functions/api/history-world.ts';

const ENV = {
  ...{ MONITORING_TABLE: 'monitoring', RECORD_TABLE: 'record', STATE_TABLE: 'state' },
  ...{ TRAIL_TABLE: 'trail', TRAIL_BUCKET: 'trail-bucket' },
  REPORT_BUCKET: 'report-bucket',
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

const chainsOf = (world: World) =>
  chains(world.client, { chain: 'chain', record: 'record' }, nodeCrypto.hash);

/** Gives entries of a chain to be sealed, as the stream may once more, and says how many were. */
export const sealAgain = (
  world: World,
  chain: string,
  entries: readonly SealedEntry[],
): Promise<number> => {
  const { hash } = nodeCrypto;
  const now = () => world.clock.now;
  return sealEntries({ now, hash, newSalt: () => SALT, chains: chainsOf(world) }, chain, entries);
};

/** Every entry of the record is sealed, each at a place of its chain. */
export const seal = async (world: World): Promise<void> => {
  const entries = world.itemsOf('record').filter((item) => chainOfSealed(keyOf(item)) === null);
  for (const [chain, items] of Map.groupBy(entries, keyOf)) {
    await sealAgain(world, chain, items.map(sealedEntryFrom));
  }
};

const SALT = 's'.repeat(43);
const keyOf = (item: Item): string => readText(item, 'pk');

/** What a verifier finds of a chain, by what is left of it. */
export const verdictOn = (world: World, chain: string) => {
  const itemOf = (table: string, key: Key) =>
    world.itemsOf(table).find(({ pk, sk }) => pk?.S === key.pk && sk?.S === key.sk);
  const links = world
    .itemsOf('chain')
    .filter((item) => keyOf(item) === chain && readText(item, 'sk').startsWith('LINK#'))
    .map(linkFrom)
    .sort((a, b) => a.position - b.position);
  const lines = links.map((link) => {
    const { chain: _, ...rest } = link;
    const entry = itemOf('record', { pk: chain, sk: link.name });
    const salt = itemOf('record', sealedKey(chain, link.name))?.salt?.S ?? null;
    const hash = hashOfLink(nodeCrypto.hash, link);
    const opened = entry === undefined ? null : sealedEntryFrom(entry);
    return { kind: 'entry', ...rest, hash, salt, entry: opened };
  });
  const last = lines.at(-1)?.hash ?? NOTHING_BEFORE;
  const head = { kind: 'head', schema: EXPORT_SCHEMA, chain, sealed: links.length, last };
  const end = { kind: 'end', anchors: 0, entries: lines.length, unsealed: 0 };
  const verifier = newVerifier(nodeCrypto, { chain, keyId: null });
  for (const line of [head, ...lines, end]) verifier.take(JSON.stringify(line));
  return verifier.finish();
};

/**
 * A wearer whose order has ended and whose alerts are closed; all is sealed and archived.
 * `bringBack` brings back the tables and the bucket as they are then.
 */
export const endedWorld = async (): Promise<{ world: World; bringBack: () => void }> => {
  const world = await livedWorld();
  const { document } = (await world.ask(`GET ${ORDER}`, { path: ORDER_PATH })).json;
  const body = { ...document, endsAt: ENDS_AT };
  const { statusCode } = await world.ask(`PUT ${ORDER}`, { path: ORDER_PATH, body });
  if (statusCode !== 200) throw new Error(`the order was not ended: ${statusCode}`);
  world.clock.now = secondsAfter(world.clock.now, 60 * DAY_SECONDS);
  await world.archive();
  await seal(world);
  const bringTablesBack = world.remember();
  const bucket = [...world.bucket];
  const bringBack = () => {
    bringTablesBack();
    world.bucket.clear();
    for (const [key, object] of bucket) world.bucket.set(key, object);
  };
  return { world, bringBack };
};

type More = Readonly<{
  reports?: World['bucket'];
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
  const { reports = new Map() } = more;
  let asked = 0;
  const all = depsFrom(
    {
      dynamodb: world.client,
      trailBucket: objectsOf(world.bucket, fails),
      reportBucket: objectsOf(reports, fails),
    },
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
