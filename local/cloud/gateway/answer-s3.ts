import type { MovableClock } from '../clock/clock.ts';
import type { ObjectEngine, ObjectRequest } from '../engines/objects.ts';
import { type Reply, xmlReply } from '../reply.ts';
import type { ServiceCall } from './call.ts';
import type { AnswerCall } from './gateway.ts';
import { escapeXml, listObjectsXml, readListRequest } from './object-list.ts';
import { readS3Target, type S3Target } from './s3-operation.ts';
import { hasExpired, isLocked, type LocalBucket } from './stored-objects.ts';

export type AnswerS3Parts = {
  engine: ObjectEngine;
  clock: MovableClock;
  /** The buckets of the template. */
  buckets: readonly LocalBucket[];
};

/** An error as S3 words it; the SDK makes an exception of that code of it. */
const s3Error = (status: number, code: string, message: string): Reply =>
  xmlReply(
    status,
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code>` +
      `<Message>${escapeXml(message)}</Message></Error>`,
  );

const noKey = (): Reply => s3Error(404, 'NoSuchKey', 'The specified key does not exist.');

type ObjectCall = { call: ServiceCall; bucket: LocalBucket; key: string };

const METHODS = ['GET', 'PUT', 'HEAD', 'DELETE', 'POST'] as const;

const requestOf = (call: ServiceCall): ObjectRequest | undefined => {
  const method = METHODS.find((one) => one === call.method);
  const { connection: _, 'transfer-encoding': __, ...headers } = call.headers;
  return method && { method, path: call.path, headers, body: call.body };
};

const bytesOf = ({ headers, body }: ServiceCall): number =>
  Number(headers['x-amz-decoded-content-length'] ?? body.length);

/**
 * Why S3 would not take this object: a condition on what is there, or no checksum although the
 * bucket locks what it takes. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
const putProblem = ({ call, bucket, key }: ObjectCall): Reply | undefined => {
  const { headers } = call;
  const there = bucket.objects.get(key);
  const isTaken = headers['if-none-match'] === '*' && there !== undefined;
  const wanted = headers['if-match'];
  if (wanted !== undefined && there === undefined) return noKey();
  if (isTaken || (wanted !== undefined && wanted !== there?.etag)) {
    const problem = 'At least one of the pre-conditions you specified did not hold';
    return s3Error(412, 'PreconditionFailed', problem);
  }
  const hasChecksum = Object.keys(headers).some(
    (name) =>
      name === 'content-md5' || name.startsWith('x-amz-checksum-') || name === 'x-amz-trailer',
  );
  if (bucket.lockedDays === null || hasChecksum) return undefined;
  const problem =
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
  return s3Error(400, 'InvalidRequest', problem);
};

const KEYS = /<Key>([^<]*)<\/Key>/g;

const unescapeXml = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#13;', '\r')
    .replaceAll('&amp;', '&');

/** Object storage: fauxqs keeps the bytes; order, time, conditions and expiry are kept here. */
export const answerS3 = ({ engine, clock, buckets }: AnswerS3Parts): AnswerCall => {
  const send = async (call: ServiceCall): Promise<Reply> => {
    const request = requestOf(call);
    if (request === undefined) return s3Error(405, 'MethodNotAllowed', `No ${call.method} here.`);
    return engine.forward(request);
  };

  /**
   * S3 would keep the locked version and put a new one, or a marker, over it. Here is only one
   * version, so that the lock keeps it by refusing what would end it.
   */
  const lockProblem = (bucket: LocalBucket, key: string): Reply | undefined => {
    const storedAt = bucket.objects.get(key)?.storedAt;
    if (storedAt === undefined || !isLocked(bucket, { storedAt, now: clock.now() })) {
      return undefined;
    }
    const problem = 'Access Denied because object protected by object lock.';
    return s3Error(403, 'AccessDenied', problem);
  };

  /** Ends an object that the bucket's lifecycle has ended by now. */
  const expire = async (bucket: LocalBucket, key: string): Promise<void> => {
    const storedAt = bucket.objects.get(key)?.storedAt;
    if (storedAt === undefined) return;
    const times = { storedAt, now: clock.now() };
    if (!hasExpired(bucket, key, times) || isLocked(bucket, times)) return;
    bucket.objects.delete(key);
    const path = `/${bucket.name}/${encodeURIComponent(key)}`;
    await engine.forward({ method: 'DELETE', path, headers: {}, body: Buffer.alloc(0) });
  };

  const put = async ({ call, bucket, key }: ObjectCall): Promise<Reply> => {
    const problem = putProblem({ call, bucket, key }) ?? lockProblem(bucket, key);
    if (problem !== undefined) return problem;
    const reply = await send(call);
    if (reply.status !== 200) return reply;
    const etag = reply.headers.etag ?? '""';
    bucket.objects.set(key, { storedAt: clock.now(), bytes: bytesOf(call), etag });
    return reply;
  };

  const get = async ({ call, bucket, key }: ObjectCall): Promise<Reply> => {
    const object = bucket.objects.get(key);
    if (object === undefined) return noKey();
    const reply = await send(call);
    // fauxqs stamps objects by the machine's clock.
    const query = new URL(call.path, 'http://s3').searchParams;
    const disposition = query.get('response-content-disposition');
    const headers = {
      ...reply.headers,
      ...(disposition === null ? {} : { 'content-disposition': disposition }),
      'last-modified': new Date(object.storedAt).toUTCString(),
      ...(call.method === 'HEAD' ? { 'content-length': String(object.bytes) } : {}),
    };
    return { ...reply, headers };
  };

  const remove = async ({ call, bucket, key }: ObjectCall): Promise<Reply> => {
    const problem = lockProblem(bucket, key);
    if (problem !== undefined) return problem;
    bucket.objects.delete(key);
    return send(call);
  };

  const removeAll = async ({ call, bucket }: ObjectCall): Promise<Reply> => {
    const keys = [...call.body.toString().matchAll(KEYS)].map(([, key = '']) => unescapeXml(key));
    const problem = keys.map((key) => lockProblem(bucket, key)).find((one) => one !== undefined);
    if (problem !== undefined) return problem;
    for (const key of keys) bucket.objects.delete(key);
    return send(call);
  };

  const list = async ({ call, bucket }: ObjectCall): Promise<Reply> => {
    for (const key of bucket.objects.keys()) await expire(bucket, key);
    const query = new URLSearchParams(call.path.split('?').slice(1).join('?'));
    return xmlReply(200, listObjectsXml(bucket, readListRequest(query)));
  };

  const operations: Readonly<Record<string, (call: ObjectCall) => Promise<Reply>>> = {
    PutObject: put,
    GetObject: get,
    HeadObject: get,
    DeleteObject: remove,
    DeleteObjects: removeAll,
    ListObjectsV2: list,
    HeadBucket: ({ call }) => send(call),
  };

  return async (call) => {
    const target: S3Target = readS3Target(call.method, call.path, call.headers);
    const operation = operations[target.operation];
    if (operation === undefined) {
      const problem = `The local cloud does not know s3 ${target.operation}; add it in local/cloud/gateway.`;
      return s3Error(501, 'NotImplemented', problem);
    }
    const bucket = buckets.find(({ name }) => name === target.bucket);
    if (bucket === undefined) {
      return s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
    }
    await expire(bucket, target.key);
    return operation({ call, bucket, key: target.key });
  };
};
