import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { allowKeyUse } from './allow.ts';
import { EncryptedBucket, type EncryptedBucketProps } from './encrypted-bucket.ts';
import { keptForAMonth } from './replaced-versions.ts';

export type ReportBucketProps = Pick<EncryptedBucketProps, 'config' | 'key'>;

const logicalId = 'ReportBucket';
export const reportBucketName = `<${logicalId}>`;

/**
 * Reports that were made, each as PDF, HTML and JSON. They stand until they are erased; what is
 * overwritten or deleted stays for a month.
 */
export class ReportBucket extends EncryptedBucket {
  constructor(scope: Construct, id: string, props: ReportBucketProps) {
    super(scope, id, { ...props, logicalId, lifecycleRules: keptForAMonth });
    acknowledge(this, {
      'AwsSolutions-S1':
        'Two roles reach it, and whoever is given a link is on record. What others of the ' +
        'account do is for CloudTrail, which whoever owns the bucket cannot leave out.',
    });
  }

  allowReading(grantee: IGrantable): void {
    this.allowObjects(grantee, ['s3:GetObject']);
    allowKeyUse(grantee, { key: this.key, through: 's3', to: 'read' });
  }

  /** Whoever writes sees first whether something stands there. */
  allowWriting(grantee: IGrantable): void {
    this.allowObjects(grantee, ['s3:GetObject']);
    this.allowListing(grantee);
    this.allowObjects(grantee, ['s3:PutObject']);
    allowKeyUse(grantee, { key: this.key, through: 's3', to: 'write' });
  }

  allowErasing(grantee: IGrantable): void {
    this.allowObjects(grantee, ['s3:DeleteObject']);
    this.allowListing(grantee);
  }
}
