import * as z from 'zod';
import { arnOf } from '../../cloud/place.ts';
import { tableKeyNeeds } from '../needs/dynamodb-needs.ts';
import type { Need, Surroundings } from '../needs/need.ts';
import { publishNeeds } from '../needs/sns-needs.ts';
import { queueKeyNeeds, sendNeeds } from '../needs/sqs-needs.ts';
import type { StackResource } from '../resolved-stack.ts';
import type { Asker } from '../rights.ts';
import { readOf, type StackRole } from '../stack-policies.ts';
import type { StackCall, StackSurroundings } from './stack-call.ts';

const functionSchema = z.looseObject({
  Role: z.string(),
  LoggingConfig: z.looseObject({ LogGroup: z.string().optional() }).optional(),
  TracingConfig: z.looseObject({ Mode: z.string() }).optional(),
});

const roleOf = (resource: StackResource, { roleByArn }: StackSurroundings): StackRole => {
  const { Role } = readOf(functionSchema, resource);
  const role = roleByArn(Role);
  if (role !== undefined) return role;
  throw new Error(`${resource.type} ${resource.logicalId}: its role ${Role} is not in this stack.`);
};

/** A log group that Lambda makes itself needs one right more. */
const loggingNeeds = (resource: StackResource, { stack }: StackSurroundings): Need[] => {
  const given = readOf(functionSchema, resource).LoggingConfig?.LogGroup;
  const group = given ?? `/aws/lambda/${resource.ref}`;
  const on = arnOf(stack.place, 'logs', `log-group:${group}:log-stream:local`);
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  return (given === undefined ? ['logs:CreateLogGroup', ...actions] : actions).map((action) => ({
    action,
    resource: on,
  }));
};

/**
 * What each function needs to run, to be heard and to be traced.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
const functionCalls = (surroundings: StackSurroundings): StackCall[] =>
  surroundings.stack.ofType('AWS::Lambda::Function').flatMap((resource): StackCall[] => {
    const { logicalId: subject, attributes, ref } = resource;
    const role = roleOf(resource, surroundings);
    const asker: Asker = { kind: 'role', roleId: role.roleId, session: ref };
    const sourceArn = attributes.Arn ?? '';
    const isTraced = readOf(functionSchema, resource).TracingConfig?.Mode === 'Active';
    const tracing = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
    return [
      {
        ...{ subject, purpose: 'run' },
        asker: { kind: 'service', name: 'lambda.amazonaws.com', sourceArn },
        needs: [{ action: 'sts:AssumeRole', resource: role.arn }],
      },
      { subject, purpose: 'log', asker, needs: loggingNeeds(resource, surroundings) },
      {
        ...{ subject, purpose: 'trace', asker },
        needs: isTraced ? tracing.map((action) => ({ action, resource: '*' })) : [],
      },
    ];
  });

const mappingSchema = z.looseObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  DestinationConfig: z
    .looseObject({ OnFailure: z.looseObject({ Destination: z.string() }) })
    .optional(),
});

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const queueNeeds = (queueArn: string, surroundings: Surroundings): Need[] => [
  ...['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((operation) => ({
    action: `sqs:${operation}`,
    resource: queueArn,
  })),
  ...queueKeyNeeds(queueArn, 'receive', surroundings),
];

/**
 * Of ListStreams the documentation says both that it has no resource and that the stream's ARN
 * does: a policy with either is taken.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/
 * iam-policy-example-lamda-process-dynamodb-streams.html
 */
const streamNeeds = (streamArn: string, surroundings: Surroundings): Need[] => [
  ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((operation) => ({
    action: `dynamodb:${operation}`,
    resource: streamArn,
  })),
  ...tableKeyNeeds(streamArn.replace(/\/stream\/.*$/, ''), surroundings),
];

/**
 * Where Lambda puts what a function could not work off.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
const failureNeeds = (destination: string, surroundings: Surroundings): Need[] => {
  if (destination.startsWith('arn:aws:sqs:')) return sendNeeds(destination, surroundings);
  if (destination.startsWith('arn:aws:sns:')) return publishNeeds(destination, surroundings);
  return [
    { action: 's3:PutObject', resource: `${destination}/aws/lambda/local` },
    { action: 's3:ListBucket', resource: destination },
  ];
};

/** Lambda polls queues and streams in the name of the function's role. */
const mappingCalls = (surroundings: StackSurroundings): StackCall[] => {
  const functions = surroundings.stack.ofType('AWS::Lambda::Function');
  return surroundings.stack.ofType('AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const { EventSourceArn, FunctionName, DestinationConfig } = readOf(mappingSchema, resource);
    const target = functions.find(
      ({ ref, attributes }) => ref === FunctionName || attributes.Arn === FunctionName,
    );
    if (target === undefined) {
      throw new Error(`${resource.logicalId}: ${FunctionName} is no function of this stack.`);
    }
    const { roleId } = roleOf(target, surroundings);
    const asker: Asker = { kind: 'role', roleId, session: target.ref };
    const source = EventSourceArn.startsWith('arn:aws:sqs:') ? queueNeeds : streamNeeds;
    const destination = DestinationConfig?.OnFailure.Destination;
    const base = { subject: resource.logicalId, asker };
    return [
      { ...base, purpose: 'poll', needs: source(EventSourceArn, surroundings.surroundings) },
      {
        ...base,
        purpose: 'on-failure',
        needs:
          destination === undefined ? [] : failureNeeds(destination, surroundings.surroundings),
      },
    ];
  });
};

/** What Lambda does with the roles of the stack's functions. */
export const lambdaCalls = (surroundings: StackSurroundings): StackCall[] => [
  ...functionCalls(surroundings),
  ...mappingCalls(surroundings),
];
