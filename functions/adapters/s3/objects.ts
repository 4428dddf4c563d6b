import { createHash } from 'node:crypto';
import type { AwsClient } from 'aws4fetch';
import { awsSurroundings, type Environment } from '../aws-surroundings.ts';

const LONGEST_CALL_MILLISECONDS = 10_000;

/** The settings of a client for S3, and where a bucket is, from what Lambda tells a function. */
export const s3Surroundings = (environment: Environment) => {
  const { client, region, local } = awsSurroundings('s3', environment);
  return {
    client,
    urlOf: (bucket: string): string =>
      local === undefined ? `https://${bucket}.s3.${region}.amazonaws.com` : `${local}/${bucket}`,
  };
};

/** S3 would not do what it was asked; the message has no key, which names a wearer. */
export class ObjectRefused extends Error {
  constructor(method: string, status: number) {
    super(`S3 answered ${method} with ${status}`);
    this.name = `ObjectRefused${status}`;
  }
}

export type KeptObject = Readonly<{ body: Uint8Array; etag: string }>;

const sha256 = (body: Uint8Array, encoding: 'base64' | 'hex'): string =>
  createHash('sha256').update(body).digest(encoding);

/** What S3 answers where somebody else wrote first, or removed what was to be replaced. */
const CONFLICTS = new Set([404, 409, 412]);

/**
 * The objects of one bucket. Three calls do not need the SDK's client, which would add 163 KiB to a
 * bundle; these 7 KiB sign requests as it does.
 */
export const objects = (
  client: Pick<AwsClient, 'fetch'>,
  bucketUrl: string,
  /** What all objects are, or each by its key. */
  contentType: string | ((key: string) => string) = 'application/gzip',
) => {
  const send = (method: string, key: string, init: RequestInit = {}): Promise<Response> =>
    client.fetch(`${bucketUrl}/${key}`, {
      ...init,
      method,
      signal: AbortSignal.timeout(LONGEST_CALL_MILLISECONDS),
    });

  /** Null where there is none. Throws `ObjectRefused` on any other answer but the object. */
  const get = async (key: string): Promise<KeptObject | null> => {
    const answer = await send('GET', key);
    const body = new Uint8Array(await answer.arrayBuffer());
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw new ObjectRefused('GET', answer.status);
    return { body, etag: answer.headers.get('etag') ?? '' };
  };

  /**
   * Puts an object that is not there yet, or in place of the one of an etag. S3 compares the bytes
   * with their SHA-256 before it takes them.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
   */
  const put = async (
    key: string,
    body: Uint8Array<ArrayBuffer>,
    replaces: string | null,
  ): Promise<'put' | 'conflict'> => {
    const answer = await send('PUT', key, {
      body,
      headers: {
        'content-type': typeof contentType === 'string' ? contentType : contentType(key),
        'x-amz-content-sha256': sha256(body, 'hex'),
        'x-amz-checksum-sha256': sha256(body, 'base64'),
        ...(replaces === null ? { 'if-none-match': '*' } : { 'if-match': replaces }),
      },
    });
    await answer.arrayBuffer();
    if (CONFLICTS.has(answer.status)) return 'conflict';
    if (answer.status !== 200) throw new ObjectRefused('PUT', answer.status);
    return 'put';
  };

  /** Whether the object that stands there now has these very bytes, by S3's own checksum. */
  const holds = async (key: string, body: Uint8Array): Promise<boolean> => {
    const answer = await send('HEAD', key, { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    if (answer.status !== 200) throw new ObjectRefused('HEAD', answer.status);
    return answer.headers.get('x-amz-checksum-sha256') === sha256(body, 'base64');
  };

  return { get, put, holds };
};
export type Objects = ReturnType<typeof objects>;
