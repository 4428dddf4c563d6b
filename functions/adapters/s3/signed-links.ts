import type { AwsClient } from 'aws4fetch';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Clock } from '../clock/system-clock.ts';

/** Whoever has a link has the file: long enough to press it, and no longer. */
const LINK_SECONDS = 300;

export type SignedLink = Readonly<{ href: string; expiresAt: Instant }>;

/**
 * Makes links to objects of a bucket that anybody may follow until they expire. They carry the
 * rights of whoever signs, and end with the credentials of the function if those end first.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export const signedLinks =
  (client: Pick<AwsClient, 'sign'>, bucketUrl: string, now: Clock) =>
  async (key: string, fileName: string): Promise<SignedLink> => {
    const query = new URLSearchParams({
      'X-Amz-Expires': String(LINK_SECONDS),
      'response-content-disposition': `attachment; filename="${fileName}"`,
    });
    const signedAt = now();
    const datetime = new Date(signedAt).toISOString().replace(/[:-]|\.\d{3}/g, '');
    const { url } = await client.sign(`${bucketUrl}/${key}?${query}`, {
      aws: { signQuery: true, datetime },
    });
    return { href: url, expiresAt: secondsAfter(signedAt, LINK_SECONDS) };
  };
export type SignLink = ReturnType<typeof signedLinks>;
