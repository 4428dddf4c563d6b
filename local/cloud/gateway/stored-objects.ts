import * as z from 'zod';
import { DAY_MILLISECONDS, type Instant, instant, instantSchema } from '#domain/model/instant.ts';
import type { Collection, Ledger } from '../durable/ledger.ts';

const storedObjectSchema = z.object({
  storedAt: instantSchema,
  bytes: z.number(),
  etag: z.string(),
});
/** What is known of an object beside its bytes. */
export type StoredObject = z.infer<typeof storedObjectSchema>;

/** A bucket's objects, kept in the ledger as they come and go. */
class KeptObjects extends Map<string, StoredObject> {
  readonly #kept: Collection<StoredObject>;
  constructor(kept: Collection<StoredObject>) {
    super();
    this.#kept = kept;
    for (const [key, object] of kept.entries()) super.set(key, object);
  }
  override set(key: string, object: StoredObject): this {
    this.#kept.set(key, object);
    return super.set(key, object);
  }
  override delete(key: string): boolean {
    this.#kept.drop(key);
    return super.delete(key);
  }
}

export const keptObjects = (ledger: Ledger, bucketName: string): Map<string, StoredObject> =>
  new KeptObjects(ledger.collection(`objects ${bucketName}`, storedObjectSchema));

/** A lifecycle rule, as far as it ends objects. */
export type ExpiryRule = { prefix: string; days: number };

/** A bucket of the template, and the objects in it by key. */
export type LocalBucket = {
  logicalId: string;
  name: string;
  arn: string;
  expiry: readonly ExpiryRule[];
  /** For so many days each object is locked; every upload to such a bucket has a checksum. */
  lockedDays: number | null;
  objects: Map<string, StoredObject>;
};

/**
 * When a rule ends an object: the days after it was stored, rounded up to the next midnight UTC.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export const expiresAt = (storedAt: Instant, { days }: ExpiryRule): Instant =>
  instant((Math.floor(storedAt / DAY_MILLISECONDS) + days + 1) * DAY_MILLISECONDS);

/** Whether the bucket's default retention still locks an object that was stored then. */
export const isLocked = (
  { lockedDays }: Pick<LocalBucket, 'lockedDays'>,
  { storedAt, now }: { storedAt: Instant; now: Instant },
): boolean => lockedDays !== null && now < storedAt + lockedDays * DAY_MILLISECONDS;

/** Whether the bucket's lifecycle has ended this object by `now`. */
export const hasExpired = (
  { expiry }: Pick<LocalBucket, 'expiry'>,
  key: string,
  { storedAt, now }: { storedAt: Instant; now: Instant },
): boolean =>
  expiry.some((rule) => key.startsWith(rule.prefix) && expiresAt(storedAt, rule) <= now);
