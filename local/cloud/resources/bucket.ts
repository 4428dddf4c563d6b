import * as z from 'zod';
import { type ExpiryRule, keptObjects } from '../gateway/stored-objects.ts';
import { physicalName } from '../place.ts';
import {
  countProperty,
  placeOf,
  type ResolvedResource,
  type ResourceKind,
  readProperties,
  switchProperty,
  withoutEffect,
} from './resource-kind.ts';

const STORAGE_CLASSES = [
  ...(['STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING'] as const),
  ...(['GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'] as const),
] as const;

const transitionSchema = z.strictObject({
  StorageClass: z.enum(STORAGE_CLASSES),
  TransitionInDays: countProperty,
});

const ruleSchema = z.strictObject({
  Id: withoutEffect,
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: countProperty.optional(),
  // Objects keep their class on this machine; the order of the days is checked.
  Transitions: z.array(transitionSchema).default([]),
  // Only the latest version of an object is kept on this machine, and no parts of uploads.
  NoncurrentVersionExpiration: z
    .strictObject({ NoncurrentDays: countProperty, NewerNoncurrentVersions: withoutEffect })
    .optional(),
  ExpiredObjectDeleteMarker: switchProperty.optional(),
  AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: countProperty }).optional(),
});

type LifecycleRule = z.infer<typeof ruleSchema>;

export const bucketSchema = z.strictObject({
  BucketName: z.string().optional(),
  LifecycleConfiguration: z
    .strictObject({
      Rules: z.array(ruleSchema).min(1).max(1000),
      TransitionDefaultMinimumObjectSize: withoutEffect,
    })
    .optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  ObjectLockEnabled: switchProperty.default(false),
  ObjectLockConfiguration: z
    .strictObject({
      ObjectLockEnabled: z.literal('Enabled').optional(),
      Rule: z
        .strictObject({
          DefaultRetention: z.strictObject({
            Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']),
            Days: countProperty.optional(),
            Years: countProperty.optional(),
          }),
        })
        .optional(),
    })
    .optional(),
  // Nobody but this cloud reaches the bucket, and nothing is encrypted at rest on this machine.
  BucketEncryption: withoutEffect,
  PublicAccessBlockConfiguration: withoutEffect,
  OwnershipControls: withoutEffect,
  LoggingConfiguration: withoutEffect,
  Tags: withoutEffect,
});

type BucketProperties = z.infer<typeof bucketSchema>;

/**
 * What S3 says against a rule: it does nothing, it moves objects to an infrequent class before 30
 * days, or its days are not in order.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
 */
const ruleProblem = (rule: LifecycleRule): string | undefined => {
  const { ExpirationInDays, Transitions } = rule;
  const days = Transitions.map(({ TransitionInDays }) => TransitionInDays);
  const last = Math.max(0, ...days);
  const doesNothing =
    ExpirationInDays === undefined &&
    days.length === 0 &&
    rule.NoncurrentVersionExpiration === undefined &&
    rule.ExpiredObjectDeleteMarker === undefined &&
    rule.AbortIncompleteMultipartUpload === undefined;
  if (doesNothing) return 'a lifecycle rule needs at least one action';
  const isEarly = Transitions.some(
    ({ StorageClass, TransitionInDays }) => StorageClass.endsWith('_IA') && TransitionInDays < 30,
  );
  if (isEarly) return 'objects move to STANDARD_IA or ONEZONE_IA after 30 days or more';
  if (ExpirationInDays !== undefined && ExpirationInDays <= 0) return 'objects expire after days';
  if (ExpirationInDays === undefined || ExpirationInDays > last) return undefined;
  return `objects expire after ${ExpirationInDays} days, before they have moved (${last} days)`;
};

/** Throws when S3 would refuse one of the rules. */
export const checkRules = (rules: readonly LifecycleRule[], resource: ResolvedResource): void => {
  for (const rule of rules) {
    const problem = ruleProblem(rule);
    if (problem !== undefined) throw new Error(`${placeOf(resource)}: ${problem}.`);
  }
};

/** A bucket with object lock is versioned: AWS refuses one that says otherwise. */
export const checkLock = (properties: BucketProperties, resource: ResolvedResource): void => {
  const { ObjectLockEnabled, ObjectLockConfiguration, VersioningConfiguration } = properties;
  if (ObjectLockConfiguration !== undefined && !ObjectLockEnabled) {
    throw new Error(`${placeOf(resource)}: ObjectLockConfiguration needs ObjectLockEnabled.`);
  }
  if (ObjectLockEnabled && VersioningConfiguration?.Status === 'Suspended') {
    throw new Error(`${placeOf(resource)}: object lock needs versioning.`);
  }
  const retention = ObjectLockConfiguration?.Rule?.DefaultRetention;
  if (
    retention !== undefined &&
    (retention.Days === undefined) === (retention.Years === undefined)
  ) {
    throw new Error(`${placeOf(resource)}: DefaultRetention takes either Days or Years.`);
  }
};

const DAYS_A_YEAR = 365;

/** For how long the bucket locks what it takes; null where it locks nothing by itself. */
const lockedDaysOf = ({ ObjectLockConfiguration }: BucketProperties): number | null => {
  const retention = ObjectLockConfiguration?.Rule?.DefaultRetention;
  if (retention === undefined) return null;
  return retention.Days ?? (retention.Years ?? 0) * DAYS_A_YEAR;
};

const expiryOf = (rules: readonly LifecycleRule[]): ExpiryRule[] =>
  rules.flatMap(({ Status, Prefix, ExpirationInDays }) =>
    Status === 'Enabled' && ExpirationInDays !== undefined
      ? [{ prefix: Prefix, days: ExpirationInDays }]
      : [],
  );

/** AWS::S3::Bucket (general purpose), in fauxqs. */
export const bucket: ResourceKind = async (resource, { objects, place, registry, ledger }) => {
  const properties = readProperties(bucketSchema, resource);
  const rules = properties.LifecycleConfiguration?.Rules ?? [];
  checkRules(rules, resource);
  checkLock(properties, resource);
  const { logicalId } = resource;
  const name = properties.BucketName ?? physicalName(place, logicalId, 63).toLowerCase();
  await objects.createBucket(name);
  const arn = `arn:aws:s3:::${name}`;
  const lockedDays = lockedDaysOf(properties);
  const expiry = expiryOf(rules);
  const kept = keptObjects(ledger, name);
  registry.buckets.push({ logicalId, name, arn, expiry, lockedDays, objects: kept });
  const domain = `${name}.s3.${place.region}.amazonaws.com`;
  return {
    ref: name,
    attributes: {
      Arn: arn,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: domain,
    },
  };
};
