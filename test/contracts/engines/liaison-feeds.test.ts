import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { httpsRetries } from '#lib/thresholds.ts';
import { type LoopbackServer, startLoopbackServer } from '#local/cloud/loopback-server.ts';
import { constructPath, everythingChosen, synthesize } from '#test/lib/synthesized.ts';
import { fetchFrom, openSnsDoor } from '../../../examples/police-subscriber/sns-door.ts';
import { clientSettings } from '../../stack/fixture-cloud.ts';
import { startTinyStack, type TinyCloud } from '../lambda/tiny-stack.ts';

/** The feeds of an agency that uses all there is, as they are deployed, and nothing else. */
const feedsAlone = () => {
  const { resources, stack } = synthesize(everythingChosen);
  const kept = Object.entries(resources).filter(([, resource]) =>
    /^(Feeds\/|MessagesKey$)/.test(constructPath(resource)),
  );
  const { stackName } = stack;
  return { functions: {}, resources: Object.fromEntries(kept), stackName };
};

const stack = feedsAlone();
const arnOf = (logicalId: string): string =>
  `arn:aws:sns:eu-west-2:000000000000:${stack.stackName}-${logicalId}`;
const [actualTopicId = ''] = Object.keys(stack.resources).filter((id) =>
  /^FeedsActualTopic[0-9A-F]{8}$/.test(id),
);

let cloud: TinyCloud;
let room: LoopbackServer;
let queues: SQSClient;
let topics: SNSClient;
/** What the control room's system answers to instead of taking what comes. */
let refusal: number | undefined;
let refused = 0;
const taken: string[] = [];
const said: string[] = [];

beforeAll(async () => {
  // The reference subscriber, which believes SNS alone; what lies there is on the console here.
  const door = openSnsDoor({
    topicArns: [arnOf(actualTopicId)],
    onMessage: (body) => taken.push(body),
    say: (what) => said.push(what),
    fetchText: (url) => fetchFrom(new URL(`${cloud.consoleUrl}/sns`))(url),
  });
  room = await startLoopbackServer((request, response) => {
    if (refusal === undefined) return void door.emit('request', request, response);
    refused += 1;
    response.writeHead(refusal).end();
  });
  const httpsHosts = { 'cad.west-midlands.example': { port: room.port } };
  refusal = 503;
  cloud = await startTinyStack(stack, { httpsHosts });
  queues = new SQSClient(clientSettings(cloud));
  topics = new SNSClient(clientSettings(cloud));
});
afterAll(async () => {
  queues?.destroy();
  topics?.destroy();
  await cloud?.stop();
  await room?.close();
});

const named = (values: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, StringValue]) => [
      name,
      { DataType: 'String', StringValue },
    ]),
  );

const publish = (topic: string, Message: string, to: { recipient: string; status: string }) => {
  const [{ arn = '' } = {}] = cloud.rights.stack.resources
    .filter(({ type, logicalId }) => type === 'AWS::SNS::Topic' && logicalId.startsWith(topic))
    .map(({ ref }) => ({ arn: ref }));
  const order = { MessageGroupId: 'incident', MessageDeduplicationId: Message };
  return topics.send(
    new PublishCommand({
      ...{ TopicArn: arn, Message, MessageAttributes: named(to) },
      ...(topic.includes('Ordered') ? order : {}),
    }),
  );
};

/** The bodies in a queue, in the order in which they come. */
const drain = async (logicalId: string): Promise<string[]> => {
  const QueueUrl = cloud.queueUrl(logicalId);
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl }));
    if (Messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(Body);
      await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
};

describe("given the stack's feeds on this machine", () => {
  it('hold to their rights', () => {
    expect(cloud.said.filter((line) => line.includes('access denied'))).toEqual([]);
  });

  it('bring a force its own real messages in order, and exercises to another queue', async () => {
    const kent = { recipient: 'kent', status: 'Actual' };
    for (const text of ['1', '2', '3', '3']) await publish('FeedsActualOrdered', text, kent);
    await publish('FeedsActualOrdered', 'not theirs', { ...kent, recipient: 'essex' });
    await publish('FeedsActualOrdered', 'not real', { ...kent, status: 'Exercise' });
    await publish('FeedsExerciseOrdered', 'practised', { ...kent, status: 'Exercise' });
    await publish('FeedsExerciseOrdered', 'tried', { ...kent, status: 'Test' });
    await publish('FeedsExerciseOrdered', 'not practised', kent);
    expect(await drain('FeedsActualOrderedKentQueue')).toEqual(['1', '2', '3']);
    expect(await drain('FeedsExerciseOrderedKentQueue')).toEqual(['practised', 'tried']);
    expect(await drain('FeedsActualQueuesKentQueue')).toEqual([]);
  });

  it('post to whoever has confirmed, again after 5xx, and set aside what is refused', async () => {
    const to = { recipient: 'west-midlands', status: 'Actual' };
    refusal = undefined;
    await cloud.clock.advanceBy(5_000);
    expect(said).toEqual([`confirmed the subscription to ${arnOf(actualTopicId)}`]);
    refusal = 503;
    refused = 0;
    await publish('FeedsActualTopic', 'first', to);
    await publish('FeedsActualTopic', 'not real', { ...to, status: 'Test' });
    await cloud.settled();
    expect([refused, taken]).toEqual([1 + httpsRetries.atOnce, []]);
    refusal = undefined;
    await cloud.clock.advanceBy(5_000);
    refusal = 410;
    await publish('FeedsActualTopic', 'second', to);
    await cloud.clock.advanceBy(3_600_000);
    expect(taken).toEqual(['first']);
    const dead = await drain('FeedsActualHttpsWestMidlandsSubscriptionDlq');
    const letter = z.looseObject({ Message: z.string() });
    expect(dead.map((body) => letter.parse(JSON.parse(body)).Message)).toEqual(['second']);
    const sent = cloud.outbox.entries().filter(({ channel }) => channel === 'https');
    expect(sent.map(({ text }) => text)).toEqual(['first']);
  });
});
