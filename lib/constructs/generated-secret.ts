import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { allow, allowKeyUse } from './allow.ts';
import { removalPolicy } from './removal.ts';

/** 64 characters of 62 kinds: 381 bits. */
const secretCharacters = 64;

export type GeneratedSecretProps = {
  readonly config: Config;
  readonly key: Key;
  readonly description: string;
};

/**
 * A random secret that nobody has typed or seen. Made of the plain resource, because CDK's own
 * construct adds statements with stars to the key's policy.
 */
export class GeneratedSecret extends Construct {
  readonly arn: string;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { config, key, description }: GeneratedSecretProps) {
    super(scope, id);
    this.#key = key;
    const secret = new CfnSecret(this, 'Secret', {
      description,
      kmsKeyId: key.keyArn,
      generateSecretString: { passwordLength: secretCharacters, excludePunctuation: true },
    });
    secret.applyRemovalPolicy(removalPolicy(config));
    this.arn = secret.ref;
    acknowledge(this, {
      'AwsSolutions-SMG4':
        'Rotated by an administrator on a change of staff or on suspicion, not by the calendar: ' +
        'a rotation locks out whoever still uses the old one.',
    });
  }

  allowReading(grantee: IGrantable): void {
    allow(grantee, { actions: ['secretsmanager:GetSecretValue'], resources: [this.arn] });
    allowKeyUse(grantee, { key: this.#key, through: 'secretsmanager', to: 'read' });
  }
}
