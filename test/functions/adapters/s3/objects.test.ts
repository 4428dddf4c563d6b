import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { afterEach, describe, expect, it } from 'vitest';
import { ObjectRefused, objects, s3Surroundings } from '#functions/adapters/s3/objects.ts';
import {
  type LoopbackServer,
  readBody,
  startLoopbackServer,
} from '#local/cloud/loopback-server.ts';

type Seen = { method: string; url: string; headers: Record<string, unknown>; body: Buffer };
type Answer = { status: number; headers?: Record<string, string>; body?: string };

let server: LoopbackServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A server that answers each request with the next of some answers, the last again and again. */
const bucketAnswering = async (...answers: readonly Answer[]) => {
  const seen: Seen[] = [];
  server = await startLoopbackServer(async (request, response) => {
    const body = (await readBody(request)) ?? Buffer.alloc(0);
    const { method = '', url = '', headers } = request;
    const answer = answers[Math.min(seen.length, answers.length - 1)] ?? { status: 500 };
    seen.push({ method, url, headers, body });
    response.writeHead(answer.status, answer.headers ?? {});
    response.end(answer.body);
  });
  const s3 = s3Surroundings({
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    AWS_ENDPOINT_URL: server.url,
  });
  return { bucket: objects(new AwsClient(s3.client), s3.urlOf('trail')), seen };
};

const BYTES = new Uint8Array([1, 2, 3]);
const checksum = createHash('sha256').update(BYTES).digest('base64');

describe('a bucket', () => {
  it('is addressed by its own host in AWS, and by a path where the cloud is a local one', () => {
    const known = { AWS_REGION: 'eu-west-2', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    expect(s3Surroundings(known).urlOf('trail')).toBe('https://trail.s3.eu-west-2.amazonaws.com');
    const local = { ...known, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };
    expect(s3Surroundings(local).urlOf('trail')).toBe('http://127.0.0.1:4566/trail');
  });

  it('is asked with a signature for S3, and with the session of the function', async () => {
    const { bucket, seen } = await bucketAnswering({ status: 404 });
    await bucket.get('demo/w-1/day');
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/trail/demo/w-1/day' });
    expect(seen[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-2\/s3\/aws4_request, /,
    );
    expect(seen[0]?.headers['x-amz-security-token']).toBe('session');
  });

  it('takes an object with its checksum, only where there is none', async () => {
    const { bucket, seen } = await bucketAnswering({ status: 200 });
    expect(await bucket.put('key', BYTES, null)).toBe('put');
    expect(seen[0]).toMatchObject({
      method: 'PUT',
      body: Buffer.from(BYTES),
      headers: {
        'if-none-match': '*',
        'x-amz-checksum-sha256': checksum,
        // S3 answers 501 to a body in chunks whose length it is not told.
        'content-length': '3',
      },
    });
    expect(seen[0]?.headers).not.toHaveProperty('transfer-encoding');
    const hex = createHash('sha256').update(BYTES).digest('hex');
    expect(seen[0]?.headers['x-amz-content-sha256']).toBe(hex);
  });

  it('takes an object in place of the one that was read', async () => {
    const { bucket, seen } = await bucketAnswering({ status: 200 });
    await bucket.put('key', BYTES, '"1"');
    expect(seen[0]?.headers['if-match']).toBe('"1"');
    expect(seen[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it.each([404, 409, 412])('says of %d that somebody else was first', async (status) => {
    const { bucket } = await bucketAnswering({ status });
    expect(await bucket.put('key', BYTES, null)).toBe('conflict');
  });

  it('tries again when S3 is busy, and gives up after the fourth time', async () => {
    const busy = { status: 503 };
    const first = await bucketAnswering(busy, busy, { status: 200 });
    expect(await first.bucket.put('key', BYTES, null)).toBe('put');
    expect(first.seen).toHaveLength(3);
    await server?.close();
    const second = await bucketAnswering(busy);
    await expect(second.bucket.put('key', BYTES, null)).rejects.toThrow(ObjectRefused);
    expect(second.seen).toHaveLength(4);
  });

  it('gives what is there with its etag, and null where nothing is', async () => {
    const there = { status: 200, headers: { etag: '"7"' }, body: 'abc' };
    const { bucket } = await bucketAnswering(there, { status: 404 });
    expect(await bucket.get('key')).toEqual({
      body: new Uint8Array(Buffer.from('abc')),
      etag: '"7"',
    });
    expect(await bucket.get('key')).toBeNull();
  });

  it('takes a refusal for a refusal, not for an object that is not there', async () => {
    const { bucket } = await bucketAnswering({ status: 403 });
    await expect(bucket.get('key')).rejects.toThrow('S3 answered GET with 403');
    await expect(bucket.put('key', BYTES, null)).rejects.toThrow(ObjectRefused);
    await expect(bucket.holds('key', BYTES)).rejects.toThrow(ObjectRefused);
  });

  it("verifies by S3's checksum: another's, or none, is not enough", async () => {
    const withChecksum = (value: string): Answer => ({
      status: 200,
      headers: { 'x-amz-checksum-sha256': value },
    });
    const { bucket, seen } = await bucketAnswering(withChecksum(checksum), withChecksum('AAAA'), {
      status: 200,
    });
    expect(await bucket.holds('key', BYTES)).toBe(true);
    expect(await bucket.holds('key', BYTES)).toBe(false);
    expect(await bucket.holds('key', BYTES)).toBe(false);
    expect(seen[0]?.headers['x-amz-checksum-mode']).toBe('ENABLED');
  });
});
