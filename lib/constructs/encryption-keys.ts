import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Config } from '../config.ts';
import { removalPolicy } from './removal.ts';

/** One key per class of data, so that a right to one class opens no other. */
export type EncryptionKeys = {
  readonly tracks: Key;
  readonly cases: Key;
  readonly messages: Key;
  readonly audit: Key;
};

export const createKeys = (stack: Stack, config: Config): EncryptionKeys => {
  const key = (id: string, description: string) =>
    new Key(stack, id, {
      description: `Homeward ${config.agency}: ${description}`,
      enableKeyRotation: true,
      removalPolicy: removalPolicy(config),
    });
  const keys = {
    tracks: key('TracksKey', 'where wearers are and were'),
    cases: key('CasesKey', 'orders, people, violations, alerts, secrets'),
    messages: key('MessagesKey', 'queues, topics, logs'),
    audit: key('AuditKey', 'the record'),
  };
  letServicesUse(keys.messages);
  return keys;
};

/**
 * Services that move messages on our behalf. Without these an alarm that meets an encrypted topic
 * is dropped in silence. Names are matched by the stack's prefix instead of by reference, because
 * topics and queues refer to the key themselves.
 */
const letServicesUse = (key: Key): void => {
  const stack = Stack.of(key);
  const ours = (service: string, resource: string) =>
    `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;
  const prefix = `${stack.stackName}-*`;

  const publishers = {
    cloudwatch: ours('cloudwatch', `alarm:${prefix}`),
    sns: ours('sns', prefix),
    // Texts that people send us come from a number, which is no resource of the stack.
    'sms-voice': ours('sms-voice', '*'),
  };
  for (const [service, sourceArn] of Object.entries(publishers)) {
    allowService(key, `${service}.amazonaws.com`, {
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': sourceArn },
      },
    });
  }

  allowService(key, `logs.${stack.region}.amazonaws.com`, {
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': [
          ours('logs', `log-group:${prefix}`),
          // SNS itself names the group of its delivery failures.
          ours('logs', `log-group:sns/${stack.region}/${stack.account}/${prefix}`),
        ],
      },
    },
  });
};

type ServiceRight = {
  readonly actions: string[];
  readonly conditions: Record<string, Record<string, string | string[]>>;
};

const allowService = (key: Key, service: string, right: ServiceRight): void => {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      // In a key's policy the star is the key itself.
      resources: ['*'],
      ...right,
    }),
  );
};

/** The settings and the keys that nearly every construct is made with. */
export type Owner = { readonly config: Config; readonly keys: EncryptionKeys };
