import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant, toIso } from '#domain/model/instant.ts';
import { createActivity } from '#local/cloud/activity.ts';
import type { MovableClock } from '#local/cloud/clock/clock.ts';
import { type ObjectEngine, startObjects } from '#local/cloud/engines/objects.ts';
import { answerS3 } from '#local/cloud/gateway/answer-s3.ts';
import { createCallCounter } from '#local/cloud/gateway/call-counts.ts';
import { startGateway } from '#local/cloud/gateway/gateway.ts';
import type { LocalBucket } from '#local/cloud/gateway/stored-objects.ts';
import type { LoopbackServer } from '#local/cloud/loopback-server.ts';
import { START, stoppedClock } from '../../stack/fixture-cloud.ts';

const Bucket = 'trail';
const fail = (line: string): never => expect.fail(line);
const DAY = 86_400_000;

let engine: ObjectEngine;
let gateway: LoopbackServer;
let clock: MovableClock;
let client: S3Client;

const bucketNamed = (name: string, lockedDays: number | null): LocalBucket => ({
  logicalId: name,
  name,
  arn: `arn:aws:s3:::${name}`,
  expiry: [{ prefix: 'old/', days: 30 }],
  lockedDays,
  objects: new Map(),
});

beforeEach(async () => {
  engine = await startObjects('eu-west-2');
  await engine.createBucket(Bucket);
  await engine.createBucket('locked');
  clock = stoppedClock();
  const buckets = [bucketNamed(Bucket, null), bucketNamed('locked', 30)];
  gateway = await startGateway({
    ...{ clock, log: fail, activity: createActivity(fail), calls: createCallCounter() },
    roleIds: new Set<string>(),
    services: { s3: answerS3({ engine, clock, buckets }) },
    cuts: { answer: () => undefined },
    authorize: () => undefined,
    conceal: (_, reply) => reply,
    flushed: () => Promise.resolve(),
  });
  // As functions have it: an address as endpoint makes the SDK use path style by itself.
  client = new S3Client({
    endpoint: gateway.url,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterEach(async () => {
  client.destroy();
  await gateway.close();
  await engine.stop();
});

const put = (Key: string, Body: string | Buffer = 'x', extra: Record<string, string> = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...extra }));

const keysOf = async (extra: Record<string, string | number> = {}): Promise<string[]> => {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, ContinuationToken, ...extra }),
    );
    for (const { Prefix } of page.CommonPrefixes ?? []) keys.push(Prefix ?? '');
    for (const { Key } of page.Contents ?? []) keys.push(Key ?? '');
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return keys;
};

describe('given a bucket of the template', () => {
  it('keeps bytes, type and metadata under any key, at the time of the clock', async () => {
    const Key = 'wearer W-1/2026 + ü&<>/day.bin';
    const Body = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
    const Metadata = { slices: '12' };
    const stored = { ContentType: 'application/x-trail', Metadata };
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ...stored }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body);
    expect(got).toMatchObject({ ...stored, LastModified: new Date(START) });
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 70_000, Metadata, LastModified: new Date(START) });
    expect(await keysOf()).toEqual([Key]);
  });

  it('gives a part of an object', async () => {
    await put('a', '0123456789');
    const range = { Bucket, Key: 'a', Range: 'bytes=2-4' };
    const got = await client.send(new GetObjectCommand(range));
    expect(await got.Body?.transformToString()).toBe('234');
    expect(got.ContentRange).toBe('bytes 2-4/10');
  });

  it('deletes one object or many, and says nothing of one that is not there', async () => {
    for (const key of ['a', 'b&c', 'd']) await put(key);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const Objects = [{ Key: 'b&c' }, { Key: 'nowhere' }];
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(await keysOf()).toEqual(['d']);
    const gone = client.send(new GetObjectCommand({ Bucket, Key: 'b&c' }));
    await expect(gone).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('says of a bucket and a key that are not there that they are not', async () => {
    await client.send(new HeadBucketCommand({ Bucket }));
    const nowhere = { Bucket: 'nowhere', Key: 'a' };
    await expect(client.send(new GetObjectCommand(nowhere))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
  it('takes an object on the condition that there is none, or that it is the same', async () => {
    const { ETag = '' } = await put('a', 'one', { IfNoneMatch: '*' });
    const refusal = { name: 'PreconditionFailed' };
    await expect(put('a', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject(refusal);
    await put('a', 'two', { IfMatch: ETag });
    await expect(put('a', 'three', { IfMatch: ETag })).rejects.toMatchObject(refusal);
    await expect(put('b', 'x', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  // fauxqs sorts by the rules of a language; S3 by the bytes of the keys.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ListingKeysUsingAPIs.html
  it('lists by the bytes of the keys, page by page, each once', async () => {
    const keys = ['B', 'a', 'a-b', 'ab', 'a/1', 'a/2', 'b/1'];
    for (const key of keys) await put(key);
    const inEngine = await engine.forward({
      ...{ method: 'GET', path: `/${Bucket}?list-type=2`, headers: {}, body: Buffer.alloc(0) },
    });
    const engineKeys = [...inEngine.body.toString().matchAll(/<Key>([^<]*)</g)].map(
      ([, key]) => key,
    );
    expect(engineKeys).not.toEqual(keys.toSorted());
    expect(await keysOf()).toEqual(keys.toSorted());
    expect(await keysOf({ MaxKeys: 2 })).toEqual(keys.toSorted());
    expect(await keysOf({ Prefix: 'a/' })).toEqual(['a/1', 'a/2']);
    expect(await keysOf({ StartAfter: 'a/1' })).toEqual(['a/2', 'ab', 'b/1']);
    expect((await keysOf({ Delimiter: '/' })).toSorted()).toEqual([
      'B',
      'a',
      'a-b',
      'a/',
      'ab',
      'b/',
    ]);
    const pages = await keysOf({ Delimiter: '/', MaxKeys: 1 });
    expect(pages).toEqual(['B', 'a', 'a-b', 'a/', 'ab', 'b/']);
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
  it('ends objects by its lifecycle, at the midnight after their days', async () => {
    await put('old/a');
    await put('kept/a');
    const lastMoment = instant(Math.floor(START / DAY) * DAY + 31 * DAY - 1);
    expect(toIso(lastMoment)).toBe('2026-03-31T23:59:59.999Z');
    clock.jumpTo(lastMoment);
    expect(await keysOf()).toEqual(['kept/a', 'old/a']);
    clock.jumpTo(instant(lastMoment + 1));
    expect(await keysOf()).toEqual(['kept/a']);
    const gone = client.send(new HeadObjectCommand({ Bucket, Key: 'old/a' }));
    await expect(gone).rejects.toMatchObject({ name: 'NotFound' });
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
  it('takes into a locked bucket only what has a checksum', async () => {
    const bare = new S3Client({
      endpoint: gateway.url,
      region: 'eu-west-2',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    const locked = { Bucket: 'locked', Key: 'a', Body: 'x' };
    await client.send(new PutObjectCommand(locked));
    const refused = bare.send(new PutObjectCommand(locked));
    await expect(refused).rejects.toMatchObject({ name: 'InvalidRequest' });
    bare.destroy();
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
  it('lets nobody end a locked object before its days are over, on the clock', async () => {
    const locked = { Bucket: 'locked', Key: 'a' };
    await client.send(new PutObjectCommand({ ...locked, Body: 'x' }));
    clock.jumpTo(instant(START + 30 * DAY - 1));
    const ending = [
      () => client.send(new DeleteObjectCommand(locked)),
      () => client.send(new PutObjectCommand({ ...locked, Body: 'y' })),
      () =>
        client.send(
          new DeleteObjectsCommand({ Bucket: 'locked', Delete: { Objects: [{ Key: 'a' }] } }),
        ),
    ];
    for (const end of ending) await expect(end()).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Body } = await client.send(new GetObjectCommand(locked));
    expect(await Body?.transformToString()).toBe('x');
    clock.jumpTo(instant(START + 30 * DAY));
    await client.send(new DeleteObjectCommand(locked));
    await expect(client.send(new HeadObjectCommand(locked))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});
