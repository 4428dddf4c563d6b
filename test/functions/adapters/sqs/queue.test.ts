import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { deadlineMessageSchema, evaluateMessageSchema } from '#functions/adapters/sqs/messages.ts';
import { NotQueued, queue } from '#functions/adapters/sqs/queue.ts';

const client = new SQSClient({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());

const events = queue(client, 'https://sqs.example/events');
const entriesOf = () =>
  mock.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input.Entries ?? []);

describe('putting messages on a queue', () => {
  it('sends ten at a time, each once', async () => {
    mock.on(SendMessageBatchCommand).resolves({});
    await events.sendAll(Array.from({ length: 23 }, (_, i) => ({ i })));
    expect(entriesOf().map((entries) => entries.length)).toEqual([10, 10, 3]);
    const bodies = entriesOf().flatMap((entries) => entries.map(({ MessageBody }) => MessageBody));
    expect(bodies).toEqual(Array.from({ length: 23 }, (_, i) => JSON.stringify({ i })));
  });

  it('sends fewer at a time where they are heavy', async () => {
    mock.on(SendMessageBatchCommand).resolves({});
    await events.sendAll(Array.from({ length: 4 }, () => 'x'.repeat(400_000)));
    expect(entriesOf().map((entries) => entries.length)).toEqual([2, 2]);
  });

  it('sends nothing where there is nothing', async () => {
    await events.sendAll([]);
    expect(mock.calls()).toEqual([]);
  });

  it('sends again exactly those that were not taken', async () => {
    mock
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }] })
      .resolves({});
    await events.sendAll(['a', 'b', 'c']);
    const sent = entriesOf().map((entries) => entries.map(({ MessageBody }) => MessageBody));
    expect(sent).toEqual([['"a"', '"b"', '"c"'], ['"b"']]);
  });

  it('throws NotQueued, with their number, where they are never taken', async () => {
    mock
      .on(SendMessageBatchCommand)
      .resolves({ Failed: [{ Id: '0', Code: 'InternalError', SenderFault: false }] });
    await expect(events.sendAll(['a', 'b'])).rejects.toThrow(NotQueued);
    await expect(events.sendAll(['a', 'b'])).rejects.toThrow('1 messages');
  });

  it('holds one message back as long as it is told', async () => {
    mock.on(SendMessageCommand).resolves({});
    await events.sendLater({ a: 1 }, 900);
    expect(mock.commandCalls(SendMessageCommand)[0]?.args[0].input).toMatchObject({
      DelaySeconds: 900,
      MessageBody: '{"a":1}',
    });
  });
});

describe('the messages between the functions', () => {
  it.each([
    ['evaluate', evaluateMessageSchema],
    ['deadline', deadlineMessageSchema],
  ])('of kind %s come with a sample that is one', (_, schema) => {
    const { examples = [] } = Object(schema.meta());
    expect(examples.length).toBeGreaterThan(0);
    for (const sample of examples) expect(schema.parse(sample)).toEqual(sample);
  });
});
