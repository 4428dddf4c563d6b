import { join } from 'node:path';
import * as z from 'zod';
import { ACCOUNT_CONCURRENCY } from '../functions/concurrency.ts';
import { createLocalFunction } from '../functions/local-function.ts';
import { createLogRing, createLogSink } from '../functions/log-ring.ts';
import { accessKeyFor, LOCAL_SECRET } from '../gateway/call.ts';
import { arnOf, physicalName } from '../place.ts';
import type { Workbench } from '../workbench.ts';
import { functionProblem } from './function-limits.ts';
import {
  countProperty,
  placeOf,
  type ResolvedResource,
  type ResourceKind,
  readProperties,
  withoutEffect,
} from './resource-kind.ts';

const functionSchema = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.strictObject({ S3Key: z.string(), S3Bucket: withoutEffect }),
  Handler: z.string(),
  Runtime: z.string().regex(/^nodejs/, 'only Node.js runtimes run here'),
  Role: z.string(),
  Timeout: countProperty.default(3),
  MemorySize: countProperty.default(128),
  ReservedConcurrentExecutions: countProperty.optional(),
  Environment: z
    .strictObject({ Variables: z.record(z.string(), z.string()).default({}) })
    .default({ Variables: {} }),
  Description: withoutEffect,
  Architectures: withoutEffect,
  EphemeralStorage: withoutEffect,
  KmsKeyArn: withoutEffect,
  LoggingConfig: withoutEffect,
  RecursiveLoop: withoutEffect,
  RuntimeManagementConfig: withoutEffect,
  Tags: withoutEffect,
  TracingConfig: withoutEffect,
});

type FunctionProperties = z.infer<typeof functionSchema>;

/** What an account's functions may reserve together, before AWS has raised its quota. */
const MOST_RESERVED = ACCOUNT_CONCURRENCY - 100;

/** The most sandboxes of one function on this machine, so that all functions fit on two cores. */
const MOST_SANDBOXES = 4;

const environmentOf = (
  properties: FunctionProperties,
  names: { functionName: string; roleId: string; taskRoot: string },
  { place, endpointUrl }: Workbench,
): Record<string, string> => ({
  ...properties.Environment.Variables,
  AWS_ENDPOINT_URL: endpointUrl,
  AWS_REGION: place.region,
  AWS_DEFAULT_REGION: place.region,
  AWS_ACCESS_KEY_ID: accessKeyFor(names.roleId),
  AWS_SECRET_ACCESS_KEY: LOCAL_SECRET,
  AWS_SESSION_TOKEN: LOCAL_SECRET,
  AWS_LAMBDA_FUNCTION_NAME: names.functionName,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${names.functionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
  LAMBDA_TASK_ROOT: names.taskRoot,
  _HANDLER: properties.Handler,
  TZ: 'UTC',
});

const roleIdOf = (resource: ResolvedResource, arn: string, { registry }: Workbench): string => {
  const roleId = registry.roles.get(arn);
  if (roleId !== undefined) return roleId;
  throw new Error(`${placeOf(resource)}: its role ${arn} is not in this stack.`);
};

/** AWS::Lambda::Function: its bundle, in worker threads. */
export const lambdaFunction: ResourceKind = (resource, bench) => {
  const properties = readProperties(functionSchema, resource);
  const { place, registry, clock, activity, enforcement, logDirectory } = bench;
  const problem = functionProblem(properties);
  if (problem !== undefined) throw new Error(`${placeOf(resource)}: ${problem}.`);
  const { logicalId } = resource;
  if (!enforcement.permits(logicalId, 'run')) {
    throw new Error(`${placeOf(resource)}: its role cannot be assumed by Lambda; see the log.`);
  }
  const functionName = properties.FunctionName ?? physicalName(place, logicalId, 64);
  const functionArn = arnOf(place, 'lambda', `function:${functionName}`);
  const taskRoot = bench.assetDirectory(properties.Code.S3Key);
  const dot = properties.Handler.lastIndexOf('.');
  const roleId = roleIdOf(resource, properties.Role, bench);
  const logFile = logDirectory === undefined ? undefined : join(logDirectory, `${logicalId}.log`);
  const { ReservedConcurrentExecutions: reserved } = properties;
  const localFunction = createLocalFunction({
    activity,
    // What may not be logged is lost, as on AWS.
    log: enforcement.permits(logicalId, 'log') ? createLogRing(logFile) : createLogSink(),
    pool:
      reserved === undefined ? registry.concurrency.shared : registry.concurrency.reserve(reserved),
    watch: bench.watchFor(logicalId, properties.MemorySize),
    settings: {
      logicalId,
      roleId,
      timeoutSeconds: properties.Timeout,
      sandboxes: Math.min(reserved ?? MOST_SANDBOXES, MOST_SANDBOXES),
      environment: environmentOf(properties, { functionName, roleId, taskRoot }, bench),
      sandbox: {
        bundlePath: join(taskRoot, `${properties.Handler.slice(0, dot)}.js`),
        handlerName: properties.Handler.slice(dot + 1),
        clockMemory: clock.memory,
        functionName,
        functionArn,
        memoryMegabytes: properties.MemorySize,
      },
    },
  });
  if (registry.concurrency.reserved() > MOST_RESERVED) {
    bench.log(
      `warning: the functions up to ${logicalId} reserve ${registry.concurrency.reserved()} ` +
        `concurrent invocations; an account has ${ACCOUNT_CONCURRENCY} until AWS raises its quota, ` +
        `and 100 of them cannot be reserved.`,
    );
  }
  registry.functions.push(localFunction);
  return { ref: functionName, attributes: { Arn: functionArn } };
};
