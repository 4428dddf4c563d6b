import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { buildApp } from 'fauxqs';
import * as z from 'zod';

type AppOptions = NonNullable<Parameters<typeof buildApp>[0]>;
export type Stores = NonNullable<AppOptions['stores']>;
type QueueStore = Stores['sqsStore'];
export type EngineQueue = NonNullable<ReturnType<QueueStore['getQueueByName']>>;
/** A message as fauxqs holds it. Its time stamps may be set to those of the cloud's clock. */
export type EngineMessage = Parameters<EngineQueue['enqueue']>[0];
type Persistence = NonNullable<QueueStore['persistence']>;

/**
 * What fauxqs tells its persistence of queues, and of messages before it acts on it: of every one
 * that enters a queue, by whatever way, is handed out, or leaves.
 */
export type MessageHooks = Pick<
  Persistence,
  | 'insertQueue'
  | 'updateQueueSequenceCounter'
  | 'insertMessage'
  | 'updateMessageInflight'
  | 'deleteMessage'
  | 'deleteQueueMessages'
>;

type StoreClasses = {
  SqsStore: (new () => QueueStore) & {
    createMessage(body: string, attributes: EngineMessage['messageAttributes']): EngineMessage;
  };
  SnsStore: new () => Stores['snsStore'];
  S3Store: new () => Stores['s3Store'];
};

const isClass = (value: unknown): boolean => typeof value === 'function';
const classesSchema = z.object({
  SqsStore: z.custom<StoreClasses['SqsStore']>(isClass),
  SnsStore: z.custom<StoreClasses['SnsStore']>(isClass),
  S3Store: z.custom<StoreClasses['S3Store']>(isClass),
});

/** The stores are not among what the package exports; its version is pinned for that reason. */
const importFrom = async (path: string): Promise<object> => {
  const packageFile = findPackageJSON('fauxqs', import.meta.url);
  if (packageFile === undefined) throw new Error('The package fauxqs is not installed.');
  return import(new URL(path, pathToFileURL(packageFile)).href);
};

const loadClasses = async (): Promise<StoreClasses> => {
  const paths = ['./dist/sqs/sqsStore.js', './dist/sns/snsStore.js', './dist/s3/s3Store.js'];
  const [sqs, sns, s3] = await Promise.all(paths.map(importFrom));
  return classesSchema.parse({ ...sqs, ...sns, ...s3 });
};

const ignore = (): void => undefined;

/** What of the package's SQLite persistence is used: that of objects. */
type ObjectPersistence = Pick<Persistence, 'loadS3' | 'close'>;

const persistenceSchema = z.object({
  PersistenceManager: z.custom<new (directory: string) => ObjectPersistence>(isClass),
});

/** Makes the stores for one fauxqs whose objects are kept in this directory. */
export const createKeptStores = async (directory: string) => {
  const { stores } = await createStores(NO_HOOKS);
  const loaded = persistenceSchema.parse(await importFrom('./dist/persistence.js'));
  const persistence = new loaded.PersistenceManager(directory);
  persistence.loadS3(stores.s3Store);
  Reflect.set(stores.s3Store, 'persistence', persistence);
  return { stores, close: () => persistence.close() };
};

const NO_HOOKS: MessageHooks = {
  insertQueue: ignore,
  updateQueueSequenceCounter: ignore,
  insertMessage: ignore,
  updateMessageInflight: ignore,
  deleteMessage: ignore,
  deleteQueueMessages: ignore,
};

/** Makes the stores for one fauxqs, which calls the hooks for each message. */
export const createStores = async (hooks: MessageHooks) => {
  const { SqsStore, SnsStore, S3Store } = await loadClasses();
  const sqsStore = new SqsStore();
  // Its own persistence (SQLite, 2.4.1) fails when a message becomes visible again: it writes NULL
  // into a column that takes none. And its time is the machine's.
  const persistence = {
    ...{ deleteQueue: ignore, updateQueueAttributes: ignore, updateMessageReady: ignore },
    ...hooks,
  };
  Reflect.set(sqsStore, 'persistence', persistence);
  const stores: Stores = { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() };
  return { stores, createMessage: SqsStore.createMessage };
};
