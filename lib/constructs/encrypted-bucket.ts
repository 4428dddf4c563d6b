import { Stack } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { allow } from './allow.ts';
import { removalPolicy } from './removal.ts';

/** Which objects of a bucket a right is for, as S3's ARNs name them. */
export type ObjectsOf = (config: Pick<Config, 'agency'>, bucketName: string) => string;

/** Everything lies below the agency's id. */
export const objectsOfAgency: ObjectsOf = ({ agency }, bucketName) => `${bucketName}/${agency}/*`;

export type EncryptedBucketProps = Pick<
  BucketProps,
  'lifecycleRules' | 'objectLockEnabled' | 'objectLockDefaultRetention'
> & {
  readonly config: Config;
  readonly key: Key;
  /** The name that templates and policies know it by: its rights are listed with their stars. */
  readonly logicalId: string;
};

/** A bucket of the agency: under its key, over TLS alone, closed to the public, with versions. */
export class EncryptedBucket extends Bucket {
  protected readonly key: Key;
  readonly #config: Config;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps) {
    const { config, key, logicalId, ...special } = props;
    super(scope, id, {
      ...special,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      // One call of KMS for many objects: an object a wearer-day would be a call each.
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: removalPolicy(config),
    });
    this.key = key;
    this.#config = config;
    if (this.node.defaultChild instanceof CfnBucket) {
      this.node.defaultChild.overrideLogicalId(logicalId);
    }
  }

  /** Without it S3 says of an object that is not there that it is forbidden. */
  protected allowListing(grantee: IGrantable): void {
    allow(grantee, { actions: ['s3:ListBucket'], resources: [this.bucketArn] });
  }

  protected allowObjects(
    grantee: IGrantable,
    actions: readonly string[],
    objects: ObjectsOf = objectsOfAgency,
  ): void {
    const resource = objects(this.#config, this.bucketName);
    const arn = Stack.of(this).formatArn({ service: 's3', region: '', account: '', resource });
    allow(grantee, { actions: [...actions], resources: [arn] });
  }
}
