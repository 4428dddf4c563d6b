import * as z from 'zod';
import { managedPolicy } from './managed-policies.ts';
import { readPolicy, type Statement } from './policy-document.ts';
import type { ResolvedStack, StackResource } from './resolved-stack.ts';

/** A role of the stack: who may assume it, and what it may do. */
export type StackRole = {
  roleId: string;
  arn: string;
  name: string;
  trust: readonly Statement[];
  identity: Statement[];
};

/** Every policy of the stack, found by what it belongs to. */
export type StackPolicies = {
  roles: readonly StackRole[];
  /** The policy of the resource with this ARN; a bucket's also for its objects. */
  ofResource(arn: string): readonly Statement[] | undefined;
};

const namesSchema = z.array(z.string());
const roleSchema = z.looseObject({
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: namesSchema.default([]),
  Policies: z
    .array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() }))
    .default([]),
  PermissionsBoundary: z.never('a permissions boundary is not known to local/iam').optional(),
});
const policySchema = z.looseObject({ PolicyDocument: z.unknown(), Roles: namesSchema.default([]) });

const permissionSchema = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

const placeOf = ({ type, logicalId }: StackResource): string => `${type} ${logicalId}`;

/** Reads a resource's properties. Throws an error that names the resource. */
export const readOf = <T>(schema: z.ZodType<T>, resource: StackResource): T => {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  throw new Error(`${placeOf(resource)}: ${z.prettifyError(parsed.error)}`);
};

const readRole = (resource: StackResource): StackRole => {
  const role = readOf(roleSchema, resource);
  const where = placeOf(resource);
  const inline = role.Policies.flatMap(({ PolicyName, PolicyDocument }) =>
    readPolicy(PolicyDocument, 'identity', `${where}, ${PolicyName}`),
  );
  const managed = role.ManagedPolicyArns.flatMap((arn) =>
    readPolicy(managedPolicy(arn, where), 'identity', arn),
  );
  return {
    roleId: resource.logicalId,
    arn: resource.attributes.Arn ?? '',
    name: resource.ref,
    trust: readPolicy(role.AssumeRolePolicyDocument, 'trust', `${where}, trust`),
    identity: [...inline, ...managed],
  };
};

const readRoles = (stack: ResolvedStack): StackRole[] => {
  const roles = stack.ofType('AWS::IAM::Role').map(readRole);
  for (const resource of stack.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')) {
    const { PolicyDocument, Roles } = readOf(policySchema, resource);
    const statements = readPolicy(PolicyDocument, 'identity', placeOf(resource));
    for (const name of Roles) {
      const role = roles.find((one) => one.name === name);
      if (role === undefined) throw new Error(`${placeOf(resource)}: ${name} is no role here.`);
      role.identity.push(...statements);
    }
  }
  return roles;
};

/** What a resource-based permission of Lambda is as a statement. */
const permissionStatement = (
  { Action, Principal, SourceArn, SourceAccount }: z.infer<typeof permissionSchema>,
  functionArn: string,
) => ({
  Effect: 'Allow',
  Principal: /^[a-z0-9-]+\.amazonaws\.com$/.test(Principal)
    ? { Service: Principal }
    : { AWS: Principal },
  Action,
  Resource: functionArn,
  Condition: {
    ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
    ...(SourceAccount === undefined
      ? {}
      : { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
  },
});

type Attached = { arn: string; document: unknown; where: string };

const documentOf = (resource: StackResource): unknown => resource.properties.PolicyDocument;

const attachedTo =
  (stack: ResolvedStack, type: string, arnsOf: (policy: StackResource) => readonly string[]) =>
  (): Attached[] =>
    stack.ofType(type).flatMap((resource) =>
      arnsOf(resource).map((arn) => ({
        arn,
        document: documentOf(resource),
        where: placeOf(resource),
      })),
    );

const listOf = (property: string) => (resource: StackResource) =>
  namesSchema.parse(resource.properties[property]);
const oneOf = (property: string) => (resource: StackResource) => [
  z.string().parse(resource.properties[property]),
];

const queueArn = (stack: ResolvedStack, url: string): string =>
  stack.ofType('AWS::SQS::Queue').find(({ ref }) => ref === url)?.attributes.Arn ?? url;

const permissions = (stack: ResolvedStack): Attached[] =>
  stack.ofType('AWS::Lambda::Permission').map((resource) => {
    const permission = readOf(permissionSchema, resource);
    const found = stack
      .ofType('AWS::Lambda::Function')
      .find(({ ref, attributes }) => [ref, attributes.Arn].includes(permission.FunctionName));
    const arn = found?.attributes.Arn ?? permission.FunctionName;
    const Statement = permissionStatement(permission, arn);
    return { arn, document: { Version: '2012-10-17', Statement }, where: placeOf(resource) };
  });

const keys = (stack: ResolvedStack): Attached[] =>
  stack.ofType('AWS::KMS::Key').map((resource) => ({
    arn: resource.attributes.Arn ?? '',
    document: resource.properties.KeyPolicy,
    where: placeOf(resource),
  }));

/** Policies that stand in a property of the resource itself are not read: they are refused. */
const refuseInline = (stack: ResolvedStack): void => {
  for (const { type, logicalId, properties } of stack.resources) {
    if (properties.ResourcePolicy === undefined) continue;
    throw new Error(`${type} ${logicalId}: ResourcePolicy is not known to local/iam.`);
  }
};

/** Reads every policy of the stack. Throws on whatever it does not know. */
export const readStackPolicies = (stack: ResolvedStack): StackPolicies => {
  refuseInline(stack);
  const sources = [
    attachedTo(stack, 'AWS::SQS::QueuePolicy', (one) =>
      listOf('Queues')(one).map((url) => queueArn(stack, url)),
    ),
    attachedTo(stack, 'AWS::SNS::TopicPolicy', listOf('Topics')),
    attachedTo(stack, 'AWS::SecretsManager::ResourcePolicy', oneOf('SecretId')),
    attachedTo(stack, 'AWS::S3::BucketPolicy', (one) =>
      oneOf('Bucket')(one).map((name) => `arn:aws:s3:::${name}`),
    ),
    () => permissions(stack),
    () => keys(stack),
  ];
  const byArn = new Map<string, Statement[]>();
  for (const { arn, document, where } of sources.flatMap((source) => source())) {
    const property = document ?? { Version: '2012-10-17', Statement: [] };
    const known = byArn.get(arn) ?? [];
    byArn.set(arn, [...known, ...readPolicy(property, 'resource', where)]);
  }
  const ofResource: StackPolicies['ofResource'] = (arn) =>
    byArn.get(arn) ??
    (arn.startsWith('arn:aws:s3:') ? byArn.get(arn.split('/')[0] ?? '') : undefined);
  return { roles: readRoles(stack), ofResource };
};
