import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { allow } from './allow.ts';
import { removalPolicy } from './removal.ts';

/**
 * Signs anchors of the record. It never leaves KMS, which keeps no second of the kind in its place:
 * keys that sign are not rotated, and each anchor names the one that signed it.
 */
export class AnchorKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Homeward ${config.agency}: signs anchors of the record`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: removalPolicy(config),
    });
    this.keyArn = key.keyArn;
  }

  /** Lets the grantee sign, by the one algorithm, and give the public key to its readers. */
  allowSigning(grantee: IGrantable): void {
    allow(grantee, {
      actions: ['kms:Sign'],
      resources: [this.keyArn],
      conditions: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } },
    });
    allow(grantee, { actions: ['kms:GetPublicKey'], resources: [this.keyArn] });
  }
}
