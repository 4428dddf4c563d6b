import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pascalCase } from '#lib/recipient-ways.ts';
import { deliveries } from '#lib/thresholds.ts';
import { flatten, statementsOf } from './policies.ts';
import { constructPath, everythingChosen, referredTo, synthesize } from './synthesized.ts';

const filterSchema = z.object({ recipient: z.array(z.string()), status: z.array(z.string()) });
const redriveSchema = z.object({ deadLetterTargetArn: z.unknown() });
const variablesSchema = z.object({ Variables: z.record(z.string(), z.unknown()) });

const HALVES = [
  ['Actual', ['Actual']],
  ['Exercise', ['Exercise', 'Test']],
] as const;

const look = (context: Readonly<Record<string, unknown>>) => {
  const stack = synthesize(context);
  const statements = statementsOf(stack);
  const { kms } = { kms: statements.filter(({ holder }) => holder === 'MessagesKey') };
  const pathOf = (id: string | undefined) => {
    const resource = stack.resources[id ?? ''];
    return resource === undefined ? undefined : constructPath(resource);
  };
  const feeds = stack
    .ofType('AWS::SNS::Subscription')
    .map(([, { Properties }]) => ({
      ...Properties,
      topic: referredTo(Properties.TopicArn),
      topicPath: pathOf(referredTo(Properties.TopicArn)) ?? '',
      dlq: referredTo(redriveSchema.parse(Properties.RedrivePolicy).deadLetterTargetArn),
    }))
    .filter(({ topicPath }) => topicPath.startsWith('Feeds/'))
    .map((feed) => ({ ...feed, filter: filterSchema.parse(Reflect.get(feed, 'FilterPolicy')) }));
  const maySend = (queueId: string | undefined, topicId: string | undefined): boolean =>
    statements.some(
      ({ Action, Resource = [], Principal, Condition }) =>
        queueId !== undefined &&
        Action.includes('sqs:SendMessage') &&
        Resource.map(referredTo).includes(queueId) &&
        JSON.stringify(Principal) === '{"Service":"sns.amazonaws.com"}' &&
        referredTo(Condition?.ArnEquals?.['aws:SourceArn']) === topicId,
    );
  const variables = (verb: string) => {
    const [, found] =
      stack.ofType('AWS::Lambda::Function').find(([id]) => id.startsWith(`${verb}Function`)) ?? [];
    return variablesSchema.parse(found?.Properties.Environment).Variables;
  };
  return { stack, feeds, kms, maySend, variables, pathOf };
};

describe.each([
  ['as it comes', {}],
  ['with everything chosen', everythingChosen],
])('the feeds of the stack %s', (_, context) => {
  const { stack, feeds, kms, maySend, pathOf } = look(context);
  const { forces, partners } = stack.config;

  it.each(HALVES)('of %s traffic give each recipient its own messages, once', (half, statuses) => {
    const here = feeds.filter(({ topicPath }) => topicPath === `Feeds/${half}/Topic`);
    expect(here.flatMap(({ filter }) => filter.recipient).sort()).toEqual(
      [...forces, ...partners].sort(),
    );
    for (const { filter } of here) expect(filter.status).toEqual(statuses);
  });

  it('never bring two sorts of traffic to one queue or one address', () => {
    const ends = feeds.map((feed) => flatten(Reflect.get(feed, 'Endpoint')));
    const queues = feeds.map((feed) => referredTo(Reflect.get(feed, 'Endpoint')));
    expect(new Set(ends.map((end, i) => queues[i] ?? end)).size).toBe(feeds.length);
  });

  it('let each topic send to its queues and to the dead letter queue of each subscription', () => {
    for (const feed of feeds) {
      const endpoint = Reflect.get(feed, 'Endpoint');
      if (Reflect.get(feed, 'Protocol') === 'sqs') {
        expect(maySend(referredTo(endpoint), feed.topic)).toBe(true);
      }
      expect(maySend(feed.dlq, feed.topic)).toBe(true);
      expect(pathOf(feed.dlq)).toMatch(/\/SubscriptionDlq$/);
    }
  });

  it('let SNS use the key of the queues, for topics of this stack', () => {
    const forTopics = kms.filter(
      ({ Principal }) => JSON.stringify(Principal) === '{"Service":"sns.amazonaws.com"}',
    );
    expect(forTopics.map(({ Action }) => Action)).toEqual([['kms:Decrypt', 'kms:GenerateDataKey']]);
  });

  it('have queues that are FIFO exactly where their topic is', () => {
    for (const feed of feeds) {
      const isFifo = feed.topicPath.endsWith('/OrderedTopic');
      const queue = stack.resources[referredTo(Reflect.get(feed, 'Endpoint')) ?? ''];
      if (queue !== undefined) expect(Boolean(queue.Properties.FifoQueue)).toBe(isFifo);
      expect(Boolean(stack.resources[feed.dlq ?? '']?.Properties.FifoQueue)).toBe(isFifo);
    }
  });

  it('log failed deliveries to queues and addresses, under a key and for a time', () => {
    const topics = stack
      .ofType('AWS::SNS::Topic')
      .filter(([, topic]) => constructPath(topic).startsWith('Feeds/'));
    for (const [id, { Properties }] of topics) {
      const logged = z.array(z.looseObject({ Protocol: z.string() }));
      const protocols = logged.parse(Properties.DeliveryStatusLogging);
      expect(protocols.map(({ Protocol }) => Protocol)).toEqual(['sqs', 'http/s']);
      const path = `${pathOf(id)}/Failures`;
      const [, log] =
        stack.ofType('AWS::Logs::LogGroup').find(([, group]) => constructPath(group) === path) ??
        [];
      expect(flatten(log?.Properties.LogGroupName)).toMatch(/^sns\/.*\/Failure$/);
      expect(log?.Properties.KmsKeyId).toBeDefined();
      expect(log?.Properties.RetentionInDays).toBe(365);
    }
  });

  it('watch the age of each queue and the depth of each dead letter queue', () => {
    const alarms = stack.ofType('AWS::CloudWatch::Alarm').map(([id]) => id);
    const queues = feeds.map((feed) => referredTo(Reflect.get(feed, 'Endpoint')));
    for (const queue of queues.flatMap((id) => pathOf(id) ?? [])) {
      const name = queue.replaceAll('/', '');
      expect(alarms.some((alarm) => alarm.startsWith(`Alarms${name}Age`))).toBe(true);
    }
    for (const { dlq } of feeds) {
      const name = pathOf(dlq)?.replaceAll('/', '');
      expect(alarms.some((alarm) => alarm.startsWith(`Alarms${name}Depth`))).toBe(true);
    }
  });
});

describe('the feeds of an agency whose forces want it as it comes', () => {
  const { stack, feeds, variables } = look({});

  it('have no topic for order, and post nowhere', () => {
    expect(feeds.map((feed) => Reflect.get(feed, 'Protocol'))).toEqual(['sqs', 'sqs']);
    expect(variables('Deliver')).not.toHaveProperty('LIAISON_ORDERED_TOPIC_ARN');
    expect(stack.config.orderedForces).toEqual([]);
  });

  it('take the traffic of the demo for an exercise', () => {
    expect(variables('Notify').TRAFFIC).toBe('exercise');
  });
});

describe('the feeds of an agency that chooses', () => {
  const { stack, feeds, variables } = look(everythingChosen);

  it('carry what is real', () => {
    expect(variables('Notify').TRAFFIC).toBe('actual');
  });

  it('have a FIFO topic with an archive, and a queue there for each force that wants order', () => {
    const fifo = stack.ofType('AWS::SNS::Topic').filter(([, topic]) => topic.Properties.FifoTopic);
    expect(fifo.map(([, topic]) => constructPath(topic))).toEqual([
      'Feeds/Actual/OrderedTopic',
      'Feeds/Exercise/OrderedTopic',
    ]);
    for (const [id, { Properties }] of fifo) {
      expect(Properties.TopicName).toMatch(/^homeward-kent-probation-\w+\.fifo$/);
      expect(Properties.ArchivePolicy).toEqual({
        MessageRetentionPeriod: deliveries.orderedArchiveDays,
      });
      expect(Properties.ContentBasedDeduplication).toBeUndefined();
      const behind = feeds.filter(({ topic }) => topic === id);
      expect(behind.map(({ filter }) => filter.recipient)).toEqual([['kent']]);
    }
    const { LIAISON_ORDERED_TOPIC_ARN, EXERCISE_ORDERED_TOPIC_ARN } = variables('Deliver');
    expect([LIAISON_ORDERED_TOPIC_ARN, EXERCISE_ORDERED_TOPIC_ARN].map(referredTo)).toEqual(
      fifo.map(([id]) => id),
    );
  });

  it('keep as much for a replay as recipients are told', () => {
    const told = readFileSync(join(import.meta.dirname, '../../docs/feeds.md'), 'utf8');
    const days = `${deliveries.orderedArchiveDays} days`;
    expect(told).toContain(`the topic keeps ${days} for a replay`);
    expect(told).toContain(`keep what they were given for ${days}`);
  });

  it('post to addresses in the signed envelope, and try again for less than an hour', () => {
    const posted = feeds.filter((feed) => Reflect.get(feed, 'Protocol') === 'https');
    expect(posted.map((feed) => Reflect.get(feed, 'Endpoint'))).toEqual([
      'https://cad.west-midlands.example/homeward',
      'https://care.example/homeward/exercise',
    ]);
    for (const feed of posted) {
      expect(feed).not.toHaveProperty('RawMessageDelivery');
      const { healthyRetryPolicy: policy } = retriesSchema.parse(
        Reflect.get(feed, 'DeliveryPolicy'),
      );
      const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
      const rising = numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries;
      expect(rising).toBeGreaterThanOrEqual(0);
      const mostSeconds =
        numMinDelayRetries * policy.minDelayTarget +
        (rising + numMaxDelayRetries) * policy.maxDelayTarget;
      expect(mostSeconds).toBeLessThanOrEqual(3_600);
      expect(mostSeconds).toBeGreaterThan(600);
    }
  });

  it('have an output with the address of each queue', () => {
    const outputs = Object.keys(stack.outputs).filter((id) => id.includes('QueueUrl'));
    expect(outputs).toEqual([
      ...['kent', 'victim-care'].map((id) => `FeedQueueUrl${pascalCase(id)}`),
      'OrderedFeedQueueUrlKent',
      ...['kent', 'west-midlands'].map((id) => `ExerciseQueueUrl${pascalCase(id)}`),
      'OrderedExerciseQueueUrlKent',
    ]);
  });
});

/** Of SNS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const count = z.number().int().min(0).max(100);
const seconds = z.number().int().min(1).max(3_600);
const retriesSchema = z.object({
  healthyRetryPolicy: z.object({
    minDelayTarget: seconds,
    maxDelayTarget: seconds,
    numRetries: count,
    numNoDelayRetries: count,
    numMinDelayRetries: count,
    numMaxDelayRetries: count,
  }),
});
