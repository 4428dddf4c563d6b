import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

type Right = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Record<string, Record<string, string>>;
};

/** Adds one Allow statement to the grantee's own policy. */
export const allow = (grantee: IGrantable, { actions, resources, conditions }: Right): void => {
  const statement = new PolicyStatement({
    actions: [...actions],
    resources: [...resources],
    ...(conditions && { conditions }),
  });
  grantee.grantPrincipal.addToPrincipalPolicy(statement);
};

type KeyUse = {
  readonly key: IKey;
  readonly through: 'dynamodb' | 'secretsmanager' | 'sns' | 'sqs';
  readonly to: 'read' | 'write';
};

/**
 * Lets the grantee's calls to one service use the key, and the grantee itself not at all. CDK's own
 * grants say `kms:GenerateDataKey*` and set no condition; these name each action.
 */
export const allowKeyUse = (grantee: IGrantable, { key, through, to }: KeyUse): void => {
  const { region } = Stack.of(key);
  const actions = {
    read: ['kms:Decrypt'],
    write: [
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
  };
  allow(grantee, {
    actions: actions[to],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${through}.${region}.amazonaws.com` } },
  });
};
