import { SendVoiceMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { ConflictException, CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Agenda } from '../engine/agenda.ts';
import type { Dice } from '../engine/dice.ts';
import type { Service } from '../engine/network.ts';
import type { Weather } from '../engine/weather.ts';
import type { SimulatedQueue } from './queue.ts';
import type { TopicsProps } from './topics.ts';

type Queues = ReadonlyMap<string, SimulatedQueue>;

/** A queue is known by the last part of its address and of its ARN. */
const queueOf = (queues: Queues, address = ''): SimulatedQueue => {
  const found = queues.get(address.split(/[/:]/).at(-1) ?? '');
  if (found === undefined) throw new Error(`there is no simulated queue ${address}`);
  return found;
};

/** SQS as senders see it. */
export const simulatedSqs =
  (queues: Queues): Service =>
  (command) => {
    if (command instanceof SendMessageCommand) {
      const { QueueUrl, MessageBody = '', DelaySeconds } = command.input;
      queueOf(queues, QueueUrl).send(MessageBody, DelaySeconds);
      return {};
    }
    if (!(command instanceof SendMessageBatchCommand)) {
      throw new Error(`SQS is not simulated for ${command.constructor.name}`);
    }
    const { QueueUrl, Entries = [] } = command.input;
    for (const { MessageBody = '', DelaySeconds } of Entries) {
      queueOf(queues, QueueUrl).send(MessageBody, DelaySeconds);
    }
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  };

const LATE_MILLISECONDS = 60_000;

type SchedulerProps = Readonly<{
  agenda: Agenda;
  dice: Dice;
  weather: Weather;
  /** Whether no schedule ever fires: a cut that the sweep must make good. */
  isLost: boolean;
}>;

/** EventBridge Scheduler with one-off schedules: late by up to a minute, twice, or never. */
export const simulatedScheduler = (
  queues: Queues,
  { agenda, dice, weather, isLost }: SchedulerProps,
): Service => {
  const names = new Set<string>();
  return (command) => {
    if (!(command instanceof CreateScheduleCommand)) {
      throw new Error(`the scheduler is not simulated for ${command.constructor.name}`);
    }
    const { Name = '', ScheduleExpression = '', Target } = command.input;
    if (names.has(Name)) {
      throw new ConflictException({ $metadata: {}, Message: 'exists', message: 'exists' });
    }
    names.add(Name);
    const [, at = ''] = /^at\((.+)\)$/.exec(ScheduleExpression) ?? [];
    const dueAt = Date.parse(`${at}Z`);
    const fire = (): void => queueOf(queues, Target?.Arn).send(Target?.Input ?? '');
    const fault = weather.ofDelivery('a schedule', ['twice', 'late', 'never']);
    if (isLost || fault === 'never') return {};
    agenda.at(dueAt + (fault === 'late' ? dice.below(LATE_MILLISECONDS) : 0), () => {
      names.delete(Name);
      fire();
    });
    if (fault === 'twice') agenda.at(dueAt + dice.below(LATE_MILLISECONDS), fire);
    return {};
  };
};

/** AWS End User Messaging: it takes a call and gives it an id. */
export const simulatedVoice =
  ({ nextId, onPublished }: Pick<TopicsProps, 'nextId' | 'onPublished'>): Service =>
  (command) => {
    if (!(command instanceof SendVoiceMessageCommand)) {
      throw new Error(`calls are not simulated for ${command.constructor.name}`);
    }
    const { DestinationPhoneNumber = '', MessageBody = '' } = command.input;
    const published = { id: nextId(), to: DestinationPhoneNumber, text: MessageBody, isCall: true };
    onPublished(published, command);
    return { MessageId: published.id };
  };

/** Secrets Manager with one secret, whichever is asked for. */
export const simulatedSecrets: Service = (command) => {
  if (command instanceof GetSecretValueCommand)
    return { SecretString: 'a-secret-of-the-simulation' };
  throw new Error(`secrets are not simulated for ${command.constructor.name}`);
};
