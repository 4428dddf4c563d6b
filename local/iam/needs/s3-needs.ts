import { keyNeeds, type NeedsRow, type NeedsTable } from './need.ts';

/** Requests are in path style: `/bucket/key`. */
const targetOf = (path: string): { bucket: string; object: string } => {
  const [, bucket = '', ...key] = new URL(path, 'http://s3').pathname.split('/');
  const arn = `arn:aws:s3:::${bucket}`;
  return { bucket: arn, object: `${arn}/${decodeURIComponent(key.join('/'))}` };
};

const onBucket =
  (action: string): NeedsRow =>
  ({ path }) => [{ action, resource: targetOf(path).bucket }];

const onObject =
  (action: string, keyActions: readonly string[]): NeedsRow =>
  ({ path }, surroundings) => {
    const { bucket, object } = targetOf(path);
    return [
      { action, resource: object },
      ...keyNeeds(
        {
          of: bucket,
          through: 's3',
          actions: keyActions,
          encryptionContext: { 'aws:s3:arn': object },
        },
        surroundings,
      ),
    ];
  };

/** Headers of a PutObject that ask for more than the object, and the right that each needs. */
const HEADER_ACTIONS: Readonly<Record<string, string>> = {
  'x-amz-object-lock-legal-hold': 's3:PutObjectLegalHold',
  'x-amz-object-lock-retain-until-date': 's3:PutObjectRetention',
  'x-amz-tagging': 's3:PutObjectTagging',
};

const put: NeedsRow = (call, surroundings) => {
  const resource = targetOf(call.path).object;
  const more = Object.entries(HEADER_ACTIONS)
    .filter(([header]) => header in call.headers)
    .map(([, action]) => ({ action, resource }));
  return [...onObject('s3:PutObject', ['kms:GenerateDataKey'])(call, surroundings), ...more];
};

/**
 * What calls of S3 need, and of the key of an encrypted bucket: a new data key for each object
 * that is put, the old one for each that is got.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const S3_NEEDS: NeedsTable = {
  DeleteObject: onObject('s3:DeleteObject', []),
  GetObject: onObject('s3:GetObject', ['kms:Decrypt']),
  HeadBucket: onBucket('s3:ListBucket'),
  HeadObject: onObject('s3:GetObject', ['kms:Decrypt']),
  ListObjectsV2: onBucket('s3:ListBucket'),
  PutObject: put,
};
