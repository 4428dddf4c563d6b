import { type Instant, instant } from '#domain/model/instant.ts';

/** What is known of an object beside its bytes. */
export type StoredObject = { storedAt: Instant; bytes: number; etag: string };

/** A lifecycle rule, as far as it ends objects. */
export type ExpiryRule = { prefix: string; days: number };

/** A bucket of the template, and the objects in it by key. */
export type LocalBucket = {
  logicalId: string;
  name: string;
  arn: string;
  expiry: readonly ExpiryRule[];
  /** A default retention asks every upload for a checksum. */
  hasDefaultRetention: boolean;
  objects: Map<string, StoredObject>;
};

const DAY_MILLISECONDS = 86_400_000;

/**
 * When a rule ends an object: the days after it was stored, rounded up to the next midnight UTC.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export const expiresAt = (storedAt: Instant, { days }: ExpiryRule): Instant =>
  instant((Math.floor(storedAt / DAY_MILLISECONDS) + days + 1) * DAY_MILLISECONDS);

/** Whether the bucket's lifecycle has ended this object by `now`. */
export const hasExpired = (
  { expiry }: Pick<LocalBucket, 'expiry'>,
  key: string,
  { storedAt, now }: { storedAt: Instant; now: Instant },
): boolean =>
  expiry.some((rule) => key.startsWith(rule.prefix) && expiresAt(storedAt, rule) <= now);
