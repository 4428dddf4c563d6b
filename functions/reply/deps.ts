import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { personSchema } from '#domain/model/person.ts';
import { type AlertClients, alertChanges } from '../adapters/alert-changes.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { allowances } from '../adapters/dynamodb/allowances.ts';
import { answers } from '../adapters/dynamodb/answers.ts';
import { contactsByMobile } from '../adapters/dynamodb/contacts-by-mobile.ts';
import { documents } from '../adapters/dynamodb/documents.ts';
import { sharedKey } from '../adapters/dynamodb/keys.ts';
import { receipts } from '../adapters/dynamodb/receipts.ts';
import { replyCodes } from '../adapters/dynamodb/reply-codes.ts';
import { telemetry } from '../adapters/log/log.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import { messageDeps } from './message-deps.ts';
import type { ReplyDeps } from './run.ts';

/** Everything that runs need, over given clients. */
export const depsFrom = (
  clients: AlertClients,
  env: z.infer<typeof envSchema>,
  surroundings: Surroundings,
): ReplyDeps => {
  const { dynamodb } = clients;
  const table = env.MONITORING_TABLE;
  const changes = alertChanges(clients, env, surroundings);
  const { alerts, changeAlert, context, recordRefusal } = changes;
  const docs = documents(dynamodb, table);
  const tables = { monitoring: table, record: env.RECORD_TABLE };
  return {
    ...surroundings,
    agencyId: env.AGENCY,
    ...{ alerts, changeAlert, context, recordRefusal },
    answers: answers(dynamodb, table),
    replyCodes: replyCodes(dynamodb, table),
    receipts: receipts(dynamodb, table),
    contacts: contactsByMobile(dynamodb, table),
    ...messageDeps(dynamodb, tables),
    takeAllowance: allowances(dynamodb, env.ALLOWANCE_TABLE),
    loadName: async (agencyId, personId) => {
      const found = await docs.load(sharedKey(agencyId, 'PERSON', personId), personSchema);
      return found?.value.name ?? null;
    },
  };
};

export const createDeps = (): ReplyDeps => {
  const clients = {
    ...{ dynamodb: new DynamoDBClient(), sqs: new SQSClient(), scheduler: new SchedulerClient() },
  };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
