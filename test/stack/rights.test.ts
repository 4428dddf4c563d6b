import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  arnOfResource,
  depthOf,
  mappedQueue,
  startTinyStack,
  type TinyCloud,
} from '../contracts/lambda/tiny-stack.ts';
import { clientSettings, queueClient } from './fixture-cloud.ts';

const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });

/** A role that a service may assume, and that may do this. */
const roleFor = (service: string, ...rights: readonly object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: document({
      ...{ Effect: 'Allow', Action: 'sts:AssumeRole' },
      Principal: { Service: `${service}.amazonaws.com` },
    }),
    Policies: [{ PolicyName: 'Rights', PolicyDocument: document(...rights) }],
  },
});

const LOGGING = { Effect: 'Allow', Action: 'logs:*', Resource: '*' };
const queue = { Type: 'AWS::SQS::Queue', Properties: {} };

/** Calls SQS as a function's SDK does, with the credentials that Lambda gave it. */
const CALLER = `
exports.handler = async ({ url }) => {
  const { AWS_ACCESS_KEY_ID: key, AWS_ENDPOINT_URL: endpoint } = process.env;
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.SendMessage',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + key + '/20260101/eu-west-2/sqs/aws4_request',
    },
    body: JSON.stringify({ QueueUrl: url, MessageBody: 'hello' }),
  });
  return { status: answer.status, text: await answer.text() };
};`;

let cloud: TinyCloud;

beforeAll(async () => {
  cloud = await startTinyStack({
    functions: {
      Idle: {
        code: 'exports.handler = async () => undefined;',
        properties: { Role: arnOfResource('Bare') },
      },
      Caller: { code: CALLER, properties: { Role: arnOfResource('Bare') } },
    },
    resources: {
      ...mappedQueue('Idle'),
      Bare: roleFor('lambda', LOGGING),
      News: { Type: 'AWS::SNS::Topic', Properties: {} },
      Told: queue,
      Subscription: {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          TopicArn: { Ref: 'News' },
          Protocol: 'sqs',
          Endpoint: arnOfResource('Told'),
        },
      },
      Timed: queue,
      TimerRole: roleFor('scheduler', LOGGING),
    },
  });
});
afterAll(() => cloud.stop());

const said = (...parts: readonly string[]): boolean =>
  cloud.said.some((line) => parts.every((part) => line.includes(part)));

describe('given a stack that lacks rights', () => {
  it('leaves a mapping idle that may not receive, and says which rights it lacks', async () => {
    const QueueUrl = cloud.queueUrl('IdleQueue');
    await queueClient(cloud).send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await cloud.settled();
    expect(await depthOf(cloud, 'IdleQueue')).toBe(1);
    for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
      expect(said('missing in a policy of the role Bare', `"Action":"sqs:${action}"`)).toBe(true);
    }
  });

  it("refuses a function's call as SQS does", async () => {
    const answer = await cloud.invoke('Caller', { url: cloud.queueUrl('Told') });
    expect(answer).toMatchObject({
      status: 400,
      text: expect.stringContaining(
        'assumed-role/Tiny-Bare/Tiny-Caller is not authorized to perform: sqs:SendMessage',
      ),
    });
  });

  it('delivers nothing to a queue whose policy does not let the topic send', async () => {
    const TopicArn = 'arn:aws:sns:eu-west-2:000000000000:Tiny-News';
    await new SNSClient(clientSettings(cloud)).send(new PublishCommand({ TopicArn, Message: 'x' }));
    await cloud.settled();
    expect(await depthOf(cloud, 'Told')).toBe(0);
    expect(said('missing in the policy of', 'Tiny-Told', '"Service":"sns.amazonaws.com"')).toBe(
      true,
    );
  });

  it('lets a schedule send nothing with a role that may not', async () => {
    const at = new Date(cloud.clock.now() + 60_000).toISOString().slice(0, 19);
    const command = new CreateScheduleCommand({
      Name: 'timer',
      ScheduleExpression: `at(${at})`,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: 'arn:aws:sqs:eu-west-2:000000000000:Tiny-Timed',
        RoleArn: 'arn:aws:iam::000000000000:role/Tiny-TimerRole',
      },
    });
    await new SchedulerClient(clientSettings(cloud)).send(command);
    await cloud.clock.advanceBy(60_000);
    expect(await depthOf(cloud, 'Timed')).toBe(0);
    expect(said('missing in a policy of the role TimerRole', '"Action":"sqs:SendMessage"')).toBe(
      true,
    );
  });
});
