import { describe, expect, it } from 'vitest';
import { answering, callOf, meterOne } from './calls.ts';

const QueueUrl = 'http://127.0.0.1:1/000000000000/Homeward-EventsQueue7396B467';

describe('given calls of the queue service', () => {
  it('counts a request for each 64 KB, and the data key of whoever sends', async () => {
    const input = { QueueUrl, MessageBody: 'x'.repeat(64 * 1024) };
    const call = callOf('sqs', 'SendMessage', input);
    const { counted, standing } = await meterOne(call, answering(200, {}));
    expect(counted('sqs.request')).toEqual([['evaluate', 'SendMessage', 'Events', 2]]);
    expect(standing).toMatchObject([{ row: 'kms.request', on: 'Events', amount: 2 }]);
  });

  it('bills nothing for one that failed, though it was a call', async () => {
    const call = callOf('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' });
    const { counted } = await meterOne(call, answering(400, {}));
    expect(counted('sqs.request')).toEqual([]);
    expect(counted('sdk.call')).toEqual([['evaluate', 'SendMessage', 'sqs', 1]]);
  });
});

describe('given calls of other services', () => {
  it('counts a publication by its topic', async () => {
    const form = new URLSearchParams({
      TopicArn: 'arn:aws:sns:eu-west-2:000000000000:Homeward-PoliceTopicC689238B',
      Message: 'x',
    });
    const { counted } = await meterOne(callOf('sns', 'Publish', `${form}`), answering(200, {}));
    expect(counted('sns.request')).toEqual([['evaluate', 'Publish', 'Police', 1]]);
  });

  it('counts a schedule as its invocation to come, and the message that sends', async () => {
    const call = callOf('scheduler', 'CreateSchedule', {});
    const { counted } = await meterOne(call, answering(200, {}));
    expect(counted('scheduler.invocation')).toHaveLength(1);
    expect(counted('sqs.request')).toEqual([['evaluate', 'SendMessage', 'by schedule', 1]]);
  });

  it('counts a secret with its decryption', async () => {
    const call = callOf('secretsmanager', 'GetSecretValue', {});
    const { counted } = await meterOne(call, answering(200, {}));
    expect(counted('secrets.request')).toHaveLength(1);
    expect(counted('kms.request')).toHaveLength(1);
  });

  it.each([
    ['PUT', '/trail/day', 's3.put'],
    ['GET', '/trail/day', 's3.get'],
    ['HEAD', '/trail/day', 's3.get'],
    ['GET', '/trail?list-type=2&prefix=a', 's3.put'],
  ] as const)('counts %s %s', async (method, path, row) => {
    const call = { ...callOf('s3', 'any', 'abc'), method, path };
    const { counted } = await meterOne(call, answering(200, {}));
    expect(counted(row)).toMatchObject([['evaluate', expect.anything(), 'trail', 1]]);
  });

  it('passes over what no service knows', async () => {
    const call = callOf('sqs', 'Nothing', { QueueUrl });
    const { reply, counted } = await meterOne(call, async () => undefined);
    expect(reply).toBeUndefined();
    expect(counted('sdk.call')).toEqual([]);
  });
});
