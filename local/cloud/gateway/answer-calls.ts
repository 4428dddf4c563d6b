import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Ledger } from '../durable/ledger.ts';
import type { Enforcement } from '../enforcement.ts';
import type { DynamoDbEngine } from '../engines/dynamodb.ts';
import type { MessageBook } from '../engines/message-book.ts';
import type { ObjectEngine } from '../engines/objects.ts';
import type { QueueEngine } from '../engines/queues.ts';
import type { WritableOutbox } from '../outbox/outbox.ts';
import type { Place } from '../place.ts';
import type { PostOffice } from '../posting/post-office.ts';
import type { Registry } from '../workbench.ts';
import { answerDynamoDb } from './answer-dynamodb.ts';
import { answerKms } from './answer-kms.ts';
import { answerS3 } from './answer-s3.ts';
import { answerScheduler } from './answer-scheduler.ts';
import { answerSecrets } from './answer-secrets.ts';
import { answerSns } from './answer-sns.ts';
import { answerSqs } from './answer-sqs.ts';
import { answerVoice } from './answer-voice.ts';
import type { Subscriptions } from './subscriptions.ts';

export type AnswerCallsParts = {
  place: Place;
  registry: Registry;
  clock: MovableClock;
  agenda: Agenda;
  ledger: Ledger;
  outbox: WritableOutbox;
  messages: MessageBook;
  subscriptions: Subscriptions;
  posts: Pick<PostOffice, 'confirm'>;
  dynamoDb: DynamoDbEngine;
  queues: QueueEngine;
  objects: ObjectEngine;
  enforcement: Enforcement;
};

/**
 * What answers the calls of each service, by its name in the signature. `restoreSchedules` arms
 * those of the ledger again.
 */
export const answerCalls = (parts: AnswerCallsParts) => {
  const { registry, clock, agenda, queues: engine } = parts;
  const scheduler = answerScheduler({
    ...{ place: parts.place, engine, agenda, clock, ledger: parts.ledger },
    groups: registry.scheduleGroups,
    queueUrlOfArn: (queueArn) => registry.queues.find(({ arn }) => arn === queueArn)?.url,
    maySchedule: parts.enforcement.maySchedule,
  });
  const services = {
    dynamodb: answerDynamoDb({
      engine: parts.dynamoDb,
      onWrite: (table) => {
        for (const listener of registry.writeListeners) listener(table);
      },
    }),
    sqs: answerSqs({ engine, agenda, clock, messages: parts.messages, queues: registry.queues }),
    sns: answerSns({ ...parts, engine }),
    scheduler: scheduler.answer,
    s3: answerS3({ engine: parts.objects, clock, buckets: registry.buckets }),
    kms: answerKms(registry.signingKeys),
    secretsmanager: answerSecrets(registry.secrets),
    'sms-voice': answerVoice(parts.outbox),
  };
  return { services, restoreSchedules: scheduler.restore };
};
