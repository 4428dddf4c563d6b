import * as z from 'zod';
import { arnOf } from '../cloud/place.ts';
import type { Need, Surroundings } from './needs/need.ts';
import { publishNeeds } from './needs/sns-needs.ts';
import { sendNeeds } from './needs/sqs-needs.ts';
import { apiCalls } from './services/api-calls.ts';
import { lambdaCalls } from './services/lambda-calls.ts';
import type { StackCall, StackSurroundings } from './services/stack-call.ts';
import { textCalls } from './services/text-calls.ts';
import { readOf } from './stack-policies.ts';

const textsSchema = z.array(z.string()).default([]);
const alarmSchema = z.looseObject({
  AlarmActions: textsSchema,
  InsufficientDataActions: textsSchema,
  OKActions: textsSchema,
});

/** An alarm publishes to its topics. */
const alarmCalls = ({ stack, surroundings }: StackSurroundings): StackCall[] =>
  stack.ofType('AWS::CloudWatch::Alarm').flatMap((alarm): StackCall[] => {
    const actions = readOf(alarmSchema, alarm);
    const topics = new Set([
      ...actions.AlarmActions,
      ...actions.InsufficientDataActions,
      ...actions.OKActions,
    ]);
    return [...topics].map((topic) => ({
      subject: alarm.logicalId,
      purpose: 'publish',
      asker: {
        kind: 'service',
        name: 'cloudwatch.amazonaws.com',
        sourceArn: alarm.attributes.Arn ?? '',
      },
      needs: publishNeeds(topic, surroundings),
    }));
  });

const subscriptionSchema = z.looseObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RedrivePolicy: z.looseObject({ deadLetterTargetArn: z.string() }).optional(),
});

/** A topic delivers to its queues, and what it cannot deliver to a dead letter queue. */
const subscriptionCalls = ({ stack, surroundings }: StackSurroundings): StackCall[] =>
  stack.ofType('AWS::SNS::Subscription').flatMap((resource): StackCall[] => {
    const { TopicArn, Protocol, Endpoint, RedrivePolicy } = readOf(subscriptionSchema, resource);
    const sns = { kind: 'service', name: 'sns.amazonaws.com', sourceArn: TopicArn } as const;
    const to = (purpose: string, queue: string | undefined): StackCall[] =>
      queue === undefined
        ? []
        : [
            {
              subject: resource.logicalId,
              purpose,
              asker: sns,
              needs: sendNeeds(queue, surroundings),
            },
          ];
    return [
      ...to('deliver', Protocol === 'sqs' ? Endpoint : undefined),
      ...to('dead-letter', RedrivePolicy?.deadLetterTargetArn),
    ];
  });

const loggingSchema = z.looseObject({
  DeliveryStatusLogging: z
    .array(
      z.looseObject({
        FailureFeedbackRoleArn: z.string().optional(),
        SuccessFeedbackRoleArn: z.string().optional(),
      }),
    )
    .default([]),
});

const LOGGING = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * A topic writes what became of its deliveries with a role that it is given, into a log group that
 * it names itself. https://docs.aws.amazon.com/sns/latest/dg/topics-attrib.html
 */
const feedbackCalls = ({ stack, roleByArn }: StackSurroundings): StackCall[] =>
  stack.ofType('AWS::SNS::Topic').flatMap((topic) => {
    const { region, account } = stack.place;
    const loggings = readOf(loggingSchema, topic).DeliveryStatusLogging;
    const feedback = (roleArn: string | undefined, suffix: string): StackCall[] => {
      const role = roleArn === undefined ? undefined : roleByArn(roleArn);
      if (role === undefined) return [];
      const group = `sns/${region}/${account}/${topic.attributes.TopicName}${suffix}`;
      const resource = arnOf(stack.place, 'logs', `log-group:${group}:log-stream:local`);
      const base = { subject: topic.logicalId, purpose: 'feedback' };
      return [
        {
          ...base,
          asker: { kind: 'service', name: 'sns.amazonaws.com', sourceArn: topic.ref },
          needs: [{ action: 'sts:AssumeRole', resource: role.arn }],
        },
        {
          ...base,
          asker: { kind: 'role', roleId: role.roleId, session: 'sns' },
          needs: LOGGING.map((action) => ({ action, resource })),
        },
      ];
    };
    return loggings.flatMap((logging) => [
      ...feedback(logging.FailureFeedbackRoleArn, '/Failure'),
      ...feedback(logging.SuccessFeedbackRoleArn, ''),
    ]);
  });

const targetsSchema = z.looseObject({
  Targets: z
    .array(
      z.looseObject({
        Arn: z.string(),
        DeadLetterConfig: z.looseObject({ Arn: z.string() }).optional(),
      }),
    )
    .default([]),
});

const targetNeeds = (arn: string, surroundings: Surroundings): Need[] =>
  arn.startsWith('arn:aws:sqs:')
    ? sendNeeds(arn, surroundings)
    : [{ action: 'lambda:InvokeFunction', resource: arn }];

/** A rule calls its targets. */
const ruleCalls = ({ stack, surroundings }: StackSurroundings): StackCall[] =>
  stack.ofType('AWS::Events::Rule').flatMap((rule): StackCall[] => {
    const sourceArn = rule.attributes.Arn ?? '';
    const asker = { kind: 'service', name: 'events.amazonaws.com', sourceArn } as const;
    return readOf(targetsSchema, rule).Targets.flatMap(({ Arn, DeadLetterConfig }) =>
      [Arn, ...(DeadLetterConfig === undefined ? [] : [DeadLetterConfig.Arn])].map((target) => ({
        subject: rule.logicalId,
        purpose: 'call',
        asker,
        needs: targetNeeds(target, surroundings),
      })),
    );
  });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
const LOG_KEY_ACTIONS = [
  ...['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  ...['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
];

/** Logs are encrypted by the service itself. */
const logGroupCalls = ({ stack, surroundings }: StackSurroundings): StackCall[] =>
  stack.ofType('AWS::Logs::LogGroup').flatMap((group): StackCall[] => {
    const arn = group.attributes.Arn ?? '';
    const resource = surroundings.keyOf(arn);
    if (resource === undefined) return [];
    const sourceArn = arn.replace(/:\*$/, '');
    const context = { 'kms:EncryptionContext:aws:logs:arn': sourceArn };
    return [
      {
        subject: group.logicalId,
        purpose: 'encrypt',
        asker: { kind: 'service', name: `logs.${stack.place.region}.amazonaws.com`, sourceArn },
        needs: LOG_KEY_ACTIONS.map((action) => ({ action, resource, context })),
      },
    ];
  });

/**
 * Every call that AWS's services make on the stack's behalf by themselves, whatever its functions
 * do: polling, delivering, logging, alarming, invoking.
 */
export const awsCalls = (surroundings: StackSurroundings): StackCall[] =>
  [
    lambdaCalls,
    apiCalls,
    ruleCalls,
    subscriptionCalls,
    feedbackCalls,
    alarmCalls,
    textCalls,
    logGroupCalls,
  ].flatMap((calls) => calls(surroundings));
