/** What an S3 request is about: path style, `/bucket` or `/bucket/key`. */
export type S3Target = { operation: string; bucket: string; key: string };

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Record: a broken escape is a key of that name, which then is not found.
    return text;
  }
};

/** Query parameters that make another operation of a request. */
const SUB_RESOURCES = new Set([
  ...['acl', 'attributes', 'cors', 'delete', 'encryption', 'legal-hold', 'lifecycle', 'location'],
  ...['notification', 'object-lock', 'partNumber', 'policy', 'publicAccessBlock', 'restore'],
  ...['retention', 'select', 'tagging', 'uploadId', 'uploads', 'versioning', 'versions'],
]);

const OBJECT_OPERATIONS: Readonly<Record<string, string>> = {
  DELETE: 'DeleteObject',
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
};

const BUCKET_OPERATIONS: Readonly<Record<string, string>> = {
  'GET list-type=2': 'ListObjectsV2',
  'HEAD ': 'HeadBucket',
  'POST delete': 'DeleteObjects',
};

const bucketVariant = (query: URLSearchParams): string => {
  for (const name of query.keys()) if (SUB_RESOURCES.has(name)) return name;
  return query.get('list-type') === '2' ? 'list-type=2' : '';
};

/**
 * The operation, bucket and key of an S3 request, by
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html.
 * One that the local cloud does not know is named by its method and sub-resource.
 */
export const readS3Target = (
  method: string,
  pathAndQuery: string,
  headers: Readonly<Record<string, string>>,
): S3Target => {
  const [path = '/', ...rest] = pathAndQuery.split('?');
  const query = new URLSearchParams(rest.join('?'));
  const [, bucketPart = '', ...keyParts] = path.split('/');
  const bucket = decode(bucketPart);
  const key = decode(keyParts.join('/'));
  const variant = bucketVariant(query);
  const unknown = `${method} ${key === '' ? 'bucket' : 'object'} ${variant}`.trim();
  if (key === '') {
    const operation = bucket === '' ? undefined : BUCKET_OPERATIONS[`${method} ${variant}`];
    return { operation: operation ?? unknown, bucket, key };
  }
  const isPlain = variant === '' && headers['x-amz-copy-source'] === undefined;
  const operation = isPlain && !query.has('versionId') ? OBJECT_OPERATIONS[method] : undefined;
  return { operation: operation ?? unknown, bucket, key };
};
