import * as z from 'zod';
import type { ResolvedStack, StackResource } from './resolved-stack.ts';

const encryptionSchema = z.looseObject({ KMSMasterKeyId: z.string().optional() }).optional();
const tableSchema = z.looseObject({ SSESpecification: encryptionSchema });
/** A global table names a key for each replica: here there is one. */
const globalTableSchema = z.looseObject({
  Replicas: z
    .array(
      z.looseObject({
        SSESpecification: encryptionSchema,
        ResourcePolicy: z.never('a ResourcePolicy is not known to local/iam').optional(),
      }),
    )
    .default([]),
});
const bucketSchema = z.looseObject({
  BucketEncryption: z
    .looseObject({
      ServerSideEncryptionConfiguration: z.array(
        z.looseObject({
          ServerSideEncryptionByDefault: z
            .looseObject({ KMSMasterKeyID: z.string().optional() })
            .optional(),
        }),
      ),
    })
    .optional(),
});
const keyIdSchema = z.looseObject({
  KmsKeyId: z.string().optional(),
  KmsMasterKeyId: z.string().optional(),
});

const keyIdOf = ({ type, properties }: StackResource): string | undefined => {
  switch (type) {
    case 'AWS::DynamoDB::Table':
      return tableSchema.parse(properties).SSESpecification?.KMSMasterKeyId;
    case 'AWS::DynamoDB::GlobalTable':
      return globalTableSchema.parse(properties).Replicas[0]?.SSESpecification?.KMSMasterKeyId;
    case 'AWS::S3::Bucket': {
      const [rule] =
        bucketSchema.parse(properties).BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
      return rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
    }
    case 'AWS::Logs::LogGroup':
    case 'AWS::SecretsManager::Secret':
    case 'AWS::SNS::Topic':
    case 'AWS::SQS::Queue': {
      const { KmsKeyId, KmsMasterKeyId } = keyIdSchema.parse(properties);
      return KmsKeyId ?? KmsMasterKeyId;
    }
    default:
      return undefined;
  }
};

const arnOfResource = ({ ref, attributes }: StackResource): string => {
  const { Arn, TopicArn } = attributes;
  return Arn ?? TopicArn ?? ref;
};

/** Keys that AWS manages let everybody in the account use them through their service. */
const AWS_MANAGED = /^(arn:[^:]*:kms:[^:]*:[^:]*:)?alias\/aws\//;

/**
 * The ARN of the key that encrypts each resource, by the resource's ARN; none for keys that AWS
 * manages or owns. Throws when a resource names a key that is not in the stack.
 */
export const keysByResource = (stack: ResolvedStack): ReadonlyMap<string, string> => {
  const keys = stack.ofType('AWS::KMS::Key');
  const found = new Map<string, string>();
  for (const resource of stack.resources) {
    const id = keyIdOf(resource);
    if (id === undefined || AWS_MANAGED.test(id)) continue;
    const key = keys.find(({ ref, attributes }) => id === ref || id === attributes.Arn);
    const arn = key?.attributes.Arn;
    if (arn === undefined) {
      throw new Error(`${resource.type} ${resource.logicalId}: its key ${id} is not in the stack.`);
    }
    found.set(arnOfResource(resource), arn);
  }
  return found;
};
