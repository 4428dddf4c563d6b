import type { LocalBucket, StoredObject } from './stored-objects.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for XML; a carriage return is kept, which parsers would otherwise make a line feed. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character).replaceAll('\r', '&#13;');

export type ListRequest = {
  prefix: string;
  delimiter: string;
  maximumKeys: number;
  /** The last key or common prefix that was already listed. */
  after: string;
  encodesKeys: boolean;
};

const MOST_KEYS = 1000;

export const readListRequest = (query: URLSearchParams): ListRequest => {
  const token = query.get('continuation-token');
  const asked = Number(query.get('max-keys') ?? MOST_KEYS);
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maximumKeys: Math.min(Number.isInteger(asked) && asked >= 0 ? asked : MOST_KEYS, MOST_KEYS),
    after:
      token === null
        ? (query.get('start-after') ?? '')
        : Buffer.from(token, 'base64url').toString(),
    encodesKeys: query.get('encoding-type') === 'url',
  };
};

type Entry = { name: string; object?: StoredObject };

/** The objects and common prefixes behind `after`, in the order of their bytes, up to one more. */
const entriesOf = (bucket: LocalBucket, request: ListRequest): Entry[] => {
  const { prefix, delimiter, maximumKeys, after } = request;
  const entries: Entry[] = [];
  let lastPrefix: string | undefined;
  for (const key of [...bucket.objects.keys()].filter((one) => one.startsWith(prefix)).sort()) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? key : key.slice(0, end + delimiter.length);
    const isListed = name <= after || name === lastPrefix;
    if (isListed || (end >= 0 && after.startsWith(name))) continue;
    if (end >= 0) lastPrefix = name;
    const object = end < 0 ? bucket.objects.get(key) : undefined;
    entries.push(object === undefined ? { name } : { name, object });
    if (entries.length > maximumKeys) break;
  }
  return entries;
};

/**
 * The answer to ListObjectsV2, in the order that S3 promises for general purpose buckets.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export const listObjectsXml = (bucket: LocalBucket, request: ListRequest): string => {
  const found = entriesOf(bucket, request);
  const shown = found.slice(0, request.maximumKeys);
  const isTruncated = found.length > shown.length && shown.length > 0;
  const text = (name: string): string =>
    request.encodesKeys ? encodeURIComponent(name).replaceAll('%2F', '/') : escapeXml(name);
  const contents = shown.map(({ name, object }) =>
    object === undefined
      ? `<CommonPrefixes><Prefix>${text(name)}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${text(name)}</Key><Size>${object.bytes}</Size>` +
        `<ETag>${escapeXml(object.etag)}</ETag><StorageClass>STANDARD</StorageClass>` +
        `<LastModified>${new Date(object.storedAt).toISOString()}</LastModified></Contents>`,
  );
  const token = Buffer.from(shown.at(-1)?.name ?? '').toString('base64url');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    `<Name>${bucket.name}</Name><Prefix>${text(request.prefix)}</Prefix>`,
    `<KeyCount>${shown.length}</KeyCount><MaxKeys>${request.maximumKeys}</MaxKeys>`,
    request.delimiter === '' ? '' : `<Delimiter>${text(request.delimiter)}</Delimiter>`,
    request.encodesKeys ? '<EncodingType>url</EncodingType>' : '',
    `<IsTruncated>${isTruncated}</IsTruncated>`,
    isTruncated ? `<NextContinuationToken>${token}</NextContinuationToken>` : '',
    ...contents,
    '</ListBucketResult>',
  ].join('');
};
