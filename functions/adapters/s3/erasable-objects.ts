import type { AwsClient } from 'aws4fetch';
import { ObjectRefused } from './objects.ts';

const LONGEST_CALL_MILLISECONDS = 10_000;

/** Ids and digests need no escaping in XML, so keys stand there as they are. */
const KEYS = /<Key>([^<]*)<\/Key>/g;
const NEXT = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/;

/**
 * What erasing does with a bucket: it lists what lies below a prefix, and removes. An object's
 * versions go with the bucket's lifecycle, so many days after.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export const erasableObjects = (client: Pick<AwsClient, 'fetch'>, bucketUrl: string) => {
  const send = (method: string, path: string): Promise<Response> =>
    client.fetch(`${bucketUrl}/${path}`, {
      method,
      signal: AbortSignal.timeout(LONGEST_CALL_MILLISECONDS),
    });

  return {
    /** Keys below a prefix, a thousand at a time, in their order. */
    async *list(prefix: string): AsyncGenerator<string[]> {
      let token: string | null = null;
      do {
        const more: Record<string, string> = token === null ? {} : { 'continuation-token': token };
        const query = new URLSearchParams({ 'list-type': '2', prefix, ...more });
        const answer = await send('GET', `?${query}`);
        const text = await answer.text();
        if (answer.status !== 200) throw new ObjectRefused('LIST', answer.status);
        yield [...text.matchAll(KEYS)].map(([, key = '']) => key);
        token = NEXT.exec(text)?.[1] ?? null;
      } while (token !== null);
    },

    /** Removes an object; one that is not there any more, too. */
    remove: async (key: string): Promise<void> => {
      const answer = await send('DELETE', key);
      await answer.arrayBuffer();
      if (![200, 204, 404].includes(answer.status))
        throw new ObjectRefused('DELETE', answer.status);
    },
  };
};
export type ErasableObjects = ReturnType<typeof erasableObjects>;

/** Days and sheets end so; what does not is a file of a report. */
const OF_THE_TRAIL = '.ndjson.gz';

/** Two buckets as one: a key says by its end in which of them its object lies. */
export const inBothBuckets = (
  trailBucket: ErasableObjects,
  reportBucket: ErasableObjects,
): ErasableObjects => ({
  async *list(prefix) {
    yield* trailBucket.list(prefix);
    yield* reportBucket.list(prefix);
  },
  remove: (key) => (key.endsWith(OF_THE_TRAIL) ? trailBucket : reportBucket).remove(key),
});
