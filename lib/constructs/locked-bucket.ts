import { Duration, Stack } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { allow, allowKeyUse } from './allow.ts';
import { removalPolicy } from './removal.ts';

/** The name that templates and policies know it by: its rights are listed with their stars. */
export const anchorBucket = 'AnchorBucket';
export const recordArchive = 'RecordArchive';

export type LockedBucketProps = {
  readonly config: Config;
  readonly key: Key;
  readonly logicalId: typeof anchorBucket | typeof recordArchive;
};

/** Everything in it lies below the agency's id. */
export const lockedObjects = (config: Pick<Config, 'agency'>, bucketName: string): string =>
  `${bucketName}/${config.agency}/*`;

/**
 * A bucket that locks each object as it takes it: until its time is over nobody deletes or replaces
 * that version, nor shortens its time, the account's root user among them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class LockedBucket extends Bucket {
  readonly #key: Key;
  readonly #agency: string;

  constructor(scope: Construct, id: string, { config, key, logicalId }: LockedBucketProps) {
    super(scope, id, {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(
        Duration.days(config.recordLockDays),
      ),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: removalPolicy(config),
    });
    this.#key = key;
    this.#agency = config.agency;
    if (this.node.defaultChild instanceof CfnBucket) {
      this.node.defaultChild.overrideLogicalId(logicalId);
    }
    acknowledge(this, {
      'AwsSolutions-S1':
        'One role reaches it, and what is in it is locked. What others of the account do is for ' +
        'CloudTrail, which whoever owns the bucket cannot leave out.',
    });
  }

  /** To put what is not there yet, and to read what is: of a second put under a name. */
  allowKeeping(grantee: IGrantable): void {
    const resource = lockedObjects({ agency: this.#agency }, this.bucketName);
    const arn = Stack.of(this).formatArn({ service: 's3', region: '', account: '', resource });
    allow(grantee, { actions: ['s3:GetObject', 's3:PutObject'], resources: [arn] });
    allowKeyUse(grantee, { key: this.#key, through: 's3', to: 'write' });
  }
}
