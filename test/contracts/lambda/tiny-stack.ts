import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type Cloud, type CloudOptions, startCloud } from '#local/cloud/cloud.ts';
import { queueClient, stoppedClock } from '../../stack/fixture-cloud.ts';

type Properties = Readonly<Record<string, unknown>>;
type Resource = Readonly<{ Type: string; Properties: Properties }>;

/** A function of a tiny stack: its code, as CommonJS, and what differs from the defaults. */
export type TinyFunction = Readonly<{ code: string; properties?: Properties }>;

export type TinyStack = Readonly<{
  functions: Readonly<Record<string, TinyFunction>>;
  resources: Readonly<Record<string, Resource>>;
  /** As its policies have it; `Tiny` unless they do. */
  stackName?: string;
}>;

/** May do everything: these stacks are about Lambda, not about rights. */
const ROLE: Resource = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'lambda.amazonaws.com' },
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'Everything',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
        },
      },
    ],
  },
};

const functionResource = (name: string, { properties = {} }: TinyFunction): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    ...properties,
  },
});

const assetOf = (name: string) => ({
  source: { path: `asset.${name}`, packaging: 'zip' },
  destinations: { only: { objectKey: `${name}.zip` } },
});

const writeAssembly = async (directory: string, stack: TinyStack): Promise<void> => {
  const write = (file: string, value: unknown): Promise<void> =>
    writeFile(join(directory, file), JSON.stringify(value));
  const functions = Object.entries(stack.functions);
  for (const [name, { code }] of functions) {
    await mkdir(join(directory, `asset.${name}`));
    await writeFile(join(directory, `asset.${name}`, 'index.js'), code);
  }
  const made = functions.map(([name, given]) => [name, functionResource(name, given)] as const);
  const environment = 'aws://unknown-account/unknown-region';
  const { stackName = 'Tiny' } = stack;
  const properties = { templateFile: 'Tiny.template.json', stackName };
  const artifacts = { Tiny: { type: 'aws:cloudformation:stack', environment, properties } };
  await write('manifest.json', { version: '1', artifacts });
  const files = Object.fromEntries(functions.map(([name]) => [name, assetOf(name)]));
  await write('Tiny.assets.json', { version: '1', files });
  const Resources = { Role: ROLE, ...Object.fromEntries(made), ...stack.resources };
  await write('Tiny.template.json', { Resources });
};

/** A cloud and every line that it said about itself. */
export type TinyCloud = Cloud & { said: string[] };

/** Runs a template written by hand on a stopped clock: no synthesis, no bundling. */
export const startTinyStack = async (
  stack: TinyStack,
  options: Partial<CloudOptions> = {},
): Promise<TinyCloud> => {
  const directory = await mkdtemp(join(tmpdir(), 'tiny-stack-'));
  const said: string[] = [];
  const remove = (): Promise<void> => rm(directory, { recursive: true });
  try {
    await writeAssembly(directory, stack);
    const cloud = await startCloud({
      ...{ appDirectory: directory, cloudAssembly: directory, clock: stoppedClock() },
      log: (line) => said.push(line),
      ...options,
    });
    const stop = async (): Promise<void> => {
      await cloud.stop();
      await remove();
    };
    return { ...cloud, said, stop };
  } catch (error) {
    await remove();
    throw error;
  }
};

export const arnOfResource = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** A mapping of the queue `<name>Queue`, made with it, to the function `<name>`. */
export const mappedQueue = (
  name: string,
  mapping: Properties = {},
  queue: Properties = {},
): Record<string, Resource> => ({
  [`${name}Queue`]: {
    Type: 'AWS::SQS::Queue',
    Properties: { VisibilityTimeout: 30, ...queue },
  },
  [`${name}Mapping`]: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arnOfResource(`${name}Queue`),
      FunctionName: { Ref: name },
      ...mapping,
    },
  },
});

/** The values that a function logged as `@<json>` lines. */
export const loggedBy = (cloud: Cloud, name: string): unknown[] =>
  cloud
    .functionLogs(name)
    .filter((line) => line.startsWith('@'))
    .map((line): unknown => JSON.parse(line.slice(1)));

/** How many messages of a queue can be received now. */
export const depthOf = async (cloud: Cloud, name: string): Promise<number> => {
  const { Attributes } = await queueClient(cloud).send(
    new GetQueueAttributesCommand({
      QueueUrl: cloud.queueUrl(name),
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
};
