import { describe, expect, it } from 'vitest';
import { readS3Target } from '#local/cloud/gateway/s3-operation.ts';

describe('given a path-style request to S3', () => {
  it.each([
    ['PUT', '/trail/a/b.bin?x-id=PutObject', 'PutObject', 'a/b.bin'],
    ['GET', '/trail/a%20b/%C3%BC', 'GetObject', 'a b/ü'],
    ['HEAD', '/trail/a', 'HeadObject', 'a'],
    ['DELETE', '/trail/a?x-id=DeleteObject', 'DeleteObject', 'a'],
    ['GET', '/trail/?list-type=2&prefix=versions', 'ListObjectsV2', ''],
    ['GET', '/trail?list-type=2', 'ListObjectsV2', ''],
    ['HEAD', '/trail', 'HeadBucket', ''],
    ['POST', '/trail/?delete', 'DeleteObjects', ''],
  ])('reads %s %s as %s', (method, path, operation, key) => {
    expect(readS3Target(method, path, {})).toEqual({ operation, bucket: 'trail', key });
  });

  it.each([
    ['GET', '/trail?versions', {}, 'GET bucket versions'],
    ['PUT', '/trail/a?tagging', {}, 'PUT object tagging'],
    ['PUT', '/trail/a', { 'x-amz-copy-source': '/trail/b' }, 'PUT object'],
    ['GET', '/trail/a?versionId=1', {}, 'GET object'],
    ['GET', '/', {}, 'GET bucket'],
  ])('does not take %s %s for an operation that it knows', (method, path, headers, named) => {
    expect(readS3Target(method, path, headers).operation).toBe(named);
  });
});
