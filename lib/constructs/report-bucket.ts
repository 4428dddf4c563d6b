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

export type ReportBucketProps = { readonly config: Config; readonly key: Key };

/** The name that templates and policies know it by: its rights are listed with their stars. */
const logicalId = 'ReportBucket';
export const reportBucketName = `<${logicalId}>`;

/** Every report is three objects below the agency's id. */
export const madeReports = (config: Pick<Config, 'agency'>, bucketName: string): string =>
  `${bucketName}/${config.agency}/*`;

/**
 * Reports that were made, each as PDF, HTML and JSON. They stand until they are erased; what is
 * overwritten or deleted stays for a month.
 */
export class ReportBucket extends Bucket {
  readonly #key: Key;
  readonly #agency: string;

  constructor(scope: Construct, id: string, { config, key }: ReportBucketProps) {
    super(scope, id, {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: removalPolicy(config),
      lifecycleRules: [
        {
          id: 'what-was-replaced',
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
        'Two roles reach it, and whoever is given a link is on record. What others of the ' +
        'account do is for CloudTrail, which whoever owns the bucket cannot leave out.',
    });
  }

  allowReading(grantee: IGrantable): void {
    this.#allow(grantee, 's3:GetObject');
    allowKeyUse(grantee, { key: this.#key, through: 's3', to: 'read' });
  }

  /** Whoever writes sees first whether something stands there. */
  allowWriting(grantee: IGrantable): void {
    this.#allow(grantee, 's3:GetObject');
    // Without it S3 says of an object that is not there that it is forbidden.
    allow(grantee, { actions: ['s3:ListBucket'], resources: [this.bucketArn] });
    this.#allow(grantee, 's3:PutObject');
    allowKeyUse(grantee, { key: this.#key, through: 's3', to: 'write' });
  }

  allowErasing(grantee: IGrantable): void {
    this.#allow(grantee, 's3:DeleteObject');
    allow(grantee, { actions: ['s3:ListBucket'], resources: [this.bucketArn] });
  }

  #allow(grantee: IGrantable, action: string): void {
    const resource = madeReports({ agency: this.#agency }, this.bucketName);
    const arn = Stack.of(this).formatArn({ service: 's3', region: '', account: '', resource });
    allow(grantee, { actions: [action], resources: [arn] });
  }
}
