import {
  DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Caller, Network, Service } from '../engine/network.ts';

const SETTINGS = {
  region: 'eu-west-2',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
};

/** Never asked themselves: what is lent to a function has a `send` of its own. */
const CLIENTS = {
  dynamodb: new DynamoDBClient(SETTINGS),
  sqs: new SQSClient(SETTINGS),
  sns: new SNSClient(SETTINGS),
  scheduler: new SchedulerClient(SETTINGS),
  secrets: new SecretsManagerClient(SETTINGS),
  voice: new PinpointSMSVoiceV2Client(SETTINGS),
};
export type Clients = typeof CLIENTS;
export type Services = Readonly<Record<keyof Clients, Service>>;

/** The SDK's clients, whose calls go through the simulated network to simulated services. */
export const clientsOf = (network: Network, caller: Caller, services: Services): Clients => {
  const lend = <T extends object>(client: T, service: Service): T =>
    Object.assign(Object.create(client), {
      send: (command: object) => network(caller, service, command),
    });
  return {
    dynamodb: lend(CLIENTS.dynamodb, services.dynamodb),
    sqs: lend(CLIENTS.sqs, services.sqs),
    sns: lend(CLIENTS.sns, services.sns),
    scheduler: lend(CLIENTS.scheduler, services.scheduler),
    secrets: lend(CLIENTS.secrets, services.secrets),
    voice: lend(CLIENTS.voice, services.voice),
  };
};

const METADATA = { $metadata: {}, message: 'another transaction is at this item' };

/** DynamoDB's error where another transaction is at an item; null: the command knows none. */
export const conflictOf = (command: object): unknown => {
  if (command instanceof TransactWriteItemsCommand) {
    const reasons = (command.input.TransactItems ?? []).map(() => ({ Code: 'None' }));
    const CancellationReasons = [{ Code: 'TransactionConflict' }, ...reasons.slice(1)];
    return new TransactionCanceledException({ ...METADATA, CancellationReasons });
  }
  const isWrite = command instanceof PutItemCommand || command instanceof UpdateItemCommand;
  return isWrite ? new TransactionConflictException(METADATA) : null;
};

/** The SDK gives every transaction a token, so that its own repeat is the same transaction. */
export const isRecognised = (command: object): boolean =>
  command instanceof TransactWriteItemsCommand;
