import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { allowKeyUse } from './allow.ts';
import { EncryptedBucket, type EncryptedBucketProps } from './encrypted-bucket.ts';

export const anchorBucket = 'AnchorBucket';
export const recordArchive = 'RecordArchive';

export type LockedBucketProps = Pick<EncryptedBucketProps, 'config' | 'key'> & {
  readonly logicalId: typeof anchorBucket | typeof recordArchive;
};

/**
 * A bucket that locks each object as it takes it: until its time is over nobody deletes or replaces
 * that version, nor shortens its time, the account's root user among them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class LockedBucket extends EncryptedBucket {
  constructor(scope: Construct, id: string, props: LockedBucketProps) {
    const locked = Duration.days(props.config.recordLockDays);
    super(scope, id, {
      ...props,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(locked),
    });
    acknowledge(this, {
      'AwsSolutions-S1':
        'One role reaches it, and what is in it is locked. What others of the account do is for ' +
        'CloudTrail, which whoever owns the bucket cannot leave out.',
    });
  }

  /** To put what is not there yet, and to read what is: of a second put under a name. */
  allowKeeping(grantee: IGrantable): void {
    this.allowObjects(grantee, ['s3:GetObject', 's3:PutObject']);
    allowKeyUse(grantee, { key: this.key, through: 's3', to: 'write' });
  }
}
