import {
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { contactTopics } from '#functions/adapters/sns/contact-topics.ts';
import { NeverAccepted, publisher } from '#functions/adapters/sns/publisher.ts';
import { person } from '#test/support/alerts.ts';

const client = new SNSClient({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());

const { sms, email, feed } = publisher(client);
const input = () => mock.commandCalls(PublishCommand)[0]?.args[0].input;

const named = (name: string) => Object.assign(new Error('Jo Bloggs'), { name });

describe('publishing', () => {
  it('sends a text as transactional, which carriers put first', async () => {
    mock.on(PublishCommand).resolves({ MessageId: 'p-1' });
    expect(await sms('+447700900001', 'text')).toBe('p-1');
    expect(input()).toMatchObject({
      PhoneNumber: '+447700900001',
      Message: 'text',
      MessageAttributes: { 'AWS.SNS.SMS.SMSType': { StringValue: 'Transactional' } },
    });
  });

  it('sends an e-mail with its subject', async () => {
    mock.on(PublishCommand).resolves({ MessageId: 'p-1' });
    await email('arn:topic', { subject: 'URGENT', text: 'text' });
    expect(input()).toEqual({ TopicArn: 'arn:topic', Subject: 'URGENT', Message: 'text' });
  });

  it('sends a feed message as it is written, under what subscribers filter by', async () => {
    mock.on(PublishCommand).resolves({ MessageId: 'p-1' });
    await feed('arn:police', { text: '{"id":1}', attributes: { force: 'met' } });
    expect(input()).toMatchObject({
      Message: '{"id":1}',
      MessageAttributes: { force: { DataType: 'String', StringValue: 'met' } },
    });
  });

  it('refuses more attributes than SNS delivers raw', () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, 'x']));
    expect(() => feed('arn:police', { text: '{}', attributes: many })).toThrow(RangeError);
  });
});

describe('a message that SNS does not take', () => {
  it.each([
    'InvalidParameterException',
    'InvalidParameterValueException',
    'NotFoundException',
    'OptedOutException',
  ])('for %s can never be accepted', async (name) => {
    mock.on(PublishCommand).rejects(named(name));
    const sent = sms('+447700900001', 'text');
    await expect(sent).rejects.toThrow(NeverAccepted);
    await expect(sent).rejects.toThrow(name);
    await expect(sent).rejects.not.toThrow('Bloggs');
  });

  it.each(['ThrottledException', 'InternalErrorException', 'KMSThrottlingException', 'Error'])(
    'for %s may be taken the next time',
    async (name) => {
      mock.on(PublishCommand).rejects(named(name));
      await expect(sms('+447700900001', 'text')).rejects.not.toThrow(NeverAccepted);
    },
  );
});

describe("a person's e-mail topic", () => {
  it('is made under the prefix and subscribed to, with a name that SNS allows', async () => {
    mock.on(CreateTopicCommand).resolves({ TopicArn: 'arn:topic' });
    mock.on(SubscribeCommand).resolves({});
    const ensure = contactTopics(client, 'homeward-contact-');
    expect(await ensure(person('sam.field'), 'sam@agency.example')).toBe('arn:topic');
    expect(mock.commandCalls(CreateTopicCommand)[0]?.args[0].input.Name).toMatch(
      /^homeward-contact-sam_2efield-[0-9a-f]{16}$/,
    );
    expect(mock.commandCalls(SubscribeCommand)[0]?.args[0].input).toEqual({
      TopicArn: 'arn:topic',
      Protocol: 'email',
      Endpoint: 'sam@agency.example',
    });
  });

  it('is never the topic of somebody with a like id', async () => {
    mock.on(CreateTopicCommand).callsFake(({ Name }) => ({ TopicArn: `arn:${Name}` }));
    mock.on(SubscribeCommand).resolves({});
    const ensure = contactTopics(client, 'homeward-contact-');
    const dotted = await ensure(person('sam.field'), 'a@agency.example');
    expect(await ensure(person('sam_field'), 'a@agency.example')).not.toBe(dotted);
  });

  it('is another for another address, so that the former mailbox hears no more', async () => {
    mock.on(CreateTopicCommand).callsFake(({ Name }) => ({ TopicArn: `arn:${Name}` }));
    mock.on(SubscribeCommand).resolves({});
    const ensure = contactTopics(client, 'homeward-contact-');
    const first = await ensure(person('sam'), 'sam@former.example');
    expect(await ensure(person('sam'), 'sam@agency.example')).not.toBe(first);
    expect(await ensure(person('sam'), 'sam@former.example')).toBe(first);
  });
});
