import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { feedQueuePaths } from '#lib/recipient-ways.ts';
import { statementsOf } from './policies.ts';
import { constructPath, everythingChosen, referredTo, synthesize } from './synthesized.ts';

const fourteenDaysInSeconds = 14 * 24 * 60 * 60;

const redriveSchema = z.object({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() });

describe.each([
  ['as it comes', {}],
  ['with everything chosen', everythingChosen],
])('in the stack %s', (_, context) => {
  const stack = synthesize(context);
  const statements = statementsOf(stack);
  const queues = stack.ofType('AWS::SQS::Queue');
  const working = queues.filter(([, { Properties }]) => 'RedrivePolicy' in Properties);
  const ends = queues.filter(([, { Properties }]) => !('RedrivePolicy' in Properties));

  const mayReceive = (queue: unknown, topic: unknown): boolean =>
    statements.some(
      ({ Action, Resource = [], Principal, Condition }) =>
        Action.includes('sqs:SendMessage') &&
        Resource.map(referredTo).includes(referredTo(queue)) &&
        JSON.stringify(Principal) === '{"Service":"sns.amazonaws.com"}' &&
        referredTo(Condition?.ArnEquals?.['aws:SourceArn']) === referredTo(topic),
    );

  it('every queue that somebody works on has a dead letter queue', () => {
    const names = working.map(([, queue]) => constructPath(queue));
    expect(names).toEqual([
      'Events/Queue',
      'Deadlines/Queue',
      'Deliveries/Queue',
      'Reports/Queue',
      ...feedQueuePaths(stack.config).pairs.map((path) => `${path}/Queue`),
      'CanaryReturn/Pages/Queue',
      'Reply/Inbox/Queue',
    ]);
    const endIds = ends.map(([id]) => id);
    for (const [, { Properties }] of working) {
      const redrive = redriveSchema.parse(Properties.RedrivePolicy);
      expect(endIds).toContain(referredTo(redrive.deadLetterTargetArn));
      expect(redrive.maxReceiveCount).toBe(10);
    }
  });

  it('every other queue is named as an end of the line and keeps messages for 14 days', () => {
    for (const [, queue] of ends) {
      expect(constructPath(queue)).toMatch(/(Dlq|\/Failures)$/);
      expect(queue.Properties.MessageRetentionPeriod).toBe(fourteenDaysInSeconds);
    }
  });

  it('a dead letter queue keeps messages for longer than the queue before it', () => {
    for (const [, { Properties }] of working) {
      expect(Properties.MessageRetentionPeriod).toBeLessThan(fourteenDaysInSeconds);
    }
  });

  it('every queue is encrypted with the messages key', () => {
    for (const [, { Properties }] of queues) {
      expect(referredTo(Properties.KmsMasterKeyId)).toMatch(/^MessagesKey/);
    }
  });

  it('every queue refuses what does not come over TLS', () => {
    const refusing = statements
      .filter(({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool)
      .flatMap(({ Resource = [] }) => Resource.map(referredTo));
    expect(refusing).toEqual(expect.arrayContaining(queues.map(([id]) => id)));
  });

  it('a queue hides a message for six times as long as its function may take', () => {
    stack.template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 6 * 10 });
    for (const [, mapping] of stack.ofType('AWS::Lambda::EventSourceMapping')) {
      const source = stack.resources[referredTo(mapping.Properties.EventSourceArn) ?? ''];
      if (source?.Type !== 'AWS::SQS::Queue') continue;
      const consumer = stack.resources[referredTo(mapping.Properties.FunctionName) ?? ''];
      const timeoutSeconds = z.number().parse(consumer?.Properties.Timeout);
      expect(source.Properties.VisibilityTimeout).toBe(6 * timeoutSeconds);
    }
  });

  it('each subscription has a dead letter queue, to which its topic may send', () => {
    const subscriptions = stack.ofType('AWS::SNS::Subscription');
    expect(subscriptions.length).toBeGreaterThan(0);
    for (const [, { Properties }] of subscriptions) {
      const redrive = z
        .object({ deadLetterTargetArn: z.unknown() })
        .parse(Properties.RedrivePolicy);
      expect(mayReceive(redrive.deadLetterTargetArn, Properties.TopicArn)).toBe(true);
    }
  });

  // What is published to a FIFO topic without a group, or put off by itself on a FIFO queue, is
  // refused.
  it('nothing is FIFO but what keeps the order of a liaison (prometheus/alertmanager#2819)', () => {
    const parts = [...stack.ofType('AWS::SNS::Topic'), ...queues];
    const fifo = parts.filter(([, { Properties }]) => {
      const { FifoTopic, FifoQueue, TopicName, QueueName } = Properties;
      const isNamed = /\.fifo"/.test(JSON.stringify([TopicName, QueueName]));
      return FifoTopic === true || FifoQueue === true || isNamed;
    });
    for (const [, part] of fifo) {
      expect(constructPath(part)).toMatch(/^Feeds\/(Actual|Exercise)\/Ordered(Topic$|\/)/);
    }
    const arns = stack
      .ofType('AWS::Lambda::Function')
      .flatMap(([, { Properties }]) =>
        Object.entries(Object(Object(Properties.Environment).Variables)),
      )
      .filter(([name]) => /_(TOPIC_ARN|QUEUE_URL|QUEUE_ARN|DLQ_URL)$/.test(name));
    const ids = parts.map(([id]) => id);
    const fifoIds = fifo.map(([id]) => id);
    expect(arns.length).toBeGreaterThan(5);
    for (const [name, value] of arns) {
      expect(ids).toContain(referredTo(value));
      expect(fifoIds.includes(referredTo(value) ?? '')).toBe(name.includes('_ORDERED_'));
    }
  });

  it('topics are encrypted with the messages key, sign with SHA-256 and refuse all but TLS', () => {
    const topics = stack.ofType('AWS::SNS::Topic');
    const hasOrder = stack.config.orderedForces.length > 0;
    expect(topics.map(([, topic]) => constructPath(topic))).toEqual([
      'OperationsTopic',
      'Feeds/Actual/Topic',
      ...(hasOrder ? ['Feeds/Actual/OrderedTopic'] : []),
      'Feeds/Exercise/Topic',
      ...(hasOrder ? ['Feeds/Exercise/OrderedTopic'] : []),
      'DutyManagerTopic',
      'CanaryReturn/Topic',
      'Reply/Texts',
    ]);
    const refusing = statements
      .filter(({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool)
      .flatMap(({ Resource = [] }) => Resource.map(referredTo));
    for (const [id, { Properties }] of topics) {
      expect(referredTo(Properties.KmsMasterKeyId)).toMatch(/^MessagesKey/);
      expect(Properties.SignatureVersion).toBe('2');
      expect(refusing).toContain(id);
    }
  });

  it('only numbers and configuration sets of this account may publish what people text', () => {
    const texting = statements.filter(
      ({ Principal }) => JSON.stringify(Principal) === '{"Service":"sms-voice.amazonaws.com"}',
    );
    expect(texting.map(({ holder }) => holder)).toEqual(['MessagesKey', 'Reply/Texts/Policy']);
    for (const { Condition } of texting) {
      expect(Object.keys(Condition ?? {})).toEqual(['StringEquals', 'ArnLike']);
    }
  });

  it('the duty manager is told by e-mail, and by text where there is a number', () => {
    const { dutyManagerEmail, dutyManagerMobile } = stack.config;
    const told = stack
      .ofType('AWS::SNS::Subscription')
      .map(([, { Properties }]) => Properties)
      .filter(({ TopicArn }) => referredTo(TopicArn)?.startsWith('DutyManagerTopic'))
      .map(({ Protocol, Endpoint }) => [Protocol, Endpoint]);
    const byText = dutyManagerMobile === undefined ? [] : [['sms', dutyManagerMobile]];
    expect(told).toEqual([['email', dutyManagerEmail], ...byText]);
  });

  it('alarms may publish to the operations topic, and use its key', () => {
    const forAlarms = statements.filter(
      ({ Principal }) => JSON.stringify(Principal) === '{"Service":"cloudwatch.amazonaws.com"}',
    );
    expect(forAlarms.map(({ holder }) => holder)).toEqual([
      'MessagesKey',
      'OperationsTopic/Policy',
    ]);
    for (const { Condition } of forAlarms) {
      expect(Object.keys(Condition ?? {})).toEqual(['StringEquals', 'ArnLike']);
    }
  });
});
