import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { allowKeyUse } from './allow.ts';
import { EncryptedBucket, type EncryptedBucketProps, type ObjectsOf } from './encrypted-bucket.ts';
import { keptForAMonth } from './replaced-versions.ts';

export type TrailBucketProps = Pick<EncryptedBucketProps, 'config' | 'key'>;

const logicalId = 'TrailBucket';
export const trailBucketName = `<${logicalId}>`;

/** What other systems said of a wearer: beside their days, and never one of them. */
export const importedSheets: ObjectsOf = ({ agency }, bucketName) =>
  `${bucketName}/${agency}/*/imported/*`;

/**
 * Where wearers were, from a month ago on: one object a wearer and day. What is
 * overwritten or erased can be had again for a month, and then is gone.
 */
export class TrailBucket extends EncryptedBucket {
  constructor(scope: Construct, id: string, props: TrailBucketProps) {
    super(scope, id, { ...props, logicalId, lifecycleRules: keptForAMonth });
    acknowledge(this, {
      'AwsSolutions-S1':
        'Two roles reach it, and the door logs who asked them. What others of the account do is ' +
        'for CloudTrail, which whoever owns the bucket cannot leave out.',
    });
  }

  allowReading(grantee: IGrantable): void {
    this.allowObjects(grantee, ['s3:GetObject']);
    this.allowListing(grantee);
    allowKeyUse(grantee, { key: this.key, through: 's3', to: 'read' });
  }

  allowWriting(grantee: IGrantable): void {
    this.allowObjects(grantee, ['s3:PutObject']);
    allowKeyUse(grantee, { key: this.key, through: 's3', to: 'write' });
  }

  allowImporting(grantee: IGrantable): void {
    this.allowObjects(grantee, ['s3:PutObject'], importedSheets);
    allowKeyUse(grantee, { key: this.key, through: 's3', to: 'write' });
  }

  allowErasing(grantee: IGrantable): void {
    this.allowObjects(grantee, ['s3:DeleteObject']);
    this.allowListing(grantee);
  }
}
