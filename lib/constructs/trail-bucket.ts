import { Duration, Stack } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { archiving } from '../thresholds.ts';
import { acknowledge } from './acknowledge.ts';
import { allow, allowKeyUse } from './allow.ts';
import { removalPolicy } from './removal.ts';

export type TrailBucketProps = { readonly config: Config; readonly key: Key };

/** The name that templates and policies know it by: its rights are listed with their stars. */
const logicalId = 'TrailBucket';

/** Every day of a wearer is an object below the agency's id. */
export const archivedDays = (config: Pick<Config, 'agency'>, bucketName: string): string =>
  `${bucketName}/${config.agency}/*`;

/** What other systems said of a wearer: beside their days, and never one of them. */
export const importedSheets = (config: Pick<Config, 'agency'>, bucketName: string): string =>
  `${bucketName}/${config.agency}/*/imported/*`;
export const trailBucketName = `<${logicalId}>`;

/**
 * Where wearers were, from a month ago on: one object a wearer and day. What is
 * overwritten or erased can be had again for a month, and then is gone.
 */
export class TrailBucket extends Bucket {
  readonly #key: Key;
  readonly #agency: string;

  constructor(scope: Construct, id: string, { config, key }: TrailBucketProps) {
    super(scope, id, {
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
      lifecycleRules: [
        {
          // Nothing ends by its age: orders and holds decide, and `erase` goes by them.
          id: 'what-was-replaced-or-erased',
          noncurrentVersionExpiration: Duration.days(archiving.replacedVersionsDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { id: 'markers-of-what-is-gone', expiredObjectDeleteMarker: true },
      ],
    });
    this.#key = key;
    this.#agency = config.agency;
    if (this.node.defaultChild instanceof CfnBucket) {
      this.node.defaultChild.overrideLogicalId(logicalId);
    }
    acknowledge(this, {
      'AwsSolutions-S1':
        'Two roles reach it, and the door logs who asked them. What others of the account do is ' +
        'for CloudTrail, which whoever owns the bucket cannot leave out.',
    });
  }

  allowReading(grantee: IGrantable): void {
    this.#allow(grantee, 's3:GetObject', archivedDays);
    // Without it S3 says of an object that is not there that it is forbidden.
    allow(grantee, { actions: ['s3:ListBucket'], resources: [this.bucketArn] });
    allowKeyUse(grantee, { key: this.#key, through: 's3', to: 'read' });
  }

  allowWriting(grantee: IGrantable): void {
    this.#allow(grantee, 's3:PutObject', archivedDays);
    allowKeyUse(grantee, { key: this.#key, through: 's3', to: 'write' });
  }

  allowImporting(grantee: IGrantable): void {
    this.#allow(grantee, 's3:PutObject', importedSheets);
    allowKeyUse(grantee, { key: this.#key, through: 's3', to: 'write' });
  }

  allowErasing(grantee: IGrantable): void {
    this.#allow(grantee, 's3:DeleteObject', archivedDays);
    allow(grantee, { actions: ['s3:ListBucket'], resources: [this.bucketArn] });
  }

  #allow(grantee: IGrantable, action: string, objects: typeof archivedDays): void {
    const resource = objects({ agency: this.#agency }, this.bucketName);
    const arn = Stack.of(this).formatArn({ service: 's3', region: '', account: '', resource });
    allow(grantee, { actions: [action], resources: [arn] });
  }
}
