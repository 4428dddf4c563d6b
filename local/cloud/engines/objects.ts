import { buildApp } from 'fauxqs';
import type { Reply } from '../reply.ts';
import { createKeptStores } from './fauxqs-stores.ts';

/** One call to the object store, path style: `/bucket/key`, percent-encoded. */
export type ObjectRequest = {
  method: 'GET' | 'PUT' | 'HEAD' | 'DELETE' | 'POST';
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
};

/** fauxqs, in this process and without a port: buckets and the bytes of their objects. */
export type ObjectEngine = {
  /** Passes a request on as it is. */
  forward(request: ObjectRequest): Promise<Reply>;
  /** Throws when the name is not one that S3 allows. */
  createBucket(name: string): Promise<void>;
  stop(): Promise<void>;
};

// What fauxqs says about the transport is said anew by the gateway.
const NOT_KEPT = new Set(['connection', 'content-length', 'date', 'keep-alive']);

const keptHeaders = (headers: Readonly<Record<string, unknown>>): Record<string, string> => {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !NOT_KEPT.has(name)) kept[name] = value;
  }
  return kept;
};

/** Starts the object store for one region, over a directory in which objects are kept, if any. */
export const startObjects = async (region: string, directory?: string): Promise<ObjectEngine> => {
  const kept = directory === undefined ? undefined : await createKeptStores(directory);
  const stores = kept === undefined ? {} : { stores: kept.stores };
  const app = buildApp({ logger: false, defaultRegion: region, ...stores });
  await app.ready();

  const forward: ObjectEngine['forward'] = async ({ method, path, headers, body }) => {
    // Without a host that is an address, fauxqs would look for the bucket in the host's name.
    const sent = { ...headers, host: '127.0.0.1' };
    const answer = await app.inject({ method, url: path, headers: sent, payload: body });
    const kept = keptHeaders(answer.headers);
    return { status: answer.statusCode, headers: kept, body: answer.rawPayload };
  };

  const createBucket: ObjectEngine['createBucket'] = async (name) => {
    const request = {
      method: 'PUT',
      path: `/${name}`,
      headers: {},
      body: Buffer.alloc(0),
    } as const;
    const { status, body } = await forward(request);
    if (status !== 200) throw new Error(`Bucket ${name} cannot be made (${status}): ${body}`);
  };

  const stop = async (): Promise<void> => {
    await app.close();
    kept?.close();
  };
  return { forward, createBucket, stop };
};
