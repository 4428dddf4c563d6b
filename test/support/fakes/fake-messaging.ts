import {
  PinpointSMSVoiceV2Client,
  SendVoiceMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateTopicCommand,
  InternalErrorException,
  OptedOutException,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';

/** A message on a queue, not to be seen before an instant. */
type Queued = Readonly<{
  queue: string;
  body: string;
  visibleAt: number;
  /** What puts it off. */
  by: 'delays' | 'schedules';
}>;

/** What left: to a phone number (`call` before it: said there), or a topic. */
export type Sent = Readonly<{ to: string; text: string; at: number }>;

type Entry = Readonly<{ Id: string; MessageBody: string }>;
type Publish = Readonly<{ PhoneNumber?: string; TopicArn?: string; Message: string }>;
type Call = Readonly<{ DestinationPhoneNumber: string; MessageBody: string }>;
type Schedule = Readonly<{
  ScheduleExpression: string;
  Target: Readonly<{ Arn: string; Input: string }>;
}>;

/** Queues, schedules, topics and secrets in memory, behind every client of this process. */
export const fakeMessaging = (now: () => number) => {
  const queued: Queued[] = [];
  const sent: Sent[] = [];
  const put = (queue: string, body: string, off: Partial<Queued> = {}): void => {
    queued.push({ queue, body, visibleAt: now(), by: 'delays', ...off });
  };
  // A queue is known by the last part of its URL and of its ARN.
  const nameOf = (text: string): string => text.split(/[/:]/).at(-1) ?? '';

  /** What is lost of all that is put off: delayed messages, one-off schedules. */
  const cut = { delays: false, schedules: false };

  const sqs = mockClient(SQSClient);
  sqs
    .on(SendMessageCommand)
    .callsFake((input: { QueueUrl: string; MessageBody: string; DelaySeconds: number }) => {
      const visibleAt = now() + input.DelaySeconds * 1000;
      put(nameOf(input.QueueUrl), input.MessageBody, { visibleAt });
      return {};
    });
  sqs
    .on(SendMessageBatchCommand)
    .callsFake(({ QueueUrl, Entries }: { QueueUrl: string; Entries: Entry[] }) => {
      for (const { MessageBody } of Entries) put(nameOf(QueueUrl), MessageBody);
      return { Successful: Entries.map(({ Id }) => ({ Id })) };
    });
  const scheduler = mockClient(SchedulerClient);
  scheduler.on(CreateScheduleCommand).callsFake(({ ScheduleExpression, Target }: Schedule) => {
    const [, at = ''] = /^at\((.+)\)$/.exec(ScheduleExpression) ?? [];
    put(nameOf(Target.Arn), Target.Input, { visibleAt: Date.parse(`${at}Z`), by: 'schedules' });
    return {};
  });
  /** Phone numbers and topics that SNS will never send to. */
  const refused = new Set<string>();
  /** Those that it does not send to just now. */
  const unreachable = new Set<string>();
  const sns = mockClient(SNSClient);
  sns.on(PublishCommand).callsFake(({ PhoneNumber, TopicArn = '', Message }: Publish) => {
    const to = PhoneNumber ?? TopicArn;
    if (refused.has(to)) {
      throw new OptedOutException({ message: 'opted out', $metadata: {} });
    }
    if (unreachable.has(to)) {
      throw new InternalErrorException({ message: 'not just now', $metadata: {} });
    }
    sent.push({ to, text: Message, at: now() });
    return { MessageId: `provider-${sent.length}` };
  });
  sns
    .on(CreateTopicCommand)
    .callsFake(({ Name }: { Name: string }) => ({ TopicArn: `arn:${Name}` }));
  sns.on(SubscribeCommand).resolves({});
  const voice = mockClient(PinpointSMSVoiceV2Client);
  voice
    .on(SendVoiceMessageCommand)
    .callsFake(({ DestinationPhoneNumber, MessageBody: text }: Call) => {
      sent.push({ to: `call ${DestinationPhoneNumber}`, text, at: now() });
      return { MessageId: `provider-${sent.length}` };
    });
  const secrets = mockClient(SecretsManagerClient);
  secrets.on(GetSecretValueCommand).resolves({ SecretString: 'secret' });

  /** Takes what has become visible on a queue. */
  const take = (queue: string): Queued[] => {
    const visible = queued.filter((one) => one.queue === queue && one.visibleAt <= now());
    for (const one of visible) queued.splice(queued.indexOf(one), 1);
    return visible;
  };
  /** What is cut loses all that it has put off. */
  const loseCut = (): void => {
    const lost = queued.filter(({ by, visibleAt }) => cut[by] && visibleAt > now());
    for (const one of lost) queued.splice(queued.indexOf(one), 1);
  };
  /** When the next message becomes visible. */
  const nextAt = (): number =>
    Math.min(...queued.map(({ visibleAt }) => visibleAt).filter((at) => at > now()));
  const restore = (): void => {
    for (const mock of [sqs, scheduler, sns, voice, secrets]) mock.restore();
  };
  return { sent, refused, unreachable, cut, loseCut, take, nextAt, restore };
};
