import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

type Right = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Record<string, Record<string, string | readonly string[]>>;
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

/**
 * What a caller of the service must be allowed with a key, for reading and for writing. Where CDK's
 * own grants say `kms:GenerateDataKey*`, each action is named.
 */
const keyActions = {
  // DynamoDB makes and keeps a table's key by grants of its own; whoever calls only opens it:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  dynamodb: { read: ['kms:Decrypt'], write: ['kms:Decrypt'] },
  s3: { read: ['kms:Decrypt'], write: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  secretsmanager: { read: ['kms:Decrypt'], write: [] },
  sns: { read: [], write: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  sqs: { read: ['kms:Decrypt'], write: ['kms:Decrypt', 'kms:GenerateDataKey'] },
} as const;

type KeyUse = {
  readonly key: IKey;
  readonly through: keyof typeof keyActions;
  readonly to: 'read' | 'write';
};

/** Lets the grantee's calls to one service use the key, and the grantee itself not at all. */
export const allowKeyUse = (grantee: IGrantable, { key, through, to }: KeyUse): void =>
  allow(grantee, {
    actions: keyActions[through][to],
    resources: [key.keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': `${through}.${Stack.of(key).region}.amazonaws.com` },
    },
  });
